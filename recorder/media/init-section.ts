// The init section `ftyp moov`: which tracks there are and what their fragments take for granted (ISO/IEC 14496-12).

import type { TrackLayout } from '../model/footage.ts';
import { readChildren, readFullBoxHeader } from './box.ts';
import { ByteReader } from './byte-reader.ts';
import { readSampleDescription, type SampleEntry } from './sample-entries.ts';

/** `trex` (8.8.3): what a sample of the track is when neither `tfhd` nor `trun` says otherwise. */
export interface TrackDefaults {
  readonly default_sample_duration: number;
  readonly default_sample_flags: number;
}

export interface InitContent {
  readonly layout: TrackLayout;
  readonly defaults: ReadonlyMap<number, TrackDefaults>;
}

interface Track {
  readonly trackId: number;
  readonly timescale: number;
  readonly entry: SampleEntry;
}

/**
 * Reads `ftyp moov`. The first video and the first audio track count.
 * Throws `MediaError` on malformed boxes, a codec that is not recorded, and when there is no video track.
 */
export function readInitSection(bytes: Uint8Array): InitContent {
  const reader = new ByteReader(bytes, 0, bytes.length, 'file');
  let content: InitContent | undefined;
  readChildren(reader, (type, child) => {
    if (type === 'moov') content = readMovie(child);
  });
  if (content === undefined) throw reader.error('moov', 'missing');
  return content;
}

/** `moov` (8.2.1). */
function readMovie(reader: ByteReader): InitContent {
  const tracks: Track[] = [];
  const defaults = new Map<number, TrackDefaults>();
  readChildren(reader, (type, child) => {
    if (type === 'trak') {
      const track = readTrack(child);
      if (track !== undefined) tracks.push(track);
    }
    if (type === 'mvex') readMovieExtends(child, defaults);
  });
  let video: TrackLayout['video'] | undefined;
  let audio: TrackLayout['audio'];
  for (const { trackId, timescale, entry } of tracks) {
    if (entry.kind === 'video') {
      const { codec, width, height } = entry;
      video ??= { trackId, codec, width, height, timescale };
    } else {
      const { codec, sampleRate, channels } = entry;
      audio ??= { trackId, codec, sampleRate, channels, timescale };
    }
  }
  if (video === undefined) throw reader.error('trak', 'no video track');
  return { layout: { video, audio }, defaults };
}

/** `trak` (8.3.1); undefined for a track that is neither video nor audio. */
function readTrack(reader: ByteReader): Track | undefined {
  let trackId: number | undefined;
  let media: Omit<Track, 'trackId'> | undefined;
  readChildren(reader, (type, child) => {
    if (type === 'tkhd') trackId = readTrackHeader(child);
    if (type === 'mdia') media = readMedia(child);
  });
  if (trackId === undefined) throw reader.error('tkhd', 'missing');
  return media && { trackId, ...media };
}

/** `tkhd` (8.3.2) up to its track_ID. */
function readTrackHeader(reader: ByteReader): number {
  const { version } = readFullBoxHeader(reader);
  const timeBytes = version === 1 ? 8 : 4;
  reader.skip(timeBytes, 'creation_time');
  reader.skip(timeBytes, 'modification_time');
  return reader.uint32('track_ID');
}

/** `mdia` (8.4.1). */
function readMedia(reader: ByteReader): Omit<Track, 'trackId'> | undefined {
  let timescale: number | undefined;
  let handlerType = '';
  let entry: SampleEntry | undefined;
  readChildren(reader, (type, child) => {
    if (type === 'mdhd') timescale = readMediaHeader(child);
    if (type === 'hdlr') handlerType = readHandler(child);
    if (type === 'minf' && isRecorded(handlerType)) entry = readMediaInformation(child);
  });
  if (!isRecorded(handlerType)) return undefined;
  if (timescale === undefined) throw reader.error('mdhd', 'missing');
  if (entry === undefined) throw reader.error('minf', 'no sample description');
  return { timescale, entry };
}

const isRecorded = (handlerType: string): boolean => handlerType === 'vide' || handlerType === 'soun';

/** `mdhd` (8.4.2) up to its timescale. */
function readMediaHeader(reader: ByteReader): number {
  const { version } = readFullBoxHeader(reader);
  const timeBytes = version === 1 ? 8 : 4;
  reader.skip(timeBytes, 'creation_time');
  reader.skip(timeBytes, 'modification_time');
  const timescale = reader.uint32('timescale');
  if (timescale === 0) throw reader.error('timescale', 'is 0');
  return timescale;
}

/** `hdlr` (8.4.3) up to its handler_type. */
function readHandler(reader: ByteReader): string {
  readFullBoxHeader(reader);
  reader.skip(4, 'pre_defined');
  return reader.fourCharacters('handler_type');
}

/** `minf` (8.4.4) > `stbl` (8.5.1) > `stsd`. */
function readMediaInformation(reader: ByteReader): SampleEntry | undefined {
  let entry: SampleEntry | undefined;
  readChildren(reader, (type, child) => {
    if (type !== 'stbl') return;
    readChildren(child, (table, tableReader) => {
      if (table === 'stsd') entry = readSampleDescription(tableReader);
    });
  });
  return entry;
}

/** `mvex` (8.8.1). */
function readMovieExtends(reader: ByteReader, defaults: Map<number, TrackDefaults>): void {
  readChildren(reader, (type, child) => {
    if (type === 'trex') readTrackExtends(child, defaults);
  });
}

/** `trex` (8.8.3). */
function readTrackExtends(reader: ByteReader, defaults: Map<number, TrackDefaults>): void {
  readFullBoxHeader(reader);
  const track_ID = reader.uint32('track_ID');
  reader.skip(4, 'default_sample_description_index');
  const default_sample_duration = reader.uint32('default_sample_duration');
  reader.skip(4, 'default_sample_size');
  const default_sample_flags = reader.uint32('default_sample_flags');
  defaults.set(track_ID, { default_sample_duration, default_sample_flags });
}
