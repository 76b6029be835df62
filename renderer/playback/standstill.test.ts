// When a picture has stood for too long, and when it may stand.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Moving, watchForStandstill } from './standstill.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How often it was said within so many seconds. */
function saidWithin(seconds: number, moving: Moving): number {
  let said = 0;
  const stop = watchForStandstill(moving, () => {
    said += 1;
  });
  vi.advanceTimersByTime(seconds * 1_000);
  stop();
  vi.advanceTimersByTime(60_000);
  return said;
}

describe('watchForStandstill', () => {
  it('says that a picture stands, and says so again when that did not help', () => {
    expect(saidWithin(4, { isDue: () => true, atS: () => 7 })).toBe(0);
    expect(saidWithin(7, { isDue: () => true, atS: () => 7 })).toBe(1);
    expect(saidWithin(13, { isDue: () => true, atS: () => 7 })).toBe(2);
  });

  it('says nothing of pictures that move, are not due, or are not there', () => {
    let shown = 0;
    const next = () => {
      shown += 1;
      return shown;
    };
    expect(saidWithin(60, { isDue: () => true, atS: next })).toBe(0);
    expect(saidWithin(60, { isDue: () => false, atS: () => 7 })).toBe(0);
    expect(saidWithin(60, { isDue: () => true, atS: () => undefined })).toBe(0);
  });

  it('counts anew after a pause', () => {
    let turn = 0;
    const isDue = () => {
      turn += 1;
      return turn % 8 !== 0;
    };
    expect(saidWithin(60, { isDue, atS: () => 7 })).toBe(0);
  });
});
