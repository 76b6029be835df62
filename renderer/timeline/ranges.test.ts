// Sorted ranges: joining, searching, holes, and merging to what a screen can tell apart.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eachMerged,
  extended,
  firstEndingAfter,
  holeAt,
  nextBorder,
  noRanges,
  type Range,
  rangeAt,
  rangesOf,
} from './ranges.ts';

const list = (...pairs: [number, number][]): Range[] => pairs.map(([startMs, endMs]) => ({ startMs, endMs }));

function merged(ranges: Range[], window: Range, mergeMs: number): [number, number][] {
  const found: [number, number][] = [];
  eachMerged(rangesOf(ranges), window, mergeMs, (startMs, endMs) => found.push([startMs, endMs]));
  return found;
}

describe('rangesOf', () => {
  it('sorts, joins what touches or overlaps, drops what is empty', () => {
    const ranges = rangesOf(list([50, 60], [0, 10], [10, 20], [15, 18], [30, 30], [55, 70]));
    expect([...ranges.startsMs]).toEqual([0, 50]);
    expect([...ranges.endsMs]).toEqual([20, 70]);
  });
});

describe('extended', () => {
  it('joins what touches the last range and appends what does not', () => {
    const all = (ranges: ReturnType<typeof rangesOf>) => [[...ranges.startsMs], [...ranges.endsMs]];
    const ranges = rangesOf(list([0, 10], [20, 30]));
    expect(all(extended(ranges, { startMs: 30, endMs: 35 }))).toEqual([
      [0, 20],
      [10, 35],
    ]);
    expect(all(extended(ranges, { startMs: 40, endMs: 45 }))).toEqual([
      [0, 20, 40],
      [10, 30, 45],
    ]);
    expect(all(extended(noRanges, { startMs: 40, endMs: 45 }))).toEqual([[40], [45]]);
  });
});

describe('searching', () => {
  const ranges = rangesOf(list([0, 10], [20, 30], [40, 50]));

  it('finds the range a moment lies in, its end excluded', () => {
    expect(rangeAt(ranges, 20)).toEqual({ startMs: 20, endMs: 30 });
    expect(rangeAt(ranges, 29.9)).toEqual({ startMs: 20, endMs: 30 });
    expect(rangeAt(ranges, 30)).toBeUndefined();
    expect(rangeAt(noRanges, 0)).toBeUndefined();
  });

  it('finds the hole around a moment, open where nothing lies beyond', () => {
    expect(holeAt(ranges, 10)).toEqual({ startMs: 10, endMs: 20 });
    expect(holeAt(ranges, 25)).toBeUndefined();
    expect(holeAt(ranges, -1)).toEqual({ startMs: Number.NEGATIVE_INFINITY, endMs: 0 });
    expect(holeAt(ranges, 50)).toEqual({ startMs: 50, endMs: Number.POSITIVE_INFINITY });
  });

  it('walks from border to border', () => {
    const walk = (fromMs: number, direction: 'forward' | 'back') => {
      const found: number[] = [];
      for (let ms = nextBorder(ranges, fromMs, direction); ms !== undefined && found.length < 9; ) {
        found.push(ms);
        ms = nextBorder(ranges, ms, direction);
      }
      return found;
    };
    expect(walk(-5, 'forward')).toEqual([0, 10, 20, 30, 40, 50]);
    expect(walk(25, 'forward')).toEqual([30, 40, 50]);
    expect(walk(60, 'back')).toEqual([50, 40, 30, 20, 10, 0]);
    expect(walk(45, 'back')).toEqual([40, 30, 20, 10, 0]);
    expect(nextBorder(noRanges, 0, 'back')).toBeUndefined();
  });

  it('agrees with a plain walk', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 40 })), {
          maxLength: 40,
        }),
        fc.integer({ min: -10, max: 600 }),
        (pairs, ms) => {
          const any = pairs.map(([startMs, length]) => ({ startMs, endMs: startMs + length }));
          const covered = any.some((range) => ms >= range.startMs && ms < range.endMs);
          const ranges = rangesOf(any);
          expect(rangeAt(ranges, ms) !== undefined).toBe(covered);
          expect(holeAt(ranges, ms) === undefined).toBe(covered);
          const index = firstEndingAfter(ranges, ms);
          expect([...ranges.endsMs].slice(0, index).every((endMs) => endMs <= ms)).toBe(true);
        },
      ),
    );
  });
});

describe('eachMerged', () => {
  it('cuts to the window', () => {
    expect(merged(list([0, 10], [20, 30], [40, 50]), { startMs: 5, endMs: 45 }, 0)).toEqual([
      [5, 10],
      [20, 30],
      [40, 45],
    ]);
    expect(merged(list([0, 10]), { startMs: 10, endMs: 45 }, 0)).toEqual([]);
  });

  it('joins ranges closer than the merge distance, and only those', () => {
    const ranges = list([0, 10], [14, 20], [25, 30]);
    expect(merged(ranges, { startMs: 0, endMs: 100 }, 5)).toEqual([
      [0, 20],
      [25, 30],
    ]);
  });

  it('paints a month of one-minute segments in as many strokes as there are visible holes', () => {
    const minute = 60_000;
    const month = Array.from({ length: 31 * 24 * 60 }, (_, index) => ({
      startMs: index * minute,
      // A lost 50 ms at every border, and ten minutes missing at noon of each day.
      endMs: index % 1440 >= 720 && index % 1440 < 730 ? index * minute : (index + 1) * minute - 50,
    }));
    const window = { startMs: 0, endMs: 31 * 86_400_000 };
    const perPixel = window.endMs / 1_920;
    expect(merged(month, window, perPixel / 2)).toHaveLength(1);
    expect(merged(month, window, minute)).toHaveLength(32);
  });
});
