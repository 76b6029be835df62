// Lines that lose packets, and timestamps that jump or stand still: recorded on, nothing overlaps, what is lost is a gap.

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { addForAttempt } from './attempts.ts';
import { type BadLine, openBadLine, ticksPerMs } from './bad-line.ts';
import { Chance } from './chance.ts';
import { expectAtMost, isLong, report } from './figures.ts';
import { Site, until, untold } from './site.ts';

const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const plans = { losing: small, forward: small, backward: small, still: small };
const watchedMs = isLong ? 120_000 : 15_000;

const open = new AsyncDisposableStack();
const chance = new Chance();
let site: Site;
let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = open.use(await startGstreamerCameras(plans));
  site = open.use(await Site.open({ settings: { segmentSeconds: '10' } }));
});
afterAll(() => open.disposeAsync());

async function record(
  context: TestContext,
  name: keyof typeof plans,
): Promise<{ camera: Camera; line: BadLine }> {
  const address = new URL(cameras.urls[name]);
  const line = open.use(await openBadLine(Number(address.port), chance));
  address.port = String(line.port);
  const camera = await addForAttempt(context, site, { name, url: address.href, transport: 'udp' });
  await site.recording([camera], 20_000);
  return { camera, line };
}

/** The share of the time from `beganMs` on without footage, in percent; all of it is told. */
async function lostShare(camera: Camera, beganMs: number): Promise<number> {
  const timeline = await site.timeline(camera);
  expect(untold(timeline)).toEqual([]);
  const nowMs = timeline.newestMs ?? Date.now();
  const lostMs = timeline.gaps
    .filter(({ endMs = nowMs }) => endMs > beganMs)
    .reduce((sum, { startMs, endMs = nowMs }) => sum + endMs - Math.max(startMs, beganMs), 0);
  return (lostMs / (nowMs - beganMs)) * 100;
}

describe('a line', { concurrent: true }, () => {
  it('that loses 5 % of its packets is recorded on, in one session', async (context) => {
    const fault = '5 % of the packets lost';
    const { camera, line } = await record(context, 'losing');
    const pid = site.ffmpegPid(camera);
    const beganMs = Date.now();
    const [sentBefore, lostBefore] = [line.sent, line.lost];
    line.lose(0.05);
    await pause(watchedMs);
    await site.recording([camera], 10_000, Date.now());
    const lost = line.lost - lostBefore;
    report(fault, 'packets lost', `${lost} of ${line.sent - sentBefore}`, '');
    expect(lost).toBeGreaterThan(5);
    expectAtMost(fault, 'time without footage', await lostShare(camera, beganMs), 5, '%');
    expect(site.ffmpegPid(camera)).toBe(pid);
    // A line that is as bad as that is no camera that stalls.
    expect((await site.timeline(camera)).gaps.map(({ reason }) => reason)).toEqual(['starting']);
  });

  it.for([
    { name: 'forward', byMs: 3_600_000, words: 'an hour forward' },
    { name: 'backward', byMs: -3_600_000, words: 'an hour back' },
  ] as const)('whose timestamps jump $words is recorded on', async ({ name, byMs, words }, context) => {
    const fault = `timestamps jump ${words}`;
    const { camera, line } = await record(context, name);
    const beganMs = Date.now();
    line.stamp((ticks) => ticks + byMs * ticksPerMs);
    const began = performance.now();
    await pause(3_000);
    await site.recording([camera], 20_000, Date.now() - 1_000);
    expectAtMost(fault, 'recorded again after', performance.now() - began, 15_000, 'ms');
    await pause(watchedMs - 3_000);
    await site.recording([camera], 10_000, Date.now() - 1_000);
    expectAtMost(fault, 'time without footage', await lostShare(camera, beganMs), 30, '%');
  });

  it('whose timestamps stand still is said, and recorded again when they go on', async (context) => {
    const fault = 'timestamps stand still';
    const { camera, line } = await record(context, 'still');
    let first: number | undefined;
    line.stamp((ticks) => (first ??= ticks));
    const began = performance.now();
    await until('it is said', 20_000, async () => (await site.stateOf(camera)).kind !== 'running');
    expectAtMost(fault, 'said after', performance.now() - began, 12_000, 'ms');
    await pause(2_000);
    line.stamp((ticks) => ticks);
    const again = performance.now();
    await site.recording([camera], 60_000, Date.now());
    expectAtMost(fault, 'recorded again after', performance.now() - again, 30_000, 'ms');
    expect(untold(await site.timeline(camera))).toEqual([]);
  });
});

it('the store is whole after all of it', async () => {
  expect(await site.stop()).toBe(0);
  expect(site.broken()).toEqual([]);
  expect(site.recorders()).toEqual([]);
});
