// Disks that fail: dead in the middle of writing, refusing to sync, slow. What was committed stays, what was lost is said.

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { Chance } from './chance.ts';
import { makeDiskSite } from './disks.ts';
import { expectAtMost, isLong, repetitions, report } from './figures.ts';
import { canMakeNamespaces } from './namespace.ts';
import { Site, until, untold } from './site.ts';
import { brokenFiles, footageFiles, lostRows } from './store-audit.ts';
import { canInjectFaults, injectFault } from './syscalls.ts';

const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const plans = { dead: small, power: small, sync: small, slow: small } as const;
/** ioctl(2) of ext4 and xfs that ends a mounted file system; 2: without writing anything more, as when the power goes. */
const shutDown =
  'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1],os.O_RDONLY),0x8004587d,struct.pack("I",2))';

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

const chance = new Chance();
const settings = { segmentSeconds: '10' };

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The one file that no row names yet. */
function openFileOf(site: Site): string {
  const named = new Set(site.rows().map((row) => row.path));
  const [open, ...more] = footageFiles(site.footage).filter((file) => !named.has(file));
  if (open === undefined || more.length > 0) throw new Error('not one file is open');
  return path.join(site.footage, open);
}

async function losing(site: Site, camera: Camera): Promise<number> {
  return timed(() =>
    until('footage is being lost', 20_000, async () => {
      const gap = (await site.timeline(camera)).gaps.at(-1);
      return gap?.reason === 'disk-error' && gap.endMs === undefined;
    }),
  );
}

