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
  const startMs = Date.UTC(2026, 5, 10, 12);

  it.each([
    ['a second', 1_000, 1],
    ['a minute at 16×', 60_000, 16],
    ['ten minutes', 600_000, 1],
    ['a day', 24 * hourMs, 1],
  ])('is searched all, and anew by steps while %s of it follows', (_, spanMs, speed) => {
    const asked = new Set<string>();
    const seconds = 40;
    for (let ms = 0; ms < seconds * 1_000; ms += 20) {
      const view = { startMs: startMs + ms * speed + 0.4, spanMs, width: 800 };
      const range = viewRange(view);
      expect(range.startMs).toBeLessThanOrEqual(view.startMs);
      expect(range.endMs).toBeGreaterThanOrEqual(view.startMs + spanMs);
      expect(range.endMs - range.startMs).toBeLessThanOrEqual(Math.max(1.25 * spanMs, spanMs + 10_000));
      asked.add(JSON.stringify(range));
    }
    // Each stands for longer than a question has to.
    expect(asked.size).toBeLessThanOrEqual(seconds * 3.5);
  });

  it('is searched from its newest end when it is longer than a month', () => {
    const spanMs = 62 * 24 * hourMs;
    const { startMs: fromMs, endMs } = viewRange({ startMs, spanMs, width: 800 });
    expect(endMs - fromMs).toBe(31 * 24 * hourMs);
    expect(endMs).toBeGreaterThanOrEqual(startMs + spanMs);
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
