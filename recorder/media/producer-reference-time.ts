// The `prft` box before a fragment: what time it was when its first frame was taken (ISO/IEC 14496-12, 8.16.5).

import { readBoxHeader, readFullBoxHeader } from './box.ts';
import { ByteReader } from './byte-reader.ts';

/** Seconds from 1900, where NTP counts from, to 1970 (RFC 5905, appendix A.4). */
const ntpToUnixSeconds = 2_208_988_800;
const eraSeconds = 0x1_0000_0000;

interface ProducerReferenceTime {
  readonly ntpAtBytes: number;
  /** UTC milliseconds since 1970 with a fraction. */
  readonly wallMs: number;
}

/** `prft`: reference_track_ID, ntp_timestamp, media_time. Throws `MediaError` when the box at `atBytes` is another. */
function readProducerReferenceTime(bytes: Uint8Array, atBytes: number): ProducerReferenceTime {
  const header = readBoxHeader(bytes, atBytes, bytes.length);
  const endBytes = Math.min(bytes.length, atBytes + header.sizeBytes);
  const reader = new ByteReader(bytes, atBytes + header.headerBytes, endBytes, 'prft');
  if (header.type !== 'prft') throw reader.error('type', `a ${header.type} box found`, atBytes);
  const { version } = readFullBoxHeader(reader);
  reader.skip(4, 'reference_track_ID');
  const ntpAtBytes = reader.atBytes;
  const seconds = reader.uint32('ntp_timestamp');
  const fraction = reader.uint32('ntp_timestamp');
  reader.skip(version === 0 ? 4 : 8, 'media_time');
  // NTP's seconds wrap in 2036; a clear first bit means the era after that (RFC 4330, 3).
  const eraSecond = seconds < 0x8000_0000 ? seconds + eraSeconds : seconds;
  return { ntpAtBytes, wallMs: (eraSecond - ntpToUnixSeconds) * 1000 + (fraction * 1000) / eraSeconds };
}

/** The wall time in the `prft` that begins at `atBytes`, in UTC milliseconds with a fraction. Throws `MediaError`. */
export function readWallTime(bytes: Uint8Array, atBytes = 0): number {
  return readProducerReferenceTime(bytes, atBytes).wallMs;
}

/**
 * Replaces the muxer's time in the `prft` that a fragment's bytes begin with by the wall time of its first frame, so
 * that a stored file alone tells when it was taken. Whole milliseconds from 1968-01-20 to 2104 come back unchanged.
 * Throws `MediaError` when the bytes begin with another box.
 */
export function stampWallTime(bytes: Uint8Array, startMs: number): void {
  const { ntpAtBytes } = readProducerReferenceTime(bytes, 0);
  const wholeSeconds = Math.floor(startMs / 1000);
  const fraction = Math.floor(((startMs - wholeSeconds * 1000) * eraSeconds) / 1000);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(ntpAtBytes, (wholeSeconds + ntpToUnixSeconds) % eraSeconds);
  view.setUint32(ntpAtBytes + 4, fraction);
}
