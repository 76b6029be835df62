// The local days of a calendar's month as stretches of time, exact on days of 23 and 25 hours. Pure.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { LocalDate, LocalTime } from '../timeline/local-time.ts';

export interface DaysOfMonth {
  /** Where each day of the month begins, and where the last one ends. */
  readonly bordersMs: EpochMs[];
  /** The place of a day between the borders; undefined for one of another month. */
  indexOf(day: LocalDate): number | undefined;
}

/** The month of that day. */
export function daysOfMonth(time: LocalTime, { year, month }: LocalDate): DaysOfMonth {
  const bordersMs: EpochMs[] = [];
  let day: LocalDate = { year, month, day: 1 };
  while (day.month === month) {
    bordersMs.push(time.startOfDay(day));
    day = time.addDays(day, 1);
  }
  bordersMs.push(time.startOfDay(day));
  return {
    bordersMs,
    indexOf: (asked) => (asked.year === year && asked.month === month ? asked.day - 1 : undefined),
  };
}
