// Local hours on ordinary days, on both nights the clocks change, and in zones that do it their own way.

import { describe, expect, it } from 'vitest';
import { hourMs } from '../model/clock.ts';
import { LocalHours } from './local-hours.ts';

/** `day hour length in hours` for each hour from `startMs` on. */
function walk(zone: string, startMs: number, count: number): string[] {
  const hours = new LocalHours(zone);
  const walked: string[] = [];
  let atMs = startMs;
  for (let index = 0; index < count; index++) {
    const { day, hour, untilMs } = hours.at(atMs);
    walked.push(`${day} ${hour} ${(untilMs - atMs) / hourMs}`);
    atMs = untilMs;
  }
  return walked;
}

describe('local hours', () => {
  it('follow the clock on the wall through a week', () => {
    // Monday 1 June 2026, midnight in Berlin.
    const startMs = Date.UTC(2026, 4, 31, 22);
    expect(walk('Europe/Berlin', startMs, 24 * 7)).toEqual(
      Array.from({ length: 24 * 7 }, (_, index) => `${Math.floor(index / 24)} ${index % 24} 1`),
    );
  });

  it('leave out the hour that spring takes', () => {
    // Sunday 29 March 2026, 00:00 in Berlin.
    expect(walk('Europe/Berlin', Date.UTC(2026, 2, 28, 23), 4)).toEqual(['6 0 1', '6 1 1', '6 3 1', '6 4 1']);
  });

  it('show the hour that autumn gives as one that lasts two', () => {
    expect(walk('Europe/Berlin', Date.UTC(2026, 9, 24, 22), 4)).toEqual(['6 0 1', '6 1 1', '6 2 2', '6 3 1']);
  });

  it('begin at the quarter where the zone lies at one, and change by half where it does', () => {
    expect(walk('Asia/Kathmandu', Date.UTC(2026, 5, 1, 0, 0), 2)).toEqual(['0 5 0.25', '0 6 1']);
    // Lord Howe goes back by half an hour, from 2:00 to 1:30.
    expect(walk('Australia/Lord_Howe', Date.UTC(2026, 3, 4, 13), 4)).toEqual([
      '6 0 1',
      '6 1 1.5',
      '6 2 1',
      '6 3 1',
    ]);
  });

  it('are told to the millisecond from anywhere inside', () => {
    const hours = new LocalHours('America/New_York');
    const atMs = Date.UTC(2026, 5, 1, 12, 34, 56, 789);
    expect(hours.at(atMs)).toEqual({ day: 0, hour: 8, fromMs: atMs, untilMs: Date.UTC(2026, 5, 1, 13) });
    expect(hours.at(Date.UTC(2026, 5, 1, 13)).hour).toBe(9);
    expect(hours.at(Date.UTC(2026, 5, 1, 13) - 1).hour).toBe(8);
  });
});
