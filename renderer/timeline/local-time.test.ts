// Local readings, days of 23 and 25 hours, repeated hours, days that do not begin at midnight.
import 'temporal-polyfill/global';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../recorder/model/clock.ts';
import { LocalTime } from './local-time.ts';

const hour = 3_600_000;
const berlin = new LocalTime('Europe/Berlin');
const utc = (text: string) => Date.parse(text);

describe('LocalTime', () => {
  it('refuses a zone that does not exist', () => {
    expect(() => new LocalTime('Europe/Atlantis')).toThrow(RangeError);
  });

  it('reads both sides of the two changes of 2026', () => {
    expect(berlin.read(utc('2026-03-29T00:59:59.999Z'))).toMatchObject({ day: 29, hour: 1, minute: 59 });
    expect(berlin.read(utc('2026-03-29T01:00:00Z'))).toMatchObject({
      day: 29,
      hour: 3,
      minute: 0,
      weekday: 7,
    });
    expect(berlin.read(utc('2026-10-25T00:30:00Z'))).toMatchObject({
      hour: 2,
      minute: 30,
      offsetMs: 2 * hour,
    });
    expect(berlin.read(utc('2026-10-25T01:30:00Z'))).toMatchObject({ hour: 2, minute: 30, offsetMs: hour });
  });

  it('knows days of 23 and 25 hours', () => {
    const length = (month: number, day: number) => {
      const date = { year: 2026, month, day };
      return (berlin.startOfDay(berlin.addDays(date, 1)) - berlin.startOfDay(date)) / hour;
    };
    expect(length(3, 28)).toBe(24);
    expect(length(3, 29)).toBe(23);
    expect(length(10, 25)).toBe(25);
  });

  it('begins a day at its first moment where midnight is skipped', () => {
    // Beirut sets its clocks forward at midnight: 29 March 2026 begins at 01:00.
    const beirut = new LocalTime('Asia/Beirut');
    const startMs = beirut.startOfDay({ year: 2026, month: 3, day: 29 });
    expect(beirut.read(startMs)).toMatchObject({ day: 29, hour: 1, minute: 0 });
    expect(beirut.read(startMs - 1)).toMatchObject({ day: 28, hour: 23 });
  });

  it('says which readings come twice', () => {
    expect(berlin.isRepeated(utc('2026-10-24T23:59:59.999Z'))).toBe(false);
    expect(berlin.isRepeated(utc('2026-10-25T00:00:00Z'))).toBe(true);
    expect(berlin.isRepeated(utc('2026-10-25T01:59:59.999Z'))).toBe(true);
    expect(berlin.isRepeated(utc('2026-10-25T02:00:00Z'))).toBe(false);
    expect(berlin.isRepeated(utc('2026-03-29T01:00:00Z'))).toBe(false);
    expect(new LocalTime('UTC').isRepeated(0)).toBe(false);
  });

  it('gives pieces of one offset that cover a range without holes', () => {
    const range = { startMs: utc('2026-01-01T00:00:00Z'), endMs: utc('2027-01-01T00:00:00Z') };
    const pieces = berlin.pieces(range);
    expect(pieces.map((piece) => piece.offsetMs / hour)).toEqual([1, 2, 1]);
    expect(pieces[1]).toMatchObject({
      startMs: utc('2026-03-29T01:00:00Z'),
      endMs: utc('2026-10-25T01:00:00Z'),
    });
    expect(pieces[0]?.endMs).toBe(pieces[1]?.startMs);
    expect(new LocalTime('UTC').pieces({ startMs: 0, endMs: dayMs })).toHaveLength(1);
  });
});
