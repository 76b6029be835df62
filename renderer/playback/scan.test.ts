// Where a scan goes on at gaps, at the ends of the footage and in a loop.

import { describe, expect, it } from 'vitest';
import { type Footage, nothingLoaded } from '../timeline/footage.ts';
import { rangesOf } from '../timeline/ranges.ts';
import { scanStep, turnedBack } from './scan.ts';

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
