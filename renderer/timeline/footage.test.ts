// What a timeline knows: states of moments, live growth, gaps that come and go, and when it has to ask again.

import { describe, expect, it } from 'vitest';
import { longestTimelineMs } from '../../recorder/model/limits.ts';
import {
  type Footage,
  footageOf,
  grownTo,
  nothingLoaded,
  questionFor,
  stateAt,
  wholeRun,
  withGap,
} from './footage.ts';

const base = Date.UTC(2026, 10, 21, 12);
const at = (seconds: number) => base + seconds * 1_000;
const run = (from: number, to: number) => ({ startMs: at(from), endMs: at(to) });

const footage = footageOf(
  { ...run(0, 1_000), mergeMs: 0 },
  {
    coverage: [run(100, 200), run(260, 400)],
    gaps: [{ ...run(200, 260), reason: 'unreachable' }],
    oldestMs: at(100),
    newestMs: at(400),
  },
);

function spans(of: Footage): [number, number][] {
  return Array.from(of.coverage.startsMs, (startMs, index) => [
    (startMs - base) / 1_000,
    ((of.coverage.endsMs[index] ?? 0) - base) / 1_000,
  ]);
}

describe('stateAt', () => {
  const now = at(500);

  it('tells footage, gap, emptiness, future and what was never asked apart', () => {
    expect(stateAt(footage, at(150), now)).toEqual({ kind: 'footage', ...run(100, 200) });
    expect(stateAt(footage, at(230), now)).toMatchObject({ kind: 'gap', gap: { reason: 'unreachable' } });
    expect(stateAt(footage, at(450), now)).toMatchObject({ kind: 'empty', startMs: at(400) });
    expect(stateAt(footage, at(501), now)).toEqual({ kind: 'future' });
    expect(stateAt(footage, at(-1), now)).toEqual({ kind: 'not-loaded' });
    expect(stateAt(nothingLoaded, at(150), now)).toEqual({ kind: 'not-loaded' });
  });

  it('lets a gap that goes on reach to now', () => {
    const failing = withGap(footage, { startMs: at(400), reason: 'stalled' });
    expect(stateAt(failing, at(499), now)).toMatchObject({ kind: 'gap', gap: { reason: 'stalled' } });
  });

  it('finds a gap too short to hit, but not a long one from inside the footage', () => {
    const flicker = withGap(footage, { ...run(150, 151), reason: 'recorder-ended' });
    expect(stateAt(flicker, at(155), now, 10_000)).toMatchObject({ kind: 'gap' });
    expect(stateAt(flicker, at(145), now, 10_000)).toMatchObject({ kind: 'gap' });
    expect(stateAt(flicker, at(155), now, 1_000)).toMatchObject({ kind: 'footage' });
    expect(stateAt(footage, at(195), now, 10_000)).toMatchObject({ kind: 'footage' });
  });
});

describe('live growth', () => {
  it('lets the newest run go on', () => {
    expect(spans(grownTo(footage, at(402)))).toEqual([
      [100, 200],
      [260, 402],
    ]);
    expect(grownTo(footage, at(399))).toBe(footage);
  });

  it('begins a new run where the last gap ended', () => {
    const back = withGap(footage, { ...run(400, 430), reason: 'stalled' });
    expect(spans(grownTo(back, at(432))).at(-1)).toEqual([430, 432]);
  });

  it('claims no footage outside of what was asked about', () => {
    const past = footageOf({ ...run(0, 300), mergeMs: 0 }, { coverage: [run(100, 300)], gaps: [] });
    expect(spans(grownTo(past, at(402)))).toEqual([[100, 300]]);
    expect(grownTo(past, at(402)).newestMs).toBe(at(402));
  });

  it('does not guess where the first footage of an empty stream began', () => {
    const empty = footageOf({ ...run(0, 1_000), mergeMs: 0 }, { coverage: [], gaps: [] });
    expect(spans(grownTo(empty, at(10)))).toEqual([]);
    expect(grownTo(empty, at(10)).oldestMs).toBe(at(10));
  });
});

describe('withGap', () => {
  it('replaces the gap of the same start', () => {
    const begun = withGap(footage, { startMs: at(400), reason: 'timed-out' });
    const known = withGap(begun, { startMs: at(400), reason: 'unreachable' });
    const ended = withGap(known, { startMs: at(400), endMs: at(410), reason: 'unreachable' });
    expect(begun.faults.endsMs.at(-1)).toBe(Number.POSITIVE_INFINITY);
    expect(ended.gaps).toHaveLength(2);
    expect(ended.faults.endsMs.at(-1)).toBe(at(410));
  });
});

describe('questionFor', () => {
  const view = { startMs: at(0), spanMs: 3_600_000, width: 1_000 };

  it('asks about the view and a span on either side, as fine as the screen', () => {
    const question = questionFor(view, nothingLoaded);
    expect(question).toMatchObject({ mergeMs: 1_800 });
    expect(question?.startMs).toBeLessThanOrEqual(view.startMs);
    expect((question?.endMs ?? 0) - (question?.startMs ?? 0)).toBeGreaterThan(2.7 * view.spanMs);
  });

  it('is content with what it has while panning inside it and zooming a little', () => {
    const question = questionFor(view, nothingLoaded);
    if (question === undefined) throw new Error('nothing was asked');
    const loaded = footageOf(question, { coverage: [], gaps: [] });
    expect(questionFor(view, loaded)).toBeUndefined();
    expect(questionFor({ ...view, startMs: view.startMs + view.spanMs / 2 }, loaded)).toBeUndefined();
    expect(questionFor({ ...view, spanMs: view.spanMs * 0.6 }, loaded)).toBeUndefined();
    expect(questionFor({ ...view, spanMs: view.spanMs * 0.4 }, loaded)).toBeDefined();
    expect(questionFor({ ...view, startMs: view.startMs + 3 * view.spanMs }, loaded)).toBeDefined();
  });

  it('asks the exact truth at the closest zoom and never about more than the station answers', () => {
    expect(questionFor({ ...view, spanMs: 1_000 }, nothingLoaded)?.mergeMs).toBe(0);
    const month = questionFor({ ...view, spanMs: 31 * 86_400_000 }, nothingLoaded);
    expect((month?.endMs ?? 0) - (month?.startMs ?? 0)).toBeLessThanOrEqual(longestTimelineMs);
  });

  it('covers the view it was asked for, at every zoom', () => {
    for (let spanMs = 1_000; spanMs <= 31 * 86_400_000; spanMs *= 1.37) {
      const any = { startMs: base + 12_345.678, spanMs, width: 777 };
      const question = questionFor(any, nothingLoaded);
      if (question === undefined) throw new Error('nothing was asked');
      expect(Number.isInteger(question.startMs) && Number.isInteger(question.endMs)).toBe(true);
      expect(questionFor(any, footageOf(question, { coverage: [], gaps: [] }))).toBeUndefined();
    }
  });
});

describe('wholeRun', () => {
  it('ends where footage ends, but not where only what is known of it does', () => {
    expect(wholeRun(footage, run(100, 200))).toEqual(run(100, 200));
    const zoomedIn = { ...footage, loaded: run(120, 180) };
    expect(wholeRun(zoomedIn, run(120, 180))).toEqual({
      startMs: Number.NEGATIVE_INFINITY,
      endMs: Number.POSITIVE_INFINITY,
    });
    expect(wholeRun(zoomedIn, run(120, 150))).toEqual({ startMs: Number.NEGATIVE_INFINITY, endMs: at(150) });
  });
});
