// The whole process tree killed at random times and started again: video lost per camera, and time until all record.

import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Camera } from '../electron/contract/shapes.ts';
import { Chance } from '../tests/faults/chance.ts';
import { Site, until } from '../tests/faults/site.ts';
import { lostRows } from '../tests/faults/store-audit.ts';
import { decodeBurntClock } from '../tests/peers/burnt-clock.ts';
import { pullPictures } from '../tests/peers/ffmpeg-client.ts';
import { startGstreamerCameras } from '../tests/peers/gstreamer.ts';
import { type Bench, type Figure, median, percentile } from './report.ts';

const fps = 15;
const gopFrames = 30;
const gopMs = (gopFrames / fps) * 1_000;
const lossAimMs = gopMs + 1_000;
const recordingAimMs = 10_000;
/** Clocks are read from pictures scaled down to this. */
const clockSize = { width: 160, height: 90 };

function camerasOf(count: number) {
  const plan = { kind: 'h264', width: 320, height: 180, fps, gopFrames, kilobits: 200 } as const;
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`camera${index + 1}`, plan]));
}

/** Milliseconds of video before `killedAtMs` that no file holds, by the camera's own clock in the pictures. */
async function lostBefore(site: Site, { streamId }: Camera, killedAtMs: number): Promise<number> {
  const row = site.rows().findLast((one) => one.streamId === streamId && one.startMs < killedAtMs);
  if (row === undefined) throw new Error('nothing was recorded before');
  const pictures = await pullPictures(path.join(site.footage, row.path), clockSize);
  const clock = decodeBurntClock(pictures.at(-1) ?? [], clockSize.width, clockSize.height);
  if (clock === undefined) throw new Error(`no clock in the last picture of ${row.path}`);
  return killedAtMs - clock;
}

const largest = (values: readonly number[]) => Math.max(...values);

export const bench: Bench = async ({ short }) => {
  const [rounds, count] = short ? [3, 2] : [20, 4];
  const chance = new Chance();
  await using server = await startGstreamerCameras(camerasOf(count));
  await using site = await Site.open({ settings: { segmentSeconds: '10' } });
  const cameras = await site.addRecording(server.urls);
  const [lost, recording, committed] = [[] as number[], [] as number[], [] as number[]];
  for (let round = 0; round < rounds; round += 1) {
    await delay(chance.between(500, 6_000));
    const before = site.rows();
    const killedAtMs = Date.now();
    await site.kill('tree');
    await until('no recorder is left', 2_000, () => site.recorders().length === 0);
    const [launched, launchedMs] = [performance.now(), Date.now()];
    await site.start();
    await site.recording(cameras, 60_000, launchedMs);
    recording.push(performance.now() - launched);
    for (const camera of cameras) lost.push(await lostBefore(site, camera, killedAtMs));
    committed.push(lostRows(before, site.rows()).length);
  }
  const figure = (name: string, values: readonly number[], aimMs?: number): Figure => {
    const most = largest(values);
    return {
      ...{ name, value: aimMs === undefined ? median(values) : most, unit: 'ms' },
      ...(aimMs === undefined ? {} : { aim: `≤ ${aimMs} ms`, met: most <= aimMs }),
    };
  };
  return {
    conditions: {
      cameras: `${count} × 320×180 at ${fps} fps, keyframe every ${gopMs / 1_000} s, with their own clock in the picture`,
      rounds,
      seed: chance.seed,
      ...(short ? { short: 'yes' } : {}),
    },
    figures: [
      figure('video lost per camera, median', lost),
      { name: 'video lost per camera, p95', value: percentile(lost, 0.95), unit: 'ms' },
      figure('video lost per camera, most', lost, lossAimMs),
      figure('launch to footage of all stored, median', recording),
      figure('launch to footage of all stored, most', recording, recordingAimMs),
      {
        name: 'committed segments lost',
        value: committed.reduce((sum, one) => sum + one, 0),
        unit: 'segments',
        aim: '0',
        met: committed.every((one) => one === 0),
      },
    ],
  };
};
