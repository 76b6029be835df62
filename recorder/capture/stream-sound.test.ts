// When a stream's sound is given up, and when it is tried again.

import { beforeEach, expect, it } from 'vitest';
import { defaultPlan } from '../ffmpeg/source.ts';
import { newId } from '../model/ids.ts';
import { MadeClock } from './made-clock.ts';
import { StreamSound } from './stream-sound.ts';

const minuteMs = 60_000;
const withoutSound = { ...defaultPlan, audio: 'none' } as const;

let clock: MadeClock;
let told: string[];
let sound: StreamSound;
beforeEach(() => {
  clock = new MadeClock();
  told = [];
  const ignore = () => undefined;
  sound = new StreamSound({
    streamId: newId(),
    timers: clock.timers,
    log: { info: ignore, warn: () => told.push('rest'), error: ignore },
    onRested: () => told.push('rested'),
  });
});

/** A session that finds its sound silent; returns what is noted of its plan. */
function silent() {
  sound.next(defaultPlan);
  const noted = sound.replanned(withoutSound);
  sound.ended(0);
  return noted;
}

it('sound that does not come is left out for a while, and never noted as a plan', async () => {
  expect(silent()).toEqual(defaultPlan);
  expect(sound.next(defaultPlan)).toEqual(withoutSound);
  await clock.pass(10 * minuteMs);
  expect(told).toEqual(['rest', 'rested']);
  expect(sound.next(defaultPlan)).toEqual(defaultPlan);
});

it('rests longer each time, until sound is proven', async () => {
  silent();
  await clock.pass(10 * minuteMs);
  silent();
  await clock.pass(10 * minuteMs);
  expect(sound.next(defaultPlan)).toEqual(withoutSound);
  // What goes well without sound proves nothing.
  sound.ended(60 * minuteMs);
  await clock.pass(10 * minuteMs);
  expect(sound.next(defaultPlan)).toEqual(defaultPlan);
  sound.ended(6 * minuteMs);
  silent();
  await clock.pass(10 * minuteMs);
  expect(sound.next(defaultPlan)).toEqual(defaultPlan);
});

it('ends a session that runs to try again once, then waits until it ends anyway, until sound is proven', async () => {
  silent();
  await clock.pass(10 * minuteMs);
  silent();
  await clock.pass(20 * minuteMs);
  silent();
  expect(told).toEqual(['rest', 'rested', 'rest', 'rest']);
  await clock.pass(40 * minuteMs);
  sound.next(defaultPlan);
  sound.ended(6 * minuteMs);
  silent();
  await clock.pass(10 * minuteMs);
  expect(told.slice(4)).toEqual(['rest', 'rested']);
});

it('learns the codec of the video also while it rests', () => {
  silent();
  sound.next(defaultPlan);
  expect(sound.replanned({ video: 'encode', audio: 'none' })).toEqual({ video: 'encode', audio: 'encode' });
  expect(told).toEqual(['rest']);
});

it('of another camera sound is expected at once, and no timer is left behind', () => {
  silent();
  sound.forget();
  expect(sound.next(defaultPlan)).toEqual(defaultPlan);
  expect(clock.timerCount).toBe(0);
});

it('a source that has none has none', () => {
  expect(sound.next({ video: 'encode', audio: 'none' })).toEqual({ video: 'encode', audio: 'none' });
  expect(sound.replanned({ video: 'copy', audio: 'none' })).toEqual({ video: 'copy', audio: 'none' });
  expect(told).toEqual([]);
});
