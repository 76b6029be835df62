// Ticks on local boundaries: ordinary days, days of 23 and 25 hours, from one second to a month.
import 'temporal-polyfill/global';
import { describe, expect, it } from 'vitest';
import { LocalTime } from './local-time.ts';
import { rulerFor } from './ruler.ts';

const berlin = new LocalTime('Europe/Berlin');

function day(year: number, month: number, dayOfMonth: number, width: number) {
  const date = { year, month, day: dayOfMonth };
  const startMs = berlin.startOfDay(date);
  return { startMs, spanMs: berlin.startOfDay(berlin.addDays(date, 1)) - startMs, width };
}

function labels(view: { startMs: number; spanMs: number; width: number }, time = berlin): string[] {
  return rulerFor(view, time)
    .ticks.filter((tick) => tick.kind !== 'minor' && tick.ms >= view.startMs)
    .map(({ ms, kind }) => {
      const { hour, minute, second, millisecond, day: dayOfMonth } = time.read(ms);
      const two = (value: number) => String(value).padStart(2, '0');
      if (kind === 'day') return `day ${dayOfMonth}`;
      return `${two(hour)}:${two(minute)}${second + millisecond === 0 ? '' : `:${two(second)}.${millisecond}`}`;
    });
}

describe('rulerFor', () => {
  it('labels every hour of an ordinary day', () => {
    const found = labels(day(2026, 6, 1, 24 * 70));
    expect(found).toHaveLength(24);
    expect(found.slice(0, 3)).toEqual(['day 1', '01:00', '02:00']);
    expect(found.at(-1)).toBe('23:00');
  });

  it('leaves out the hour that 29 March 2026 does not have', () => {
    const found = labels(day(2026, 3, 29, 23 * 70));
    expect(found).toHaveLength(23);
    expect(found.slice(0, 4)).toEqual(['day 29', '01:00', '03:00', '04:00']);
  });

  it('shows the hour that 25 October 2026 has twice', () => {
    const found = labels(day(2026, 10, 25, 25 * 70));
    expect(found).toHaveLength(25);
    expect(found.slice(0, 5)).toEqual(['day 25', '01:00', '02:00', '02:00', '03:00']);
  });

  it('keeps to local readings in steps of several hours across a change', () => {
    expect(labels(day(2026, 10, 25, 340))).toEqual(['day 25', '06:00', '12:00', '18:00']);
    expect(labels(day(2026, 3, 29, 340))).toEqual(['day 29', '06:00', '12:00', '18:00']);
  });

  it('begins a day that has no midnight at its first moment', () => {
    const beirut = new LocalTime('Asia/Beirut');
    const startMs = beirut.startOfDay({ year: 2026, month: 3, day: 29 });
    const found = labels({ startMs: startMs - 3_600_000, spanMs: 4 * 3_600_000, width: 300 }, beirut);
    expect(found).toEqual(['23:00', 'day 29', '02:00', '03:00']);
  });

  it('labels parts of a second at the closest zoom', () => {
    const ruler = rulerFor({ startMs: 1_000, spanMs: 1_000, width: 1_000 }, berlin);
    expect(ruler.unit).toBe('millisecond');
    expect(labels({ startMs: 1_000, spanMs: 1_000, width: 1_000 })).toHaveLength(10);
  });

  it('labels days over a month, through a change of clocks, without crowding the first', () => {
    const startMs = berlin.startOfDay({ year: 2026, month: 10, day: 15 });
    const view = { startMs, spanMs: 31 * 86_400_000, width: 31 * 40 };
    expect(rulerFor(view, berlin).unit).toBe('day');
    const found = labels(view);
    expect(found).toEqual(
      [15, 17, 19, 21, 23, 25, 27, 29, 1, 3, 5, 7, 9, 11, 13].map((dayOfMonth) => `day ${dayOfMonth}`),
    );
  });

  it('labels Mondays where days have little room', () => {
    const startMs = berlin.startOfDay({ year: 2026, month: 6, day: 1 });
    expect(labels({ startMs, spanMs: 31 * 86_400_000, width: 620 })).toEqual([
      'day 1',
      'day 8',
      'day 15',
      'day 22',
      'day 29',
    ]);
  });

  it('never draws more ticks than the width can hold', () => {
    for (let spanMs = 1_000; spanMs < 31 * 86_400_000; spanMs *= 1.7) {
      const { ticks } = rulerFor({ startMs: Date.UTC(2026, 9, 24), spanMs, width: 1_000 }, berlin);
      expect(ticks.length).toBeLessThan(220);
      expect(ticks.length).toBeGreaterThan(0);
      const times = ticks.map((tick) => tick.ms);
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }
  });
});
