// FFmpeg, the program, and both at once, killed at random moments: nothing committed is lost, recording goes on by itself.

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { isRunning } from '../driver/processes.ts';
import { decodeBurntClock } from '../peers/burnt-clock.ts';
import { pullPictures } from '../peers/ffmpeg-client.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { Chance } from './chance.ts';
import { expectAtMost, repetitions, report } from './figures.ts';
import { Site, until, untold } from './site.ts';
import { brokenFiles, lostRows, type SegmentRow } from './store-audit.ts';

const plans = {
  gate: { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200, audio: 'pcma' },
  yard: { kind: 'h265', width: 320, height: 180, fps: 15, gopFrames: 30, kilobits: 200, audio: 'aac' },
} as const;
type Name = keyof typeof plans;
const names = Object.keys(plans) as Name[];
/** Video that a death may cost: one GOP and a second (product S4). */
const lossLimitMs = (name: Name) => (plans[name].gopFrames / plans[name].fps) * 1_000 + 1_000;
/** Clocks are read from pictures scaled down to this. */
const clockSize = { width: 160, height: 90 };

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

const chance = new Chance();

async function recordingSite(): Promise<{ site: Site; recorded: Map<Name, Camera> }> {
  const site = await Site.open({ settings: { segmentSeconds: '10' } });
  const added = await site.addRecording(cameras.urls);
  // An FFmpeg that tries an encoder is no recorder, but runs where they do.
  await until('the encoders are tried', 60_000, async () => (await site.info()).encoders.trials.length > 0);
  return { site, recorded: new Map(added.map((camera) => [camera.name as Name, camera])) };
}

/** The camera's own clock in the last picture of a stored file. */
async function lastClockIn(file: string): Promise<number> {
  const pictures = await pullPictures(file, clockSize);
  const clock = decodeBurntClock(pictures.at(-1) ?? [], clockSize.width, clockSize.height);
  if (clock === undefined) throw new Error(`no clock in the last of ${pictures.length} pictures of ${file}`);
  return clock;
}

/** Milliseconds of video before `killedAtMs` that no file holds, by the clock in the pictures. */
async function lostBefore(site: Site, camera: Camera, killedAtMs: number): Promise<number> {
  const row = site
    .rows()
    .findLast(({ streamId, startMs }) => streamId === camera.streamId && startMs < killedAtMs);
  if (row === undefined) throw new Error('nothing was recorded before');
  return killedAtMs - (await lastClockIn(join(site.footage, row.path)));
}

/** Rows that were there before are there, and they and the newer ones have their files. */
function expectKept(site: Site, before: readonly SegmentRow[]): void {
  const rows = site.rows();
  const checked = rows.filter(({ path }) => !before.some((row) => row.path === path));
  expect([
    ...lostRows(before, rows),
    ...brokenFiles(site.footage, [...before.slice(-8), ...checked]),
  ]).toEqual([]);
}

/** Milliseconds measured round after round. */
class Measured {
  readonly #values: number[] = [];

  add(value: number): void {
    this.#values.push(value);
  }

