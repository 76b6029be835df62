// The days of a month between their borders, also where the clocks change.
import 'temporal-polyfill/global';
import { describe, expect, it } from 'vitest';
import { LocalTime } from '../timeline/local-time.ts';
import { daysOfMonth } from './recorded-days.ts';

const hours = (bordersMs: readonly number[], day: number) =>
  ((bordersMs[day] ?? 0) - (bordersMs[day - 1] ?? 0)) / 3_600_000;

describe('daysOfMonth', () => {
  it('has 23 hours on the day the clocks go forward, and 25 where they go back', () => {
    const berlin = new LocalTime('Europe/Berlin');
    const march = daysOfMonth(berlin, { year: 2026, month: 3, day: 12 }).bordersMs;
    expect(march).toHaveLength(32);
    expect([28, 29, 30].map((day) => hours(march, day))).toEqual([24, 23, 24]);
    const october = daysOfMonth(berlin, { year: 2026, month: 10, day: 31 }).bordersMs;
    expect([24, 25, 26].map((day) => hours(october, day))).toEqual([24, 25, 24]);
  });

  it('finds a day of its month, and none of another', () => {
    const { bordersMs, indexOf } = daysOfMonth(new LocalTime('UTC'), { year: 2028, month: 2, day: 1 });
    expect(bordersMs).toHaveLength(30);
    expect(indexOf({ year: 2028, month: 2, day: 29 })).toBe(28);
    expect(indexOf({ year: 2028, month: 3, day: 1 })).toBeUndefined();
    expect(indexOf({ year: 2027, month: 2, day: 1 })).toBeUndefined();
  });
});
