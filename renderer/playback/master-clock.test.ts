// The clock of synchronised playback runs at its speed, stands, and goes on from where it stood.

import { expect, it } from 'vitest';
import { MasterClock } from './master-clock.ts';

it('runs at its speed, backwards too, and stands', () => {
  let now = 500;
  const clock = new MasterClock(() => now);
  clock.set(10_000);
  now += 100;
  expect(clock.ms()).toBe(10_000);
  clock.run(2);
  now += 100;
  expect(clock.ms()).toBe(10_200);
  clock.run(-4);
  now += 100;
  expect(clock.ms()).toBe(9_800);
  clock.run(0);
  now += 1_000;
  expect(clock.ms()).toBe(9_800);
  expect(clock.isRunning).toBe(false);
});