  get most(): number {
    return Math.max(...this.#values);
  }

  over(limit: number): number {
    return this.#values.filter((value) => value > limit).length;
  }

  get median(): number {
    const sorted = this.#values.toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  }
}

function reportLost(fault: string, lost: ReadonlyMap<Name, Measured>): void {
  for (const [name, { most }] of lost) {
    expectAtMost(
      fault,
      `video lost, GOP of ${lossLimitMs(name) / 1_000 - 1} s, most`,
      most,
      lossLimitMs(name),
      'ms',
    );
  }
}

const measuredByName = () => new Map(names.map((name) => [name, new Measured()]));

it('one FFmpeg killed: its footage is kept, the gap says why, and it records again within 2 s', async () => {
  const fault = 'one FFmpeg killed';
  const rounds = repetitions(2, 20, 'LOOKOUT_FFMPEG_KILLS');
  console.log(`seed ${chance.seed}, ${rounds} kills of one FFmpeg`);
  const { site, recorded } = await recordingSite();
  await using _site = site;
  const [again, lost] = [new Measured(), measuredByName()];
  for (let round = 0; round < rounds; round += 1) {
    await pause(chance.between(500, 3_000));
    // By turns, so that two rounds measure both.
    const name = names[round % names.length] as Name;
    const camera = recorded.get(name) as Camera;
    const before = site.rows();
    const recorders = site.recorders();
    const pid = site.ffmpegPid(camera);
    const killedAtMs = Date.now();
    process.kill(pid, 'SIGKILL');
    // The gap has an end once the first fragment of the next file is on the disk.
    const gap = await until('it records again', 10_000, async () => {
      const { gaps } = await site.timeline(camera);
      return gaps.find(({ startMs, endMs = 0 }) => startMs > killedAtMs - 5_000 && endMs > killedAtMs);
    });
    again.add(Date.now() - killedAtMs);
    expect(gap.reason).toBe('recorder-ended');
    lost.get(name)?.add(await lostBefore(site, camera, killedAtMs));
    expectKept(site, before);
    expect(untold(await site.timeline(camera))).toEqual([]);
    // The others are the same as before.
    expect(recorders.filter((other) => !isRunning(other))).toEqual([pid]);
    expect(site.recorders()).toHaveLength(names.length);
    await site.recording([camera], 5_000, (gap.endMs ?? 0) + 1_000);
  }
  expect(await site.stop()).toBe(0);
  expect(site.broken()).toEqual([]);
  expect(site.recorders()).toEqual([]);
  report(fault, 'rounds without a loss', `${rounds} of ${rounds}`, 'all');
  report(fault, 'kill to first stored fragment, median', `${Math.round(again.median)} ms`, '');
  expectAtMost(fault, 'kill to first stored fragment, most', again.most, 2_000, 'ms');
  reportLost(fault, lost);
});

it('the whole tree killed: nothing committed is lost, and all record again within 10 s of the launch', async () => {
  const fault = 'whole tree killed';
  const rounds = repetitions(2, 20, 'LOOKOUT_TREE_KILLS');
  console.log(`seed ${chance.seed}, ${rounds} kills of the whole tree`);
  const { site, recorded } = await recordingSite();
  await using _site = site;
  const [again, lost] = [new Measured(), measuredByName()];
  for (let round = 0; round < rounds; round += 1) {
    await pause(chance.between(0, 4_000));
    const before = site.rows();
    const killedAtMs = Date.now();
    // Alone, the program leaves its recorders to end by themselves.
    await site.kill(chance.one(['tree', 'tree', 'station']));
    await until('no recorder is left', 1_000, () => site.recorders().length === 0);
    // Sometimes the next one is killed too, in the middle of its recovery.
    if (chance.between(0, 1) < 0.3) await site.killWhileStarting(chance.between(100, 1_500));

    const launched = performance.now();
    const launchedAtMs = Date.now();
    await site.start();
    await site.recording([...recorded.values()], 20_000, launchedAtMs);
    again.add(performance.now() - launched);
    for (const [name, camera] of recorded) {
      lost.get(name)?.add(await lostBefore(site, camera, killedAtMs));
      const timeline = await site.timeline(camera);
      expect(untold(timeline)).toEqual([]);
      const gap = timeline.gaps.find(({ startMs, endMs = 0 }) => startMs <= killedAtMs && endMs > killedAtMs);
      expect(gap?.reason).toMatch(/^(program-killed|starting)$/);
    }
    expectKept(site, before);
    expect(site.recorders()).toHaveLength(names.length);
  }
  expect(await site.stop()).toBe(0);
  expect(site.broken()).toEqual([]);
  expect(site.recorders()).toEqual([]);
  report(fault, 'rounds without a loss', `${rounds} of ${rounds}`, 'all');
  report(fault, 'launch to footage of all stored, median', `${Math.round(again.median)} ms`, '');
  report(fault, 'launches over 10 s', again.over(10_000), '0');
  reportLost(fault, lost);
  expectAtMost(fault, 'launch to footage of all stored, most', again.most, 10_000, 'ms');
});
