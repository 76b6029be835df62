// The searched time is what the operator means by a day, and the thumbnail one of the hit where there is one.

import { hourMs } from '../../recorder/model/clock.ts';
import 'temporal-polyfill/global';
import { describe, expect, it } from 'vitest';
import { LocalTime } from '../timeline/local-time.ts';
import { dayOf, searchAgainMs, thumbnailMs, viewRange } from './search-range.ts';

describe('the day', () => {
  it.each([
    ['2026-06-10T12:00:00Z', 24],
    ['2026-03-29T12:00:00Z', 23],
    ['2026-10-25T12:00:00Z', 25],
  ])('of %s has %i hours in Berlin', (moment, hours) => {
    const ms = Date.parse(moment);
    const { startMs, endMs } = dayOf(ms, new LocalTime('Europe/Berlin'));
    expect((endMs - startMs) / hourMs).toBe(hours);
    expect(startMs).toBeLessThanOrEqual(ms);
    expect(endMs).toBeGreaterThan(ms);
  });
});

describe('what the timeline shows', () => {
  it('is searched to the millisecond', () => {
    expect(viewRange({ startMs: 1_000.4, spanMs: 500, width: 800 })).toEqual({
      startMs: 1_000,
      endMs: 1_501,
    });
  });

  it('is searched from its newest end when it is longer than a month', () => {
    const spanMs = 62 * 24 * hourMs;
    expect(viewRange({ startMs: 5, spanMs, width: 800 })).toEqual({
      startMs: 5 + 31 * 24 * hourMs,
      endMs: 5 + spanMs,
    });
  });
});

describe('a search that goes on', () => {
  const nowMs = 100 * 24 * hourMs;
  const last = (hours: number) => ({ startMs: nowMs - hours * hourMs, endMs: nowMs });

  it('is repeated every 20 s for up to a day, and less often the longer its range is', () => {
    expect([1, 24, 48, 31 * 24].map((hours) => searchAgainMs(last(hours), nowMs))).toEqual([
      20_000, 20_000, 40_000, 620_000,
    ]);
  });

  it('ends once all of it is past and was asked for once more', () => {
    expect(searchAgainMs(last(24), nowMs + 19_999)).toBe(20_000);
    expect(searchAgainMs(last(24), nowMs + 20_000)).toBeUndefined();
    expect(searchAgainMs(last(31 * 24), nowMs + 600_000)).toBe(620_000);
  });
});

describe('the thumbnail', () => {
  const hit = (startMs: number, endMs: number, peakMs: number) => ({
    startMs,
    endMs,
    peakMs,
    peakLevel: 0.5,
  });

  it('of a short hit is looked for up to its end', () => {
    expect(thumbnailMs(hit(50_000, 54_000, 51_000))).toBe(54_000);
  });

  it('of a long hit is that of its peak, but not one from before it', () => {
    expect(thumbnailMs(hit(50_000, 90_000, 80_000))).toBe(80_000);
    expect(thumbnailMs(hit(50_000, 90_000, 51_000))).toBe(61_000);
  });
});
