// What the stored bytes themselves say about time: the recorder stamps each fragment's wall time into its `prft` box.
// A playlist names keyframes only, and hls.js counts from whichever track begins first; this is exact to the frame.

import type { EpochMs } from '../../recorder/model/clock.ts';

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

interface Box {
  readonly type: string;
  /** First byte after the header, and the first after the box. */
  readonly bodyAt: number;
  readonly endAt: number;
}

/** The boxes between two offsets; ends at a torn one (ISO/IEC 14496-12, 4.2). */
function* boxes(view: DataView, fromAt: number, untilAt: number): Generator<Box> {
  for (let at = fromAt; at + 8 <= untilAt; ) {
    const size = view.getUint32(at);
    const large = size === 1;
    if (large && at + 16 > untilAt) return;
    const endAt = size === 0 ? untilAt : at + (large ? Number(view.getBigUint64(at + 8)) : size);
    if (endAt < at + 8 || endAt > untilAt) return;
    yield { type: typeAt(view, at + 4), bodyAt: at + (large ? 16 : 8), endAt };
    at = endAt;
  }
}

function typeAt(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(at + index)));
}

function child(view: DataView, parent: Box | undefined, type: string): Box | undefined {
  if (parent === undefined) return undefined;
  for (const box of boxes(view, parent.bodyAt, parent.endAt)) if (box.type === type) return box;
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads `moov`'s first video track; undefined when there is none. */
export function readVideoClock(init: Uint8Array): VideoClock | undefined {
  const view = viewOf(init);
  const moov = child(view, { type: '', bodyAt: 0, endAt: init.length }, 'moov');
  if (moov === undefined) return undefined;
  for (const trak of boxes(view, moov.bodyAt, moov.endAt)) {
    if (trak.type !== 'trak') continue;
    const mdia = child(view, trak, 'mdia');
    const tkhd = child(view, trak, 'tkhd');
    const mdhd = child(view, mdia, 'mdhd');
    const hdlr = child(view, mdia, 'hdlr');
    if (tkhd === undefined || mdhd === undefined || hdlr === undefined) continue;
    // `hdlr`: version, flags, pre_defined, handler_type (8.4.3.2).
    if (typeAt(view, hdlr.bodyAt + 8) !== 'vide') continue;
    return {
      // `tkhd` and `mdhd`: creation and modification time stand first, in 64 bits in version 1 (8.3.2, 8.4.2).
      trackId: view.getUint32(tkhd.bodyAt + (view.getUint8(tkhd.bodyAt) === 1 ? 20 : 12)),
      timescale: view.getUint32(mdhd.bodyAt + (view.getUint8(mdhd.bodyAt) === 1 ? 20 : 12)),
    };
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
    for (const traf of boxes(view, box.bodyAt, box.endAt)) {
      if (traf.type !== 'traf') continue;
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
  const tfhd = child(view, traf, 'tfhd');
  const tfdt = child(view, traf, 'tfdt');
  const trun = child(view, traf, 'trun');
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
