// The ring of GOPs: what it reaches back, what it gives, and that it stays bounded.

import { describe, expect, it } from 'vitest';
import type { Fragment } from '../media/fragment-cutter.ts';
import { PreRoll } from './pre-roll.ts';

function fragment(keyframe: boolean, sizeBytes = 100): Fragment {
  return {
    bytes: new Uint8Array(sizeBytes),
    muxedAtMs: 0,
    startTicks: 0,
    durationTicks: 100,
    startsWithKeyframe: keyframe,
    videoFrames: 3,
  };
}

/** A keyframe each second, a fragment each 100 ms. */
function fill(ring: PreRoll, fromMs: number, toMs: number, reachMs: number, sizeBytes = 100): void {
  for (let atMs = fromMs; atMs < toMs; atMs += 100) {
    ring.push(fragment(atMs % 1_000 === 0, sizeBytes), atMs, reachMs);
  }
}

const startsOf = (ring: PreRoll, fromMs: number) => ring.take(fromMs).map(({ startMs }) => startMs);

describe('PreRoll', () => {
  it('keeps the GOP in which the reach lies', () => {
    const ring = new PreRoll();
    fill(ring, 0, 10_000, 3_000);
    // The newest fragment is at 9,900, so 6,900 is to be had: its GOP begins at 6,000.
    expect(ring.bytes).toBe(40 * 100);
    expect(startsOf(ring, 0)[0]).toBe(6_000);
    expect(ring.bytes).toBe(0);
    expect(startsOf(ring, 0)).toEqual([]);
  });

  it('gives from the last keyframe at or before the moment', () => {
    const ring = new PreRoll();
    fill(ring, 0, 5_000, 10_000);
    expect(startsOf(ring, 3_950)[0]).toBe(3_000);
    fill(ring, 5_000, 8_000, 10_000);
    expect(startsOf(ring, 7_000)).toEqual([
      7_000, 7_100, 7_200, 7_300, 7_400, 7_500, 7_600, 7_700, 7_800, 7_900,
    ]);
  });

  it('holds nothing before the first keyframe, and one GOP without reach', () => {
    const ring = new PreRoll();
    fill(ring, 300, 1_000, 0);
    expect(ring.newestGopMs).toBeUndefined();
    fill(ring, 1_000, 3_500, 0);
    expect(ring.newestGopMs).toBe(3_000);
    expect(ring.bytes).toBe(5 * 100);
  });

  it('drops the oldest GOPs when it is full, and a GOP that alone does not fit', () => {
    const ring = new PreRoll(2_500);
    fill(ring, 0, 10_000, 60_000);
    expect(ring.bytes).toBeLessThanOrEqual(2_500);
    expect(startsOf(ring, 0)[0]).toBe(8_000);
    fill(ring, 10_000, 11_000, 60_000, 1_000);
    expect(ring.bytes).toBe(0);
    fill(ring, 11_000, 12_000, 60_000);
    expect(startsOf(ring, 0)[0]).toBe(11_000);
  });
});
