// The record of how a stream does: what comes now, how often it broke off, and why.

import { beforeEach, expect, it } from 'vitest';
import { failure } from '../ffmpeg/classify.ts';
import type { Fragment } from '../media/fragment-cutter.ts';
import { newId } from '../model/ids.ts';
import { FailureLog } from './failure-log.ts';
import { MadeClock } from './made-clock.ts';
import { StreamHealthRecord } from './stream-health.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const timescale = 90_000;

let clock: MadeClock;
let record: StreamHealthRecord;
beforeEach(() => {
  clock = new MadeClock();
  record = new StreamHealthRecord(clock, new FailureLog(newId(), clock.monotonic, log));
  record.attempt(undefined);
  record.init(timescale);
});

/** Half a second each, a keyframe in every fourth. */
async function send(fragments: number, frames: number, bytes: number, from = 0): Promise<void> {
  for (let at = from; at < from + fragments; at++) {
    const fragment: Fragment = {
      bytes: new Uint8Array(bytes),
      muxedAtMs: 0,
      startTicks: (at * timescale) / 2,
      durationTicks: timescale / 2,
      startsWithKeyframe: at % 4 === 0,
      videoFrames: frames,
    };
    record.fragment(fragment);
    await clock.pass(500);
  }
}

it('measures the newest ten seconds by the camera’s own time', async () => {
  await send(40, 5, 10_000);
  await send(20, 10, 62_500, 40);
  expect(record.read()).toMatchObject({ fps: 20, kilobits: 1_000, keyframeIntervalMs: 2_000 });
});

it('has no rate before a second of footage, and none once nothing comes', async () => {
  await send(1, 5, 10_000);
  expect(record.read().fps).toBeUndefined();
  await send(5, 5, 10_000, 1);
  expect(record.read().fps).toBe(10);
  await clock.pass(6_000);
  expect(record.read()).not.toHaveProperty('fps');
});

it('counts pictures that broke off, not the attempts of a camera that is away', async () => {
  await send(4, 5, 10_000);
  record.failed(failure('stalled', 'no picture for 8 s'), 2_000, 0);
  for (let attempt = 0; attempt < 5; attempt++) {
    await clock.pass(1_000);
    record.attempt(undefined);
    record.failed(failure('unreachable'), 0, 1_000);
  }
  const { interruptions, last, fps, keyframeIntervalMs } = record.read();
  expect(interruptions).toBe(1);
  expect(last).toMatchObject({ reason: 'unreachable', atMs: clock.wall.nowMs() });
  expect([fps, keyframeIntervalMs]).toEqual([undefined, undefined]);
});

it('says whether movement can be found', () => {
  record.setSight(false);
  expect(record.read().isBlind).toBe(true);
  record.setSight(true);
  expect(record.read().isBlind).toBe(false);
});

it('says what encodes, as long as it does', () => {
  const encoder = { kind: 'software', codec: 'h264', name: 'libx264' } as const;
  record.attempt(encoder);
  record.init(timescale);
  expect(record.read().encoder).toEqual(encoder);
  record.failed(failure('recorder-ended'), 0, 0);
  expect(record.read().encoder).toBeUndefined();
});
