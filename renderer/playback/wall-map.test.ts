// Media time to wall time and back, over borders, slewed clocks and gaps.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WallMap } from './wall-map.ts';

const startMs = Date.UTC(2026, 10, 21, 14);
/** Two seconds, two more whose wall clock was slewed by 20 ms, a gap of a minute, then two seconds. */
const map = new WallMap([
  { mediaS: 0, durationS: 2, wallMs: startMs },
  { mediaS: 2, durationS: 2, wallMs: startMs + 2_020 },
  { mediaS: 4, durationS: 2, wallMs: startMs + 64_000 },
]);

describe('WallMap', () => {
  it('gives the wall time of a frame', () => {
    expect(map.wallAt(0)).toBe(startMs);
    expect(map.wallAt(1.5)).toBe(startMs + 1_500);
    expect(map.wallAt(2.04)).toBeCloseTo(startMs + 2_060, 6);
    expect(map.wallAt(5)).toBe(startMs + 65_000);
    expect(new WallMap([]).wallAt(1)).toBeUndefined();
  });

  it('gives a frame at a border to the piece that it begins, however it was rounded', () => {
    expect(map.wallAt(3.9999999)).toBeCloseTo(startMs + 64_000, 2);
    expect(map.wallAt(4.0000001)).toBeCloseTo(startMs + 64_000, 2);
  });

  it('knows how far it reaches', () => {
    expect([-0.1, 0, 3, 5.99, 6, 7].map((mediaS) => map.holds(mediaS))).toEqual([
      ...[false, true, true],
      ...[true, false, false],
    ]);
    expect(new WallMap([]).holds(0)).toBe(false);
  });

  it('finds where a moment is played', () => {
    expect(map.placeOf(startMs + 500)).toEqual({ kind: 'inside', mediaS: 0.5 });
    expect(map.placeOf(startMs + 2_120)).toMatchObject({ kind: 'inside' });
    expect(map.placeOf(startMs - 1)).toEqual({ kind: 'before' });
    expect(map.placeOf(startMs + 66_000)).toEqual({ kind: 'after' });
    expect(map.endMs).toBe(startMs + 66_000);
  });

  it('tells a gap from the rounding between two pieces', () => {
    expect(map.placeOf(startMs + 30_000)).toEqual({ kind: 'gap', endMs: startMs + 64_000 });
    const joined = map.placeOf(startMs + 2_010);
    expect(joined.kind === 'inside' && joined.mediaS).toBeCloseTo(1.995, 6);
  });

  it('comes back to the moment it started from', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5.99, noNaN: true }), (mediaS) => {
        const place = map.placeOf(map.wallAt(mediaS) ?? 0);
        expect(place.kind === 'inside' && Math.abs(place.mediaS - mediaS)).toBeLessThan(0.001);
      }),
    );
  });

  it('tells the gap that playing on went over, where it lies, whatever frames were left out around it', () => {
    const gap = { startMs: startMs + 4_020, endMs: startMs + 64_000 };
    expect(map.gapBetween(3.96, 4)).toEqual(gap);
    expect(map.gapBetween(3.96, 4.04)).toEqual(gap);
    // A decoder under load showed one frame before the gap and the next one two seconds behind it.
    expect(map.gapBetween(2.5, 5.9)).toEqual(gap);
  });

  it('tells no gap of slewing, of steps back, or where it was not crossed', () => {
    expect(map.gapBetween(1.9, 2.1)).toBeUndefined();
    expect(map.gapBetween(4.5, 3.5)).toBeUndefined();
    expect(map.gapBetween(4, 5)).toBeUndefined();
    expect(map.gapBetween(3, 3.9)).toBeUndefined();
  });

  it('tells several gaps crossed at once as one', () => {
    const twice = new WallMap([
      { mediaS: 0, durationS: 2, wallMs: startMs },
      { mediaS: 2, durationS: 0.1, wallMs: startMs + 10_000 },
      { mediaS: 2.1, durationS: 2, wallMs: startMs + 20_000 },
    ]);
    expect(twice.gapBetween(1.9, 2.2)).toEqual({ startMs: startMs + 2_000, endMs: startMs + 20_000 });
  });
});
