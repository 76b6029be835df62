// When a stream's small pictures are given up, and when they are tried again.

import { beforeEach, expect, it } from 'vitest';
import { defaultPlan, hasPictures } from '../ffmpeg/source.ts';
import { newId } from '../model/ids.ts';
import { MadeClock } from './made-clock.ts';
import { StreamDecoding } from './stream-decoding.ts';

const minuteMs = 60_000;

let clock: MadeClock;
let told: string[];
let sight: boolean[];
let decoding: StreamDecoding;
beforeEach(() => {
  clock = new MadeClock();
  told = [];
  sight = [];
  const ignore = () => undefined;
  decoding = new StreamDecoding({
    streamId: newId(),
    timers: clock.timers,
    log: { info: ignore, warn: () => told.push('rest'), error: ignore },
    onSight: () => sight.push(decoding.decodes),
    onRested: () => told.push('rested'),
  });
});
const decodes = () => hasPictures(decoding.next(defaultPlan));

it('goes on after one crash, and after crashes that are far between', () => {
  for (let crash = 0; crash < 5; crash++) {
    decoding.ended(true, 10 * minuteMs);
    expect(decodes()).toBe(true);
  }
  decoding.ended(true, 5_000);
  decoding.ended(true, 10 * minuteMs);
  decoding.ended(true, 5_000);
  expect(decodes()).toBe(true);
  expect(told).toEqual([]);
});

it('rests after two crashes soon, or one before any picture', () => {
  decoding.ended(true, 5_000);
  decoding.ended(false, 5_000);
  decoding.ended(true, 5_000);
  expect(decodes()).toBe(false);
  decoding.forget();
  expect(decodes()).toBe(true);
  decoding.ended(true, 0);
  expect(decodes()).toBe(false);
  expect(told).toEqual(['rest', 'rest']);
});

it('tries again after a rest, which is longer each time until decoding is proven', async () => {
  decoding.ended(true, 0);
  await clock.pass(10 * minuteMs);
  expect(decodes()).toBe(true);
  decoding.ended(true, 0);
  await clock.pass(10 * minuteMs);
  expect(decodes()).toBe(false);
  // What goes well without pictures proves nothing.
  decoding.ended(false, 10 * minuteMs);
  await clock.pass(10 * minuteMs);
  expect(decodes()).toBe(true);
  decoding.ended(false, 6 * minuteMs);
  decoding.ended(true, 0);
  await clock.pass(10 * minuteMs);
  expect(decodes()).toBe(true);
  expect(told).toEqual(['rest', 'rested', 'rest', 'rested', 'rest', 'rested']);
});

it('never rests for more than a day, and leaves no timer behind', async () => {
  for (let failure = 0; failure < 12; failure++) {
    decoding.ended(true, 0);
    await clock.pass(24 * 60 * minuteMs);
    expect(decodes()).toBe(true);
  }
  decoding.ended(true, 0);
  decoding.forget();
  expect(clock.timerCount).toBe(0);
});

it('says when movement cannot be found any more while a session goes on, and with the next one that it can', async () => {
  decodes();
  decoding.lost();
  expect(sight).toEqual([true, false]);
  decodes();
  await clock.pass(10 * minuteMs);
  decodes();
  expect(sight).toEqual([true, false, false, true]);
});
