// The heat map of a segment: which cells moved at which keyframe, in a few bytes for a still scene.
//
// blob = version:u8 (1)  entry*      entry = varint(ms since the entry before, or since the segment's start)  cells:18 bytes
// Only keyframes with motion have an entry. A day of one camera with motion at every keyframe (2 s apart) is 0.85 MB; a
// usual day is a tenth of it (product P5: a region over a day of one camera in a second).

import type { EpochMs } from '../model/clock.ts';
import { type CellSet, setBytes } from './cells.ts';

const version = 1;

export interface MovedCells {
  readonly atMs: EpochMs;
  readonly cells: CellSet;
}

/** `moved` in the order of their whole milliseconds, none before `startMs`. */
export function encodeHeatMap(startMs: EpochMs, moved: readonly MovedCells[]): Uint8Array {
  const bytes: number[] = [version];
  let beforeMs = startMs;
  for (const { atMs, cells } of moved) {
    let delta = Math.max(0, atMs - beforeMs);
    beforeMs += delta;
    while (delta > 0x7f) {
      bytes.push((delta % 128) | 0x80);
      delta = Math.floor(delta / 128);
    }
    bytes.push(delta, ...cells);
  }
  return Uint8Array.from(bytes);
}

/**
 * Calls `visit` for every entry without making an object of it. `cells` is a view into the blob. A blob cut short ends at
 * its last whole entry; RangeError for a version we do not know.
 */
export function readHeatMap(
  blob: Uint8Array,
  startMs: EpochMs,
  visit: (atMs: EpochMs, cells: CellSet) => void,
): void {
  if (blob[0] !== version) throw new RangeError('heat map version');
  let atMs = startMs;
  let at = 1;
  while (at < blob.length) {
    let delta = 0;
    let scale = 1;
    for (;;) {
      const byte = blob[at++];
      if (byte === undefined) return;
      delta += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
    }
    if (at + setBytes > blob.length) return;
    atMs += delta;
    visit(atMs, blob.subarray(at, at + setBytes));
    at += setBytes;
  }
}
