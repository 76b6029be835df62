// How often a damaged catalog is put back: again and again over months, but not on a disk that damages it each time.

import { expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { Reopenings, reopenLimit, reopenPeriodMs } from './reopenings.ts';

it('three times within an hour, however often it was before that', async () => {
  const clock = new MadeClock();
  const reopenings = new Reopenings(clock.monotonic);
  for (let round = 0; round < 3; round += 1) {
    const allowed = Array.from({ length: reopenLimit + 1 }, () => reopenings.allowsAnother());
    expect(allowed).toEqual([true, true, true, false]);
    await clock.pass(reopenPeriodMs - 1);
    expect(reopenings.allowsAnother()).toBe(false);
    await clock.pass(1);
  }
});
