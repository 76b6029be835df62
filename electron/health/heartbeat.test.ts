// What a program leaves of itself for the next one: when it was last at work.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { Heartbeat } from './heartbeat.ts';

const minuteMs = 60_000;

let dataFolder: string;
let clock: MadeClock;
let complaints: string[];
beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-alive-'));
  clock = new MadeClock();
  complaints = [];
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

function program(): Heartbeat {
  const ignore = () => undefined;
  const warn = (_: object, words: string) => complaints.push(words);
  return new Heartbeat({ dataFolder, clocks: clock, log: { info: ignore, warn, error: ignore } });
}
const knownMs = () => program().beforeMs;

it('is not known before the first program has started', () => {
  expect(knownMs()).toBeUndefined();
  expect(complaints).toEqual([]);
});

it('is known to the minute, and not moved by a program that has not started', async () => {
  const first = program();
  first.start();
  const beganMs = clock.wall.nowMs();
  await expect.poll(knownMs).toBe(beganMs);
  await clock.pass(minuteMs);
  await expect.poll(knownMs).toBe(beganMs + minuteMs);
  await first.stop();
  clock.sleep(3 * 24 * 60 * minuteMs);
  expect(knownMs()).toBe(beganMs + minuteMs);
  expect(clock.timerCount).toBe(0);
});

it('follows a clock that was set back', async () => {
  const first = program();
  first.start();
  await expect.poll(knownMs).toBe(clock.wall.nowMs());
  clock.wallOffsetMs -= 60 * minuteMs;
  await clock.pass(minuteMs);
  await expect.poll(knownMs).toBe(clock.wall.nowMs());
  await first.stop();
});

it('is complained about once when it cannot be noted', async () => {
  mkdirSync(path.join(dataFolder, 'alive'));
  const first = program();
  first.start();
  await expect.poll(() => clock.timerCount).toBe(1);
  await clock.pass(minuteMs);
  await expect.poll(() => clock.timerCount).toBe(1);
  await first.stop();
  expect(complaints).toHaveLength(1);
});
