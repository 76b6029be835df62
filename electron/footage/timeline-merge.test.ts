// Merging runs and gaps: exact by default, few at a month's scale, and never a lie about a long one.

import { describe, expect, it } from 'vitest';
import type { GapReason } from '../../recorder/model/states.ts';
import { CoverageMerge, GapMerge } from './timeline-merge.ts';

const covered = (mergeMs: number, ...runs: [number, number][]) => {
  const merge = new CoverageMerge(1_000, 9_000, mergeMs);
  for (const [startMs, endMs] of runs) merge.add(startMs, endMs);
  return merge.runs.map(({ startMs, endMs }) => [startMs, endMs]);
};
const gaps = (mergeMs: number, ...rows: [number, number | undefined, GapReason][]) => {
  const merge = new GapMerge(mergeMs);
  for (const [startMs, endMs, reason] of rows)
    merge.add(endMs === undefined ? { startMs, reason } : { startMs, endMs, reason });
  return merge.gaps.map(({ startMs, endMs, reason }) => [startMs, endMs, reason]);
};

describe('coverage', () => {
  it('is clipped to the range', () => {
    expect(covered(0, [0, 2_000], [8_000, 12_000], [9_000, 9_500], [100, 900])).toEqual([
      [1_000, 2_000],
      [8_000, 9_000],
    ]);
  });

  it('joins runs closer than asked, and no others', () => {
    expect(covered(500, [1_000, 2_000], [2_499, 3_000], [3_500, 4_000])).toEqual([
      [1_000, 3_000],
      [3_500, 4_000],
    ]);
  });

  it('joins the open segment to the row before it over a rounding', () => {
    expect(covered(0, [1_000, 2_000], [2_001, 3_000])).toEqual([[1_000, 3_000]]);
  });

  it('counts a moment once that is a row and still open', () => {
    expect(covered(0, [1_000, 3_000], [2_000, 2_900])).toEqual([[1_000, 3_000]]);
  });
});

describe('gaps', () => {
  it('stay as they are when nothing is merged', () => {
    const rows: [number, number | undefined, GapReason][] = [
      [0, 10, 'starting'],
      [10, 20, 'unreachable'],
      [30, undefined, 'stalled'],
    ];
    expect(gaps(0, ...rows)).toEqual(rows);
  });

  it('become one when a camera comes and goes, with the reason of the longest', () => {
    expect(gaps(100, [0, 10, 'starting'], [20, 60, 'unreachable'], [70, 75, 'starting'])).toEqual([
      [0, 75, 'unreachable'],
    ]);
  });

  it('keep two long ones apart that follow each other', () => {
    expect(gaps(100, [0, 500, 'recording-off'], [500, 900, 'unreachable'])).toEqual([
      [0, 500, 'recording-off'],
      [500, 900, 'unreachable'],
    ]);
  });

  it('keep their distance when footage lies between', () => {
    expect(gaps(100, [0, 10, 'stalled'], [110, 120, 'stalled'])).toHaveLength(2);
  });

  it('never move the begin of the one that goes on', () => {
    expect(gaps(100, [0, 10, 'stalled'], [20, undefined, 'unreachable'])).toEqual([
      [0, 10, 'stalled'],
      [20, undefined, 'unreachable'],
    ]);
  });
});
