// The clock of synchronised playback runs at its speed, stands, and goes on from where it stood.

import { expect, it } from 'vitest';
import { heldAt, MasterClock } from './master-clock.ts';

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

it('stands for a picture that is late by half of what a second plays, either way', () => {
  expect(heldAt(10_900, 10_000, 2)).toBeUndefined();
  expect(heldAt(11_100, 10_000, 2)).toBe(11_000);
  expect(heldAt(5_000, 10_000, -4)).toBe(8_000);
});
