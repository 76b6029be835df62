// Painting a week, and walking over it by keys.
import { describe, expect, it } from 'vitest';
import { isWeek } from '../../recorder/model/modes.ts';
import { hourAfter, letterAt, painted, weekPatterns } from './week.ts';

describe('painted', () => {
  it('sets the rectangle between two corners, whichever they are', () => {
    const week = painted(weekPatterns.nothing, { day: 3, hour: 10 }, { day: 1, hour: 8 }, 'm');
    expect(isWeek(week)).toBe(true);
    const set = week.flatMap((hours, day) =>
      Array.from(hours).flatMap((letter, hour) => (letter === 'm' ? [`${day} ${hour}`] : [])),
    );
    expect(set).toEqual(['1 8', '1 9', '1 10', '2 8', '2 9', '2 10', '3 8', '3 9', '3 10']);
    expect(letterAt(week, { day: 2, hour: 9 })).toBe('m');
    expect(letterAt(week, { day: 2, hour: 11 })).toBe('-');
    expect(letterAt(week, { day: 9, hour: 9 })).toBe('-');
  });

  it('reaches the corners of the week', () => {
    expect(painted(weekPatterns.nothing, { day: 0, hour: 0 }, { day: 6, hour: 23 }, 'c')).toEqual(
      weekPatterns.always,
    );
  });
});

it('patterns are weeks', () => {
  for (const week of Object.values(weekPatterns)) expect(isWeek(week)).toBe(true);
  expect(letterAt(weekPatterns.office, { day: 4, hour: 18 })).toBe('m');
  expect(letterAt(weekPatterns.office, { day: 4, hour: 19 })).toBe('c');
  expect(letterAt(weekPatterns.office, { day: 5, hour: 12 })).toBe('c');
});

describe('hourAfter', () => {
  it('walks, and stops at the edges', () => {
    expect(hourAfter({ day: 0, hour: 0 }, 'ArrowRight')).toEqual({ day: 0, hour: 1 });
    expect(hourAfter({ day: 0, hour: 0 }, 'ArrowDown')).toEqual({ day: 1, hour: 0 });
    expect(hourAfter({ day: 0, hour: 0 }, 'ArrowLeft')).toEqual({ day: 0, hour: 0 });
    expect(hourAfter({ day: 6, hour: 23 }, 'ArrowDown')).toEqual({ day: 6, hour: 23 });
    expect(hourAfter({ day: 2, hour: 5 }, 'End')).toEqual({ day: 2, hour: 23 });
    expect(hourAfter({ day: 2, hour: 5 }, 'Home')).toEqual({ day: 2, hour: 0 });
    expect(hourAfter({ day: 2, hour: 5 }, 'c')).toBeUndefined();
  });
});
