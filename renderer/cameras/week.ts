// The week of a schedule as the editor changes it: pure, a new week for each change.
import { daysOfWeek, type HourLetter, hoursOfDay, type Week } from '../../recorder/model/modes.ts';

/** An hour of the week; day 0 is Monday. */
export interface Hour {
  readonly day: number;
  readonly hour: number;
}

export function letterAt(week: Week, { day, hour }: Hour): HourLetter {
  const letter = week[day]?.[hour];
  return letter === 'c' || letter === 'm' ? letter : '-';
}

/** Sets every hour of the rectangle between two of its corners, whichever they are. */
export function painted(week: Week, one: Hour, other: Hour, letter: HourLetter): string[] {
  const [fromDay, toDay] = [Math.min(one.day, other.day), Math.max(one.day, other.day)];
  const [fromHour, toHour] = [Math.min(one.hour, other.hour), Math.max(one.hour, other.hour)];
  return week.map((hours, day) =>
    day < fromDay || day > toDay
      ? hours
      : hours.slice(0, fromHour) + letter.repeat(toHour - fromHour + 1) + hours.slice(toHour + 1),
  );
}

const wholeDays = (letter: HourLetter) => Array.from({ length: daysOfWeek }, () => letter.repeat(hoursOfDay));

/** What most weeks begin as. */
export const weekPatterns = {
  always: wholeDays('c'),
  /** Monday to Friday from 7 to 19 on motion, every other hour continuously: nobody is meant to be there then. */
  office: painted(wholeDays('c'), { day: 0, hour: 7 }, { day: 4, hour: 18 }, 'm'),
  motion: wholeDays('m'),
  nothing: wholeDays('-'),
} as const;

/** Where an arrow key leads from an hour; undefined for any other key. The edges hold. */
export function hourAfter({ day, hour }: Hour, key: string): Hour | undefined {
  const clamp = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  switch (key) {
    case 'ArrowLeft':
      return { day, hour: clamp(hour - 1, hoursOfDay) };
    case 'ArrowRight':
      return { day, hour: clamp(hour + 1, hoursOfDay) };
    case 'ArrowUp':
      return { day: clamp(day - 1, daysOfWeek), hour };
    case 'ArrowDown':
      return { day: clamp(day + 1, daysOfWeek), hour };
    case 'Home':
      return { day, hour: 0 };
    case 'End':
      return { day, hour: hoursOfDay - 1 };
    default:
      return undefined;
  }
}
