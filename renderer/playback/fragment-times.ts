// What the stored bytes themselves say about time: the recorder stamps each fragment's wall time into its `prft` box.
// A playlist names keyframes only, and hls.js counts from whichever track begins first; this is exact to the frame.

import type { EpochMs } from '../../recorder/model/clock.ts';
import {
  afterTimes,
  type Box,
  boxes,
  children,
  descendant,
  handlerType,
  trackIdOf,
  viewOf,
  whole,
} from '../media/boxes.ts';

/** The video track of an init section. */
export interface VideoClock {
  readonly trackId: number;
  /** Ticks per second. */
  readonly timescale: number;
}

/** One fragment's first video frame: when it is shown, in ticks of the video track, and when it was taken. */
export interface FragmentTime {
  readonly presentedTicks: number;
  readonly durationTicks: number;
  /** How many frames it holds, and how long the longest of them lasts. */
  readonly frames: number;
  readonly longestTicks: number;
  readonly wallMs: EpochMs;
}

/** Reads `moov`'s first video track; undefined when there is none. */
export function readVideoClock(init: Uint8Array): VideoClock | undefined {
  const view = viewOf(init);
  const moov = descendant(view, whole(init), 'moov');
  if (moov === undefined) return undefined;
  for (const trak of children(view, moov, 'trak')) {
    const trackId = trackIdOf(view, trak);
    const mdhd = descendant(view, trak, 'mdia', 'mdhd');
    if (trackId === undefined || mdhd === undefined || handlerType(view, trak) !== 'vide') continue;
    return { trackId, timescale: view.getUint32(afterTimes(view, mdhd)) };
  }
  return undefined;
}

/** Every fragment of the bytes that has a wall time and video, in order. */
export function readFragmentTimes(bytes: Uint8Array, { trackId }: VideoClock): FragmentTime[] {
  const view = viewOf(bytes);
  const times: FragmentTime[] = [];
  let wallMs: EpochMs | undefined;
  for (const box of boxes(view, 0, bytes.length)) {
    if (box.type === 'prft') wallMs = ntpMs(view, box.bodyAt + 8);
    if (box.type !== 'moof' || wallMs === undefined) continue;
    for (const traf of children(view, box, 'traf')) {
      const time = trackTime(view, traf, trackId);
      if (time !== undefined) times.push({ ...time, wallMs });
    }
    wallMs = undefined;
  }
  return times;
}

/** `ntp_timestamp`: seconds since 1900 and a 32 bit fraction; a clear first bit is the era from 2036 on (RFC 4330, 3). */
function ntpMs(view: DataView, at: number): EpochMs {
  const seconds = view.getUint32(at);
  const sinceEra0 = seconds < 0x8000_0000 ? seconds + 0x1_0000_0000 : seconds;
  return (sinceEra0 - 2_208_988_800) * 1_000 + (view.getUint32(at + 4) * 1_000) / 0x1_0000_0000;
}

/** When the first frame is shown, and how long all and each last; undefined for another track (8.8.7, 8.8.8, 8.8.12). */
function trackTime(view: DataView, traf: Box, trackId: number): Omit<FragmentTime, 'wallMs'> | undefined {
  const tfhd = descendant(view, traf, 'tfhd');
  const tfdt = descendant(view, traf, 'tfdt');
  const trun = descendant(view, traf, 'trun');
  if (tfhd === undefined || tfdt === undefined || trun === undefined) return undefined;
  if (view.getUint32(tfhd.bodyAt + 4) !== trackId) return undefined;

  const headerFlags = view.getUint32(tfhd.bodyAt) & 0xff_ffff;
  // base_data_offset and sample_description_index may stand before default_sample_duration.
  const defaultAt = tfhd.bodyAt + 8 + (headerFlags & 1 ? 8 : 0) + (headerFlags & 2 ? 4 : 0);
  const defaultTicks = headerFlags & 8 ? view.getUint32(defaultAt) : 0;
  const decodedTicks =
    view.getUint8(tfdt.bodyAt) === 1
      ? Number(view.getBigUint64(tfdt.bodyAt + 4))
      : view.getUint32(tfdt.bodyAt + 4);

  const flags = view.getUint32(trun.bodyAt) & 0xff_ffff;
  const count = view.getUint32(trun.bodyAt + 4);
  const samplesAt = trun.bodyAt + 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
  const [hasDuration, hasSize, hasFlags, hasOffset] = [0x100, 0x200, 0x400, 0x800].map(
    (bit) => (flags & bit) !== 0,
  );
  const stride = [hasDuration, hasSize, hasFlags, hasOffset].filter(Boolean).length * 4;
  if (samplesAt + count * stride > trun.endAt) return undefined;
  let durationTicks = 0;
  let longestTicks = 0;
  for (let index = 0; index < count; index += 1) {
    const ticks = hasDuration ? view.getUint32(samplesAt + index * stride) : defaultTicks;
    durationTicks += ticks;
    longestTicks = Math.max(longestTicks, ticks);
  }
  const offsetAt = samplesAt + stride - 4;
  // The composition offset is the last field of a sample; signed in version 1, and small in version 0.
  const offsetTicks = hasOffset && count > 0 ? view.getInt32(offsetAt) : 0;
  return { presentedTicks: decodedTicks + offsetTicks, durationTicks, frames: count, longestTicks };
}
