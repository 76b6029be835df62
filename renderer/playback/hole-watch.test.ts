// Which holes are leapt over, and when.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { behindHole, type Watched, watchForHoles } from './hole-watch.ts';

const loaded = (...ranges: [number, number][]) => ranges.map(([startS, endS]) => ({ startS, endS }));

describe('behindHole', () => {
  // As Chromium had it behind a recorder that was killed: 136 ms of sound were missing at the end of the run.
  const killed = loaded([0, 0.597], [0.733, 1.757]);

  it('is where media goes on, from just before the hole and from inside of it', () => {
    expect(behindHole(killed, 0.446)).toBe(0.733);
    expect(behindHole(killed, 0.6)).toBe(0.733);
  });

  it('is nowhere while there is enough before the hole, or nothing after it', () => {
    expect(behindHole(killed, 0.05)).toBeUndefined();
    expect(behindHole(killed, 1.7)).toBeUndefined();
    expect(behindHole([], 0)).toBeUndefined();
  });

  it('is nowhere when what lies between may still be loaded', () => {
    expect(behindHole(loaded([0, 1], [3, 5]), 0.9)).toBeUndefined();
    expect(behindHole(loaded([3, 5]), 2.9)).toBeUndefined();
  });
});

describe('watchForHoles', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const buffered = { length: 2, start: (index: number) => [0, 0.733][index] ?? 0, end: () => 0.597 };
  const stuckPlayer = {
    buffered,
    currentTime: 0.446,
    ended: false,
    paused: true,
    readyState: 1,
    seeking: true,
  };
  const leapsOf = (video: Watched, forMs: number) => {
    const leaps: number[] = [];
    const stop = watchForHoles(video, (toS) => leaps.push(toS));
    vi.advanceTimersByTime(forMs);
    stop();
    vi.advanceTimersByTime(forMs);
    return leaps;
  };

  it('leaps with a seek or a picture that does not come, after its patience and not before', () => {
    expect(leapsOf(stuckPlayer, 450)).toEqual([]);
    expect(leapsOf(stuckPlayer, 550)).toEqual([0.733]);
    expect(leapsOf({ ...stuckPlayer, seeking: false, paused: false }, 550)).toEqual([0.733]);
  });

  it('leaves a player alone that shows what was asked for, or gets on', () => {
    expect(leapsOf({ ...stuckPlayer, seeking: false }, 2_000)).toEqual([]);
    expect(leapsOf({ ...stuckPlayer, seeking: false, paused: false, readyState: 4 }, 2_000)).toEqual([]);
    let currentTime = 0.4;
    const moving = {
      ...stuckPlayer,
      get currentTime() {
        currentTime += 0.001;
        return currentTime;
      },
    };
    expect(leapsOf(moving, 2_000)).toEqual([]);
  });
});