describe('a disk', { concurrent: true }, () => {
  it.skipIf(!canMakeNamespaces())(
    'that dies (EIO) is said, costs nothing committed, and is used again when it is back',
    async () => {
      const fault = 'EIO on everything';
      await using disk = await makeDiskSite({ settings });
      const { site, namespace } = disk;
      const footage = path.join(site.data, 'footage');
      const image = disk.makeImage();
      disk.mountImage(image, footage);
      await site.start();
      const [camera] = (await site.addRecording({ dead: cameras.urls.dead })) as [Camera];
      process.kill(site.ffmpegPid(camera), 'SIGKILL');
      await site.recording([camera], 10_000, Date.now());
      const before = site.rows();
      namespace.run('python3', '-c', shutDown, footage);
      expectAtMost(fault, 'said after', await losing(site, camera), 5_000, 'ms');
      await pause(isLong ? 30_000 : 1_000);
      namespace.run('umount', '--lazy', footage);
      disk.mountImage(image, footage);
      const sinceMs = Date.now();
      expectAtMost(
        fault,
        'records again after',
        await timed(() => site.recording([camera], 30_000, sinceMs)),
        8_000,
        'ms',
      );
      expect(untold(await site.timeline(camera))).toEqual([]);
      expect(await site.stop()).toBe(0);
      await site.start();
      expect(await site.stop()).toBe(0);
      expect(lostRows(before, site.rows())).toEqual([]);
      expect(site.broken()).toEqual([]);
    },
  );

  it.skipIf(!canMakeNamespaces())(
    'that loses its power keeps every committed segment, and all but 2 s of the open one',
    async () => {
      const fault = 'power cut of the disk';
      const rounds = repetitions(1, 20, 'LOOKOUT_POWER_CUTS');
      await using disk = await makeDiskSite({ settings });
      const { site, namespace } = disk;
      const footage = path.join(site.data, 'footage');
      const image = disk.makeImage();
      disk.mountImage(image, footage);
      let camera: Camera | undefined;
      let most = 0;
      for (let round = 0; round < rounds; round += 1) {
        await site.start();
        camera ??= (await site.addRecording({ power: cameras.urls.power }))[0] as Camera;
        const startedMs = Date.now();
        await site.recording([camera], 10_000, startedMs + 4_000);
        await pause(chance.between(0, 4_000));
        const before = site.rows();
        const cutMs = Date.now();
        namespace.run('python3', '-c', shutDown, footage);
        await site.kill('tree');
        namespace.run('umount', '--lazy', footage);
        disk.mountImage(image, footage);
        await site.start();
        const rows = site.rows();
        expect([...lostRows(before, rows), ...brokenFiles(site.footage, rows)]).toEqual([]);
        const newest = rows.findLast(({ startMs }) => startMs < cutMs);
        most = Math.max(most, cutMs - (newest?.endMs ?? 0));
        expect(await site.stop()).toBe(0);
      }
      expect(site.broken()).toEqual([]);
      report(fault, 'rounds without a loss', `${rounds} of ${rounds}`, 'all');
      // Synced every 2 s, and the sync itself takes its time; the GOP that it cut in half begins up to 1 s before.
      expectAtMost(fault, 'video lost, most', most, 4_000, 'ms');
    },
  );

  it.skipIf(!canInjectFaults())(
    'whose sync fails is not asked again for that file, and recording goes on in another',
    async () => {
      const fault = 'EIO on sync';
      await using site = await Site.open();
      const [camera] = (await site.addRecording({ sync: cameras.urls.sync })) as [Camera];
      process.kill(site.ffmpegPid(camera), 'SIGKILL');
      await site.recording([camera], 10_000, Date.now());
      const before = site.rows();
      const file = openFileOf(site);
      const startMs = Number(path.basename(file, '.mp4'));
      const log = path.join(site.folder, 'strace.log');
      const calls = ['fsync', 'fdatasync'];
      await using injected = await injectFault({ pid: site.station.pid, calls, how: 'error=EIO', file, log });
      // The next sync of the open file is at most 2 s away; then this file is over.
      const gap = await until('said', 15_000, async () =>
        (await site.timeline(camera)).gaps.find(
          (found) => found.reason === 'disk-error' && found.startMs === startMs,
        ),
      );
      await site.recording([camera], 15_000, Date.now() + 3_000);
      const failed = injected.calls().filter((call) => call.includes('INJECTED'));
      report(fault, 'syncs tried on the failed file', failed.length, '1');
      expect(failed).toHaveLength(1);
      expect(injected.calls()).toEqual(failed);
      expectAtMost(
        fault,
        'longest gap',
        ((await site.timeline(camera)).gaps.at(-1)?.endMs ?? Number.NaN) - gap.startMs,
        15_000,
        'ms',
      );
      expect(untold(await site.timeline(camera))).toEqual([]);
      expect(await site.stop()).toBe(0);
      expect(lostRows(before, site.rows())).toEqual([]);
      expect(site.broken()).toEqual([]);
    },
  );

  it.skipIf(!canInjectFaults())(
    'with 2 s of latency loses nothing, and the station answers at once',
    async () => {
      const fault = '2 s of latency';
      await using site = await Site.open();
      const [camera] = (await site.addRecording({ slow: cameras.urls.slow })) as [Camera];
      const gaps = (await site.timeline(camera)).gaps.length;
      const log = path.join(site.folder, 'strace.log');
      {
        const calls = ['pwrite64', 'pwritev'];
        const file = openFileOf(site);
        await using slow = await injectFault({
          pid: site.station.pid,
          calls,
          how: 'delay_enter=2s',
          file,
          log,
        });
        const answers: number[] = [];
        const endMs = Date.now() + (isLong ? 60_000 : 8_000);
        while (Date.now() < endMs) {
          answers.push(await timed(() => site.client.session.me()));
          await pause(20);
        }
        const sorted = answers.toSorted((one, other) => one - other);
        // The tracer itself stops every call of the program twice, which costs most of this.
        expectAtMost(
          fault,
          'answers, p99',
          sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
          500,
          'ms',
        );
        expect(slow.calls().length).toBeGreaterThan(1);
        const { newestMs = 0 } = await site.timeline(camera);
        expectAtMost(fault, 'newest playable moment is old', Date.now() - newestMs, 8_000, 'ms');
      }
      await site.recording([camera], 10_000, Date.now());
      expect((await site.timeline(camera)).gaps).toHaveLength(gaps);
      expect(untold(await site.timeline(camera))).toEqual([]);
      expect(await site.stop()).toBe(0);
      expect(site.broken()).toEqual([]);
    },
  );
});
