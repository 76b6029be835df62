// Where a scan goes on at gaps, at the ends of the footage and in a loop.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { madeScreen, makeGlobals } from '../made-browser.ts';
import { type Footage, nothingLoaded } from '../timeline/footage.ts';
import { rangesOf } from '../timeline/ranges.ts';
import { Scan, scanStep, skipsAll, turnedBack } from './scan.ts';

/** Recorded from 10 s to 20 s and from 50 s to 90 s; known from 0 to 100 s. */
const footage: Footage = {
  ...nothingLoaded,
  loaded: { startMs: 0, endMs: 100_000 },
  coverage: rangesOf([
    { startMs: 10_000, endMs: 20_000 },
    { startMs: 50_000, endMs: 90_000 },
  ]),
  oldestMs: 10_000,
  newestMs: 90_000,
};

describe('a scan', () => {
  it('shows what is recorded', () => {
    expect(scanStep(15_000, 8, footage)).toEqual({ kind: 'show', ms: 15_000 });
    expect(scanStep(60_000, -1, footage)).toEqual({ kind: 'show', ms: 60_000 });
  });

  it('goes over a gap to the footage on its way', () => {
    expect(scanStep(30_000, 8, footage)).toEqual({ kind: 'show', ms: 50_000 });
    expect(scanStep(30_000, -8, footage)).toEqual({ kind: 'show', ms: 19_999 });
  });

  it('is over at the newest and at the oldest footage', () => {
    expect(scanStep(90_000, 16, footage)).toEqual({ kind: 'newest' });
    expect(scanStep(10_000, -16, footage)).toEqual({ kind: 'oldest' });
  });

  it('asks for the moment itself where nothing is known', () => {
    expect(scanStep(5_000_000, -8, { ...footage, newestMs: 9_000_000 })).toEqual({
      kind: 'show',
      ms: 5_000_000,
    });
  });
});

describe('a loop', () => {
  const loop = { startMs: 50_000, endMs: 60_000 };

  it('goes back to its begin at its end, and backwards to its end at its begin', () => {
    expect(turnedBack(60_000, 1, loop)).toBe(50_000);
    expect(turnedBack(50_000, -4, loop)).toBe(59_999);
  });

  it('leaves what lies inside alone', () => {
    expect([turnedBack(55_000, 16, loop), turnedBack(55_000, -16, loop)]).toEqual([undefined, undefined]);
  });
});

describe('a running scan', () => {
  let takeAway: () => void;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    takeAway = makeGlobals(madeScreen);
  });
  afterEach(() => {
    vi.useRealTimers();
    takeAway();
  });

  /** Every picture is there at once, unless `isSlow`; a key frame at each full second. */
  function made(isSlow = false) {
    const shown: number[] = [];
    const ends: string[] = [];
    const scan = new Scan({
      isSeeking: () => isSlow && shown.length > 0,
      show: (ms) => shown.push(ms),
      keyframeMs: (ms) => Math.floor(ms / 1_000) * 1_000,
      footage: () => footage,
      loop: () => undefined,
      end: (side) => {
        ends.push(side);
        scan.stop();
      },
    });
    return { scan, shown, ends };
  }

  it('plays every frame backwards at 1×, as fast as time passes', () => {
    const { scan, shown } = made();
    scan.run(70_000, -1);
    vi.advanceTimersByTime(1_000);
    expect(shown.length).toBeGreaterThan(50);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    expect((shown[0] ?? 0) - (shown.at(-1) ?? 0)).toBeGreaterThan(900);
    scan.stop();
  });

  it('plays key frames alone at 16×, each once, over the gap and to the oldest', () => {
    const { scan, shown, ends } = made();
    scan.run(70_500, -16);
    vi.advanceTimersByTime(4_000);
    const keyframes = [...Array(21).keys()].map((at) => 70_000 - at * 1_000);
    const before = [...Array(10).keys()].map((at) => 19_000 - at * 1_000);
    expect(shown).toEqual([...keyframes, ...before]);
    expect(ends).toEqual(['oldest']);
  });

  it('never begins with a step against its direction', () => {
    const { scan, shown } = made();
    scan.run(70_500, 8);
    vi.advanceTimersByTime(200);
    expect(shown).toEqual([71_000, 72_000]);
    scan.stop();
  });

  it('waits for a picture that is late instead of leaving it behind', () => {
    const { scan, shown } = made(true);
    scan.run(70_000, -2);
    vi.advanceTimersByTime(60_000);
    expect(shown).toHaveLength(1);
    scan.stop();
  });
});

describe('skipsAll', () => {
  it('knows a stretch of which nothing can be shown', () => {
    const loop = { startMs: 1_000, endMs: 2_000 };
    expect(skipsAll({ startMs: 1_000, endMs: 60_000 }, loop)).toBe(true);
    expect(skipsAll({ startMs: 1_000, endMs: 1_500 }, loop)).toBe(false);
    expect(skipsAll({ startMs: 1_500, endMs: 60_000 }, loop)).toBe(false);
    expect(skipsAll(undefined, loop)).toBe(false);
  });
});
