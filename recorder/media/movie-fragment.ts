// The movie fragment `moof`: which samples it brings and when they are decoded (ISO/IEC 14496-12, 8.8).

import { readChildren, readFullBoxHeader } from './box.ts';
import type { ByteReader } from './byte-reader.ts';
import type { TrackDefaults } from './init-section.ts';

/** What one `traf` says about its track. */
export interface TrackFragment {
  readonly trackId: number;
  /** `tfdt`: decode time of its first sample, in ticks of the track. */
  readonly baseMediaDecodeTime: number;
  readonly durationTicks: number;
  readonly sampleCount: number;
  /** True when its first sample is a sync sample, a keyframe. False when it has no sample. */
  readonly startsWithSyncSample: boolean;
}

/**
 * `moof` (8.8.4): its track fragments.
 * @param reader the payload of the box
 * @param defaults `trex` by track; a fragment of a track that is not among them is malformed
 */
export function readMovieFragment(
  reader: ByteReader,
  defaults: ReadonlyMap<number, TrackDefaults>,
): TrackFragment[] {
  const fragments: TrackFragment[] = [];
  readChildren(reader, (type, child) => {
    if (type === 'traf') fragments.push(readTrackFragment(child, defaults));
  });
  return fragments;
}

/** `traf` (8.8.6). */
function readTrackFragment(reader: ByteReader, defaults: ReadonlyMap<number, TrackDefaults>): TrackFragment {
  let header: TrackFragmentHeader | undefined;
  let baseMediaDecodeTime: number | undefined;
  let durationTicks = 0;
  let sampleCount = 0;
  let startsWithSyncSample = false;
  readChildren(reader, (type, child) => {
    if (type === 'tfhd') header = readTrackFragmentHeader(child, defaults);
    if (type === 'tfdt') baseMediaDecodeTime = readTrackFragmentDecodeTime(child);
    if (type !== 'trun') return;
    if (header === undefined) throw child.error('sample_count', 'no tfhd before it');
    const run = readTrackRun(child, header);
    if (sampleCount === 0) startsWithSyncSample = run.startsWithSyncSample;
    durationTicks += run.durationTicks;
    sampleCount += run.sampleCount;
  });
  if (header === undefined) throw reader.error('tfhd', 'missing');
  if (baseMediaDecodeTime === undefined) throw reader.error('tfdt', 'missing');
  return { trackId: header.track_ID, baseMediaDecodeTime, durationTicks, sampleCount, startsWithSyncSample };
}

interface TrackFragmentHeader {
  readonly track_ID: number;
  readonly default_sample_duration: number;
  readonly default_sample_flags: number;
}

/** `tfhd` (8.8.7): each optional field is there when its flag is. */
function readTrackFragmentHeader(
  reader: ByteReader,
  defaults: ReadonlyMap<number, TrackDefaults>,
): TrackFragmentHeader {
  const { flags } = readFullBoxHeader(reader);
  const track_ID = reader.uint32('track_ID');
  const trex = defaults.get(track_ID);
  if (trex === undefined) throw reader.error('track_ID', `no track ${track_ID}`);
  if (flags & 0x000001) reader.skip(8, 'base_data_offset');
  if (flags & 0x000002) reader.skip(4, 'sample_description_index');
  const default_sample_duration =
    flags & 0x000008 ? reader.uint32('default_sample_duration') : trex.default_sample_duration;
  if (flags & 0x000010) reader.skip(4, 'default_sample_size');
  const default_sample_flags =
    flags & 0x000020 ? reader.uint32('default_sample_flags') : trex.default_sample_flags;
  return { track_ID, default_sample_duration, default_sample_flags };
}

/** `tfdt` (8.8.12). */
function readTrackFragmentDecodeTime(reader: ByteReader): number {
  const { version } = readFullBoxHeader(reader);
  return version === 1 ? reader.uint64('baseMediaDecodeTime') : reader.uint32('baseMediaDecodeTime');
}

interface TrackRun {
  readonly durationTicks: number;
  readonly sampleCount: number;
  readonly startsWithSyncSample: boolean;
}

/** `trun` (8.8.8). */
function readTrackRun(reader: ByteReader, header: TrackFragmentHeader): TrackRun {
  const { flags } = readFullBoxHeader(reader);
  const sample_count = reader.uint32('sample_count');
  if (flags & 0x000001) reader.skip(4, 'data_offset');
  const first_sample_flags = flags & 0x000004 ? reader.uint32('first_sample_flags') : undefined;
  const hasDurations = (flags & 0x000100) !== 0;
  const hasFlags = (flags & 0x000400) !== 0;
  const otherFields = [0x000200, 0x000800].filter((flag) => flags & flag).length;
  let firstFlags = first_sample_flags ?? header.default_sample_flags;
  let durationTicks = 0;
  // Entries without a field take no bytes, so a wrong sample_count would make this loop endless, not short of bytes.
  const readCount = hasDurations || hasFlags || otherFields > 0 ? sample_count : 0;
  for (let sample = 0; sample < readCount; sample += 1) {
    if (hasDurations) durationTicks += reader.uint32('sample_duration');
    if (flags & 0x000200) reader.skip(4, 'sample_size');
    if (hasFlags) {
      const sample_flags = reader.uint32('sample_flags');
      if (sample === 0) firstFlags = first_sample_flags ?? sample_flags;
    }
    if (flags & 0x000800) reader.skip(4, 'sample_composition_time_offset');
  }
  if (!hasDurations) durationTicks = sample_count * header.default_sample_duration;
  return {
    durationTicks,
    sampleCount: sample_count,
    startsWithSyncSample: sample_count > 0 && isSyncSample(firstFlags),
  };
}

/** 8.8.3.1: bit 16 of a sample's flags is sample_is_non_sync_sample. */
function isSyncSample(sampleFlags: number): boolean {
  return (sampleFlags & 0x0001_0000) === 0;
}
