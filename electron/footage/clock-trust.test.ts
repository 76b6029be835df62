// When the clock is believed: on made-up days with jumps, suspends and long absences.

import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../recorder/model/clock.ts';
import { ClockTrust } from './clock-trust.ts';
import { MadeTime } from './made-upkeep.ts';

const minuteMs = 60_000;

let time: MadeTime;
let trust: ClockTrust;
beforeEach(() => {
  time = new MadeTime();
  trust = new ClockTrust(time, time.wallMs - hourMs);
});

describe('the clock', () => {
  it('is believed while it runs, slewed as NTP does it', () => {
    for (let look = 0; look < 5_000; look += 1) {
      time.pass(30_000);
      time.wallMs += 15;
      expect(trust.look()).toBeUndefined();
    }
  });

  it.each([
    ['an hour ahead', hourMs, hourMs],
    ['an hour back', -hourMs, hourMs],
    ['two minutes ahead', 2 * minuteMs, hourMs],
    ['a day ahead', dayMs, dayMs],
    ['to 1970', -20_000 * dayMs, 7 * dayMs],
    ['a year ahead', 365 * dayMs, 7 * dayMs],
  ])('set %s is not believed for as long, an hour to a week', (_, jump, hold) => {
    time.wallMs += jump;
    expect(trust.look()).toEqual({ jumpMs: jump, leftMs: hold });
    time.pass(hold - 1);
    expect(trust.look()).toEqual({ jumpMs: jump, leftMs: 1 });
    time.pass(1);
    expect(trust.look()).toBeUndefined();
    time.pass(minuteMs);
    expect(trust.look()).toBeUndefined();
  });

  it('set back to what it was is believed at once', () => {
    time.wallMs += dayMs;
    expect(trust.look()).toBeDefined();
    time.pass(hourMs);
    time.wallMs -= dayMs;
    expect(trust.look()).toBeUndefined();
  });

  it('that jumps again is waited for anew', () => {
    time.wallMs += hourMs;
    trust.look();
    time.pass(50 * minuteMs);
    time.wallMs += 2 * hourMs;
    expect(trust.look()).toEqual({ jumpMs: 3 * hourMs, leftMs: 3 * hourMs });
  });

  it('is believed at once when somebody says so', () => {
    time.wallMs += dayMs;
    expect(trust.look()).toBeDefined();
    trust.believe();
    expect(trust.look()).toBeUndefined();
  });

  it('is not believed at a start long after the newest footage, but is at the first start ever', () => {
    expect(new ClockTrust(time, undefined).look()).toBeUndefined();
    expect(new ClockTrust(time, time.wallMs - 23 * hourMs).look()).toBeUndefined();
    expect(new ClockTrust(time, time.wallMs + 9 * dayMs).look()).toBeUndefined();
    const late = new ClockTrust(time, time.wallMs - 3 * dayMs);
    expect(late.look()).toEqual({ jumpMs: 3 * dayMs, leftMs: 3 * dayMs });
    time.pass(3 * dayMs);
    expect(late.look()).toBeUndefined();
  });

  it('is not believed either by the run after one that did not believe it, until it is set right or time has passed', () => {
    const again = () => new ClockTrust(time, time.wallMs, 40 * dayMs);
    expect(again().look()).toEqual({ jumpMs: 40 * dayMs, leftMs: 7 * dayMs });
    const corrected = again();
    time.wallMs -= 40 * dayMs;
    expect(corrected.look()).toBeUndefined();
    const steady = again();
    time.pass(7 * dayMs - 1);
    expect(steady.look()).toMatchObject({ leftMs: 1 });
    time.pass(1);
    expect(steady.look()).toBeUndefined();
  });
});
