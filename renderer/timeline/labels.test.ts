// Moments and lengths of time in words.
import 'temporal-polyfill/global';
import { describe, expect, it } from 'vitest';
import { Labels, lengthOf } from './labels.ts';
import { LocalTime } from './local-time.ts';

const berlin = new Labels(new LocalTime('Europe/Berlin'), 'en-GB');

describe('Labels', () => {
  it('reads clocks in the zone', () => {
    const ms = Date.parse('2026-11-21T13:03:10.250Z');
    expect(berlin.clock(ms, 'minute')).toBe('14:03');
    expect(berlin.clock(ms)).toBe('14:03:10');
    expect(berlin.clock(ms, 'millisecond')).toBe('14:03:10.250');
    expect(berlin.day(ms)).toBe('Sat, 21 Nov 2026');
    expect(berlin.month(ms)).toBe('November 2026');
    expect(berlin.dayOfMonth(ms)).toBe('Sat 21');
  });

  it('says the offset in the hour that comes twice, and only there', () => {
    expect(berlin.exactClock(Date.parse('2026-10-25T00:30:00Z'))).toBe('02:30:00 UTC+2');
    expect(berlin.exactClock(Date.parse('2026-10-25T01:30:00Z'))).toBe('02:30:00 UTC+1');
    expect(berlin.exactClock(Date.parse('2026-10-25T02:30:00Z'))).toBe('03:30:00');
  });

  it('writes offsets of all kinds', () => {
    const offset = (zone: string) => new Labels(new LocalTime(zone), 'en').offset(Date.UTC(2026, 0, 1));
    expect(offset('UTC')).toBe('UTC');
    expect(offset('Asia/Kathmandu')).toBe('UTC+5:45');
    expect(offset('America/St_Johns')).toBe('UTC−3:30');
  });
});

describe('lengthOf', () => {
  it('gives the two largest units', () => {
    expect(lengthOf(400)).toBe('0.4 s');
    expect(lengthOf(9_960)).toBe('10 s');
    expect(lengthOf(110_000)).toBe('1 min 50 s');
    expect(lengthOf(3_600_000)).toBe('1 h');
    expect(lengthOf(2 * 86_400_000 + 4 * 3_600_000 + 59_000)).toBe('2 d 4 h');
  });
});
