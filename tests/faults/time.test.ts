// The computer's clock is set, wrong for years, or goes on while the computer sleeps: nothing overlaps, nothing is written over
// or deleted early, and every gap says why.

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { dayMs, hourMs } from '../../recorder/model/clock.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { canSetClock, type FalseClock, makeFalseClock } from './false-clock.ts';
import { expectAtMost, report } from './figures.ts';
import { openForwarder } from './forwarder.ts';
import { Site, until } from './site.ts';
import { brokenFiles, type GapRow, lostRows, type SegmentRow } from './store-audit.ts';

const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
/** Each test watches a camera of its own: a camera with several viewers is another fault. */
const plans = { ahead: small, back: small, born: small, slept: small, spring: small, autumn: small };
type Name = keyof typeof plans;
const secondMs = 1_000;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

interface World extends AsyncDisposable {
  readonly site: Site;
  readonly clock: FalseClock;
}

/** A site whose clock a test sets, not started yet. */
function makeWorld(aheadMs = 0, zone?: string): World {
  const folder = new Site();
  const clock = makeFalseClock(folder.folder, aheadMs, zone);
  const site = new Site({
    settings: { segmentSeconds: '10' },
    surroundings: { environment: clock.environment },
  });
  return {
    site,
    clock,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function add(site: Site, name: Name): Promise<Camera> {
  return site.client.cameras.add({ name, url: cameras.urls[name] });
}

/** Waits until footage that ends after `sinceMs` of the program's own time is stored; returns where it ends. */
function stored(site: Site, { streamId }: Camera, sinceMs: number, limitMs = 20_000): Promise<number> {
  return until(`footage after ${new Date(sinceMs).toISOString()}`, limitMs, async () => {
    const range = { startMs: sinceMs - hourMs, endMs: sinceMs + hourMs };
    const { newestMs = 0 } = await site.client.timeline.range({ streamId, ...range });
    return newestMs > sinceMs && newestMs;
  });
}

/** Ends the file that is being written: its row is committed. */
async function commit(site: Site, camera: Camera): Promise<SegmentRow[]> {
  const { length } = site.rows();
  process.kill(site.ffmpegPid(camera), 'SIGKILL');
  await until('a row', 10_000, () => site.rows().length > length);
  return site.rows();
}

const alarmKinds = async (site: Site) => (await site.client.alarms.list()).map(({ kind }) => kind);
const lengthOf = ({ startMs, endMs }: GapRow) => (endMs ?? Number.NaN) - startMs;

/** Stops the station; nothing of before is gone or changed, nothing overlaps, every moment is told. */
async function expectWhole(site: Site, before: readonly SegmentRow[]): Promise<void> {
  expect(await site.stop()).toBe(0);
  expect(lostRows(before, site.rows())).toEqual([]);
  expect(brokenFiles(site.footage, before)).toEqual([]);
  expect(site.broken()).toEqual([]);
}

describe.skipIf(!canSetClock())('the clock', { concurrent: true }, () => {
  it('set forward while recording, by an hour and then by 40 days: gaps say so, and nothing is deleted for its age', async () => {
    const fault = 'clock set forward while recording';
    await using world = makeWorld();
    const { site, clock } = world;
    await site.start();
    const camera = await add(site, 'ahead');
    await site.client.cameras.setRetention({ cameraId: camera.id, keepDays: 1 });
    await stored(site, camera, clock.nowMs() - 5_000);
    const before = await commit(site, camera);
    await stored(site, camera, clock.nowMs());
    clock.set(hourMs);
    await stored(site, camera, clock.nowMs() - 5_000);
    const hour = await until('the gap', 5_000, () => site.gaps().find((gap) => lengthOf(gap) > hourMs / 2));
    expect(hour.reason).toBe('clock-changed');
    const offMs = Math.abs(lengthOf(hour) - hourMs);
    expectAtMost(fault, 'gap is off an hour by', offMs, 3_000, 'ms');

    clock.set(40 * dayMs);
    await stored(site, camera, clock.nowMs() - 5_000);
    await commit(site, camera);
    // Retention looks at every segment that ends, and finds the older ones 40 days old.
    await until('it is said', 40_000, async () => (await alarmKinds(site)).includes('clock-jumped'));
    expect(lostRows(before, site.rows())).toEqual([]);

    // Not even after the next start, at which nothing seems to jump any more.
    expect(await site.stop()).toBe(0);
    await site.start();
    await stored(site, camera, clock.nowMs() - 1_000);
    await commit(site, camera);
    await pause(3_000);
    expect(await alarmKinds(site)).toContain('clock-jumped');
    expect(lostRows(before, site.rows())).toEqual([]);
    report(fault, 'deleted early', 0, '0');

    // Somebody says that the clock is right: now they are old.
    const [alarm] = (await site.client.alarms.list()).filter(({ kind }) => kind === 'clock-jumped');
    await site.client.alarms.acknowledge({ alarmId: alarm?.id ?? ('' as never) });
    await until('what is old goes', 40_000, () => lostRows(before, site.rows()).length === before.length);
    await expectWhole(site, []);
  });

  it('set back by an hour while recording: the footage goes on behind what there is', async () => {
    const fault = 'clock set back while recording';
    await using world = makeWorld();
    const { site, clock } = world;
    await site.start();
    const camera = await add(site, 'back');
    await stored(site, camera, clock.nowMs() - 5_000);
    const before = await commit(site, camera);
    const newestMs = await stored(site, camera, clock.nowMs());
    clock.set(-hourMs);
    await stored(site, camera, newestMs + 5_000);
    // A recorder that begins anew does the same.
    const rows = await commit(site, camera);
    await stored(site, camera, (rows.at(-1)?.endMs ?? 0) + 2_000);
    const gaps = site
      .gaps()
      .filter(({ startMs, reason }) => startMs > newestMs - 5_000 && reason !== 'recorder-ended');
    expectAtMost(
      fault,
      'time without footage',
      gaps.reduce((sum, gap) => sum + lengthOf(gap), 0),
      3_000,
      'ms',
    );
    await until('it is said', 40_000, async () => (await alarmKinds(site)).includes('footage-ahead'));
    await expectWhole(site, before);
  });

  it('at 1970 when the computer starts, and right a while later: with footage of today, and without any', async () => {
    const fault = 'boot in 1970';
    await using world = makeWorld(-Date.now() + dayMs);
    const { site, clock } = world;
    // The first start ever: the camera's footage is of 1970.
    await site.start();
    const camera = await add(site, 'born');
    await site.client.cameras.setRetention({ cameraId: camera.id, keepDays: 30 });
    await stored(site, camera, clock.nowMs() - 5_000);
    const first = await commit(site, camera);
    expect(new Date(first[0]?.startMs ?? 0).getUTCFullYear()).toBe(1970);
    await stored(site, camera, clock.nowMs());
    // The network tells the time.
    clock.set(0);
    await stored(site, camera, Date.now() - 5_000);
    await until('it is said', 40_000, async () => (await alarmKinds(site)).includes('clock-jumped'));
    const second = await commit(site, camera);
    expect(lostRows(first, second)).toEqual([]);
    expect(await site.stop()).toBe(0);

    // Another start in 1970, with footage of today: it goes on behind that.
    clock.set(-Date.now() + dayMs);
    const newestMs = Math.max(...site.rows().map(({ endMs }) => endMs));
    const launched = performance.now();
    await site.start();
    await stored(site, camera, newestMs + 500);
    expectAtMost(fault, 'launch to footage stored', performance.now() - launched, 12_000, 'ms');
    await commit(site, camera);
    clock.set(0);
    await stored(site, camera, Date.now() - 5_000, 30_000);
    expect(lostRows(second, site.rows())).toEqual([]);
    report(fault, 'deleted early', 0, '0');
    await expectWhole(site, second);
  });

  it('goes on while the computer sleeps for hours: recorded again at once, the sleep is a gap', async () => {
    const fault = 'suspend for 3 h';
    const place = new URL(cameras.urls.slept);
    await using door = await openForwarder(Number(place.port));
    place.port = String(door.port);
    await using world = makeWorld();
    const { site, clock } = world;
    await site.start();
    const camera = await site.client.cameras.add({ name: 'slept', url: place.href });
    await stored(site, camera, clock.nowMs() - 5_000);
    const before = await commit(site, camera);
    await stored(site, camera, clock.nowMs());
    const group = [site.station.pid, ...site.recorders()];
    for (const pid of group) process.kill(pid, 'SIGSTOP');
    // The camera gave up on us long ago, and the monotonic clock stood still (clock_gettime(2), CLOCK_MONOTONIC).
    door.leadTo(cameras.port);
    await pause(2_000);
    clock.set(3 * hourMs);
    for (const pid of group) process.kill(pid, 'SIGCONT');
    const woke = performance.now();
    const wokeMs = clock.nowMs();
    await stored(site, camera, wokeMs);
    expectAtMost(fault, 'stored again after', performance.now() - woke, 10_000, 'ms');
    const gap = await until('the gap', 5_000, () => site.gaps().find((one) => lengthOf(one) > hourMs));
    expectAtMost(fault, 'gap is off three hours by', Math.abs(lengthOf(gap) - 3 * hourMs), 12_000, 'ms');
    report(fault, 'gap says', gap.reason, '');
    await expectWhole(site, before);
  });

  it.each([
    // 02:00 is left out; the hour 03 follows the hour 01.
    { name: 'spring', changeMs: Date.UTC(2026, 2, 29, 1), becomes: 'not-scheduled' },
    // 02:00 comes twice.
    { name: 'autumn', changeMs: Date.UTC(2026, 9, 25, 1), becomes: undefined },
  ] as const)(
    'set to another time of the year, $name: its hours are those of the desk',
    async ({ name, changeMs, becomes }) => {
      await using world = makeWorld(changeMs - 30 * secondMs - Date.now(), 'Europe/Berlin');
      const { site, clock } = world;
      await site.start();
      const camera = await add(site, name);
      const day = Array.from({ length: 24 }, (_, hour) => (hour === 3 ? '-' : 'c')).join('');
      const week = Array.from({ length: 7 }, () => day);
      await site.client.cameras.setMode({
        ...{ cameraId: camera.id, kind: 'schedule', week, preRollMs: 0, postRollMs: 10_000 },
      });
      await stored(site, camera, changeMs - 4 * secondMs, 40_000);
      await until('the change', 40_000, () => clock.nowMs() > changeMs + 6 * secondMs);
      const after = site.gaps().filter(({ startMs }) => startMs > changeMs - secondMs);
      expect(after.map(({ reason }) => reason)).toEqual(becomes === undefined ? [] : [becomes]);
      const offMs = becomes === undefined ? 0 : Math.abs((after[0]?.startMs ?? 0) - changeMs);
      expectAtMost(`change of clock in ${name}`, 'schedule is off by', offMs, 2_000, 'ms');
      if (becomes === undefined) await stored(site, camera, changeMs + 5 * secondMs);
      await expectWhole(site, []);
    },
  );
});
