// Heat maps there and back.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setBytes } from './cells.ts';
import { encodeHeatMap, type MovedCells, readHeatMap } from './heat-map.ts';

const cells = fc.uint8Array({ minLength: setBytes, maxLength: setBytes });
const start = fc.nat({ max: 4_000_000_000_000 });
const steps = fc.array(fc.record({ afterMs: fc.nat({ max: 3_600_000 }), cells }), { maxLength: 200 });

function timed(startMs: number, list: readonly { afterMs: number; cells: Uint8Array }[]): MovedCells[] {
  let atMs = startMs;
  return list.map(({ afterMs, cells: moved }) => {
    atMs += afterMs;
    return { atMs, cells: moved };
  });
}

function read(blob: Uint8Array, startMs: number): MovedCells[] {
  const found: MovedCells[] = [];
  readHeatMap(blob, startMs, (atMs, moved) => found.push({ atMs, cells: moved.slice() }));
  return found;
}

describe('a heat map', () => {
  it('says what it was made of', () => {
    fc.assert(
      fc.property(start, steps, (startMs, list) => {
        const moved = timed(startMs, list);
        expect(read(encodeHeatMap(startMs, moved), startMs)).toEqual(moved);
      }),
    );
  });

  it('cut anywhere says the begin of it', () => {
    fc.assert(
      fc.property(start, steps, fc.double({ min: 0, max: 1, noNaN: true }), (startMs, list, share) => {
        const moved = timed(startMs, list);
        const blob = encodeHeatMap(startMs, moved);
        const cut = blob.subarray(0, Math.max(1, Math.floor(blob.length * share)));
        const found = read(cut, startMs);
        expect(found).toEqual(moved.slice(0, found.length));
      }),
    );
  });

  it('takes 20 bytes for a keyframe every two seconds, one in all for a still minute', () => {
    expect(encodeHeatMap(0, []).length).toBe(1);
    const moved = Array.from({ length: 30 }, (_, i) => ({ atMs: i * 2_000, cells: new Uint8Array(18) }));
    expect(encodeHeatMap(0, moved).length).toBeLessThanOrEqual(1 + 30 * 20);
  });

  it('of a version to come is refused', () => {
    expect(() => read(Uint8Array.of(2, 0), 0)).toThrow(RangeError);
    expect(() => read(new Uint8Array(), 0)).toThrow(RangeError);
  });
});
