// Retention: what goes, in which order, and what never does.

import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type VolumeId } from '../../recorder/model/ids.ts';
import { continuously } from '../../recorder/model/modes.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { ModeRows } from '../catalog/modes.ts';
import { ClockTrust } from './clock-trust.ts';
import { type MadeCamera, MadeUpkeep } from './made-upkeep.ts';
import { tellOfVolumes } from './volume-alarms.ts';

const dayMs = 86_400_000;
const mb = 1_000_000;

let upkeep: MadeUpkeep;
let disk: VolumeId;
beforeEach(async () => {
  upkeep = new MadeUpkeep();
  disk = await upkeep.addVolume('disk', 1_000 * mb);
});
afterEach(() => upkeep.remove());

const cameras = () => new CameraRows(upkeep.made.catalog);
const starts = () => upkeep.kept().map(({ startMs }) => startMs);
const standing = () => upkeep.alarms.list().map(({ kind }) => kind);

/** Minutes of footage, one segment each. */
function record(
  fromMs: number,
  minutes: number,
  {
    camera = upkeep.camera,
    on = disk,
    sizeBytes = mb,
  }: { camera?: MadeCamera; on?: VolumeId; sizeBytes?: number } = {},
): void {
  const all = () => {
    for (let minute = 0; minute < minutes; minute += 1) {
      const startMs = fromMs + minute * 60_000;
      upkeep.commit(camera, on, { startMs, endMs: startMs + 60_000 }, sizeBytes);
    }
  };
  upkeep.made.catalog.database.transaction(all)();
}

function lock(startMs: number, endMs: number, expiresMs?: number, camera = upkeep.camera): void {
  upkeep.locks.add({
    id: newId(),
    cameraId: camera.cameraId,
    ...{ startMs, endMs, reason: 'A case', createdMs: 1, createdBy: 'Eva' },
    ...(expiresMs === undefined ? {} : { expiresMs }),
  });
}

describe('for its age', () => {
  it('footage goes when all of it is older than the camera keeps it', async () => {
    const nowMs = upkeep.time.wallMs;
    record(nowMs - 3 * dayMs - 90_000, 4);
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 3 });
    const other = upkeep.addCamera('Yard');
    record(nowMs - 30 * dayMs, 1, { camera: other });
    await upkeep.retention().check();
    expect(starts()).toEqual([
      nowMs - 30 * dayMs,
      nowMs - 3 * dayMs - 30_000,
      nowMs - 3 * dayMs + 30_000,
      nowMs - 3 * dayMs + 90_000,
    ]);
  });

  it('takes the gaps of that time with it, and no others', async () => {
    const nowMs = upkeep.time.wallMs;
    const { streamId } = upkeep.camera;
    for (const daysAgo of [5, 1]) {
      record(nowMs - daysAgo * dayMs, 1);
      upkeep.ledger.openGap(streamId, nowMs - daysAgo * dayMs + 60_000, 'stalled');
      upkeep.ledger.closeGap(streamId, nowMs - daysAgo * dayMs + 90_000);
    }
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 3 });
    await upkeep.retention().check();
    const gaps = upkeep.made.catalog.database.prepare('SELECT start_ms FROM gaps').pluck().all();
    expect(gaps).toEqual([nowMs - dayMs + 60_000]);
  });

  it('nothing goes while the clock is not believed, and everything that is due afterwards', async () => {
    record(upkeep.time.wallMs, 3);
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 3 });
    const retention = upkeep.retention();
    await retention.check();
    upkeep.time.wallMs += 5 * dayMs;
    await retention.check();
    expect(starts()).toHaveLength(3);
    expect(standing()).toEqual(['clock-jumped']);
    upkeep.time.pass(5 * dayMs - 1_000);
    await retention.check();
    expect(starts()).toHaveLength(3);
    upkeep.time.pass(2_000);
    await retention.check();
    expect(starts()).toEqual([]);
    expect(standing()).toEqual([]);
  });

  it('waits after a start at which the clock is far ahead of the footage', async () => {
    record(upkeep.time.wallMs - 400 * dayMs, 3);
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 30 });
    const retention = upkeep.retention(new ClockTrust(upkeep.time, upkeep.rows.newestMs()));
    await retention.check();
    expect(starts()).toHaveLength(3);
    upkeep.time.pass(7 * dayMs);
    await retention.check();
    expect(starts()).toEqual([]);
  });

  it('a lock whose time is over holds nothing any more', async () => {
    const nowMs = upkeep.time.wallMs;
    record(nowMs - 10 * dayMs, 2);
    lock(0, nowMs, nowMs + 1_000);
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 3 });
    const retention = upkeep.retention();
    await retention.check();
    expect(starts()).toHaveLength(2);
    upkeep.time.pass(1_000);
    await retention.check();
    expect(starts()).toEqual([]);
    expect(upkeep.locks.held()).toEqual([]);
  });
});

describe('for its quota', () => {
  it('the oldest of the camera goes until the rest fits, past what is locked', async () => {
    record(0, 10);
    lock(0, 60_001);
    record(0, 10, { camera: upkeep.addCamera('Yard') });
    cameras().setRetention(upkeep.camera.cameraId, { quotaBytes: 6 * mb });
    await upkeep.retention().check();
    const own = upkeep.kept().filter(({ streamId }) => streamId === upkeep.camera.streamId);
    expect(own.map(({ startMs }) => startMs / 60_000)).toEqual([0, 1, 6, 7, 8, 9]);
    expect(upkeep.kept()).toHaveLength(16);
  });

  it('goes on until it is met, in as many checks as that takes', async () => {
    record(0, 3_000, { sizeBytes: 1_000 });
    cameras().setRetention(upkeep.camera.cameraId, { quotaBytes: mb });
    const retention = upkeep.retention();
    for (let check = 0; check < 2; check += 1) await retention.check();
    expect(starts()).toHaveLength(1_000);
    expect(starts()[0]).toBe(2_000 * 60_000);
  });
});

describe('for its room', () => {
  it('the oldest of all cameras goes until the reserve is free', async () => {
    const yard = upkeep.addCamera('Yard');
    record(0, 500);
    record(30_000, 460, { camera: yard });
    expect(upkeep.freeBytes(disk)).toBe(40 * mb);
    await upkeep.retention().check();
    // 5 % of the disk, and an hour of recording of both: 120 MB, a minute ahead.
    const freeBytes = upkeep.freeBytes(disk) / mb;
    expect(freeBytes).toBeGreaterThanOrEqual(120);
    expect(freeBytes).toBeLessThanOrEqual(124);
    const oldest = upkeep.kept().slice(0, 2);
    expect(oldest.map(({ startMs }) => startMs)).toEqual([41 * 60_000, 41 * 60_000 + 30_000]);
  });

  it('leaves full volumes alone as long as another has room', async () => {
    await upkeep.addVolume('second', 1_000 * mb);
    record(0, 1_000);
    await upkeep.retention().check();
    expect(starts()).toHaveLength(1_000);
    expect(standing()).toEqual([]);
  });

  it('takes the oldest of all volumes, so that none keeps footage from long ago', async () => {
    const second = await upkeep.addVolume('second', 1_000 * mb);
    record(0, 960);
    record(480 * 60_000 + 30_000, 940, { camera: upkeep.addCamera('Yard'), on: second });
    await upkeep.retention().check();
    expect(upkeep.freeBytes(second)).toBe(60 * mb);
    expect(upkeep.freeBytes(disk)).toBeGreaterThanOrEqual(120 * mb);
    expect(starts()[0]).toBeGreaterThan(60 * 60_000);
  });

  it('never takes what is locked: then an alarm is raised, and cleared when there is room again', async () => {
    record(0, 990);
    lock(0, 990 * 60_000);
    const retention = upkeep.retention();
    await retention.check();
    expect(starts()).toHaveLength(990);
    expect(standing()).toEqual(['disk-full']);
    const choice = await upkeep.volumes.choose(undefined);
    expect(choice).toMatchObject({ ok: false, reason: 'disk-full' });
    for (const { id } of upkeep.locks.held()) upkeep.locks.release(id, 1, 'Eva');
    retention.locksChanged();
    await retention.check();
    expect(standing()).toEqual([]);
    expect(await upkeep.volumes.choose(undefined)).toMatchObject({ ok: true });
    await retention.stop();
  });

  it('says early that only locked footage is left', async () => {
    record(0, 950);
    lock(0, 950 * 60_000);
    await upkeep.retention().check();
    expect(standing()).toEqual(['only-locked-left']);
    expect(await upkeep.volumes.choose(undefined)).toMatchObject({ ok: true });
  });

  it('says so once, however many checks find it, and takes it back when there is room', async () => {
    record(0, 950);
    lock(0, 950 * 60_000);
    const retention = upkeep.retention();
    const told: string[] = [];
    for (let check = 0; check < 5; check += 1) {
      await retention.check();
      told.push(...upkeep.alarms.list().map(({ id }) => id));
      upkeep.time.pass(30_000);
    }
    expect(new Set(told).size).toBe(1);
    const state = upkeep.disks.get(disk);
    if (state === undefined) throw new Error('no disk');
    state.totalBytes += 500 * mb;
    await retention.check();
    expect(standing()).toEqual([]);
  });

  it('makes room at once for a disk that refuses footage although it looks empty', async () => {
    record(0, 100);
    const retention = upkeep.retention();
    await retention.check();
    upkeep.volumes.refused(disk, 'disk-full');
    await retention.check();
    expect(upkeep.raised).toContain('disk-full');
    expect(standing()).toEqual([]);
    expect(starts().length).toBeLessThan(100);
    expect(starts().length).toBeGreaterThan(95);
  });

  /** Folders lie where the files of these minutes would: no disk unlinks them. Returns how to take them away. */
  function holdOnTo(minutes: number): () => void {
    const [volume] = upkeep.volumeRows.list();
    const folders = Array.from({ length: minutes }, (_, minute) =>
      path.join(volume?.folder ?? '', segmentPath({ ...upkeep.camera, role: 'main' }, minute * 60_000)),
    );
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    return () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    };
  }

  it('goes on past a file that the disk does not give up, and counts only what it gave', async () => {
    record(0, 970);
    holdOnTo(2);
    await upkeep.retention().check();
    expect(upkeep.ledger.listGarbage(disk)).toHaveLength(2);
    const [status] = upkeep.volumes.status();
    // Two more than the reserve asks for, and the minute ahead.
    expect(upkeep.freeBytes(disk)).toBeGreaterThanOrEqual((status?.reserveBytes ?? 0) + 2 * mb);
    expect(status?.keepsDeleted).toBe(false);
    expect(standing()).toEqual([]);
  });

  it('stops when a disk gives nothing up, says so, and goes on when it does', async () => {
    record(0, 990);
    const letGo = holdOnTo(990);
    const state = upkeep.disks.get(disk);
    if (state === undefined) throw new Error('no disk');
    const retention = upkeep.retention();
    const heldChecks = async (count: number) => {
      for (let check = 0; check < count; check += 1) {
        state.otherBytes += upkeep.freeBytes(disk) - 20 * mb;
        upkeep.time.pass(30_000);
        await retention.check();
      }
    };
    await heldChecks(1);
    const held = starts().length;
    expect(held).toBeGreaterThan(990 - 64);
    await heldChecks(5);
    expect(starts()).toHaveLength(held);
    expect(upkeep.raised).not.toContain('only-locked-left');
    tellOfVolumes(upkeep.alarms, upkeep.volumes.status(), upkeep.volumeRows.list());
    expect(standing()).toContain('volume-failing');

    letGo();
    await heldChecks(1);
    expect(upkeep.ledger.listGarbage(disk)).toEqual([]);
    expect(starts().length).toBeLessThan(held);
    tellOfVolumes(upkeep.alarms, upkeep.volumes.status(), upkeep.volumeRows.list());
    expect(standing()).not.toContain('volume-failing');
  });

  it('does not chase a disk that another program fills: deletion keeps to a few times the recording', async () => {
    record(0, 900);
    const state = upkeep.disks.get(disk);
    if (state === undefined) throw new Error('no disk');
    const retention = upkeep.retention();
    await retention.check();
    for (let check = 0; check < 20; check += 1) {
      state.otherBytes += upkeep.freeBytes(disk);
      upkeep.time.pass(3_000);
      await retention.check();
    }
    // An hour of recording at once (or 256 MiB), and in the minute four minutes of it.
    expect(starts().length).toBeGreaterThanOrEqual(900 - 269 - 20);
    expect(starts()[0]).toBe((900 - starts().length) * 60_000);
  });
});

describe('a camera that is off and recorded by hand', () => {
  /** 600 MB a minute: an hour of it is more than what may be deleted at once anyway. */
  const sizeBytes = 600 * mb;
  let large: VolumeId;
  beforeEach(async () => {
    upkeep.remove();
    upkeep = new MadeUpkeep();
    large = await upkeep.addVolume('large', 200_000 * mb);
    cameras().setRecording(upkeep.camera.cameraId, false);
  });
  const byHandUntil = (manualUntilMs: number) => {
    const mode = { ...continuously, kind: 'continuous' } as const;
    new ModeRows(upkeep.made.catalog).setMode(upkeep.camera.cameraId, { ...mode, manualUntilMs });
  };
  const reserve = () => upkeep.volumes.status()[0]?.reserveBytes;

  it('has room made for it as fast as it is recorded', async () => {
    const nowMs = upkeep.time.wallMs;
    record(nowMs - 330 * 60_000, 330, { on: large, sizeBytes });
    byHandUntil(nowMs + 30 * 60_000);
    const retention = upkeep.retention();
    for (let minute = 0; minute < 30; minute += 1) {
      await retention.check();
      const chosen = await upkeep.volumes.choose(undefined);
      expect(chosen.ok).toBe(true);
      record(nowMs + minute * 60_000, 1, { on: large, sizeBytes });
      upkeep.time.pass(60_000);
    }
    expect(upkeep.raised).toEqual([]);
  });

  it('counts for the reserve until that is over', async () => {
    const nowMs = upkeep.time.wallMs;
    record(nowMs - 60 * 60_000, 60, { on: large, sizeBytes });
    byHandUntil(nowMs + 60_000);
    const retention = upkeep.retention();
    await retention.check();
    expect(reserve()).toBe(60 * sizeBytes);
    upkeep.time.pass(60_000);
    await retention.check();
    expect(reserve()).toBe(10_000 * mb);
  });
});

describe('whatever lies there', () => {
  const minute = fc.nat(60);
  const world = fc.record({
    segments: fc.uniqueArray(
      fc.record({ minute, camera: fc.nat(2), volume: fc.nat(1), size: fc.integer({ min: 1, max: 4 }) }),
      {
        maxLength: 60,
        selector: ({ minute: at, camera }) => `${at} ${camera}`,
      },
    ),
    locks: fc.array(fc.record({ camera: fc.nat(2), from: minute, length: fc.integer({ min: 1, max: 20 }) }), {
      maxLength: 4,
    }),
    totals: fc.tuple(fc.integer({ min: 10, max: 130 }), fc.integer({ min: 10, max: 130 })),
    reserves: fc.tuple(fc.nat(40), fc.nat(40)),
    quota: fc.option(fc.integer({ min: 1, max: 60 })),
  });

  it('locked footage stays, what goes is the oldest, and nothing goes without need', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ segments, locks, totals: wanted, reserves, quota }) => {
        const here = new MadeUpkeep();
        // No disk holds more than it has room for.
        const totals = [0, 1].map((volume) => {
          const held = segments.filter((segment) => segment.volume === volume);
          return Math.max(
            wanted[volume] ?? 0,
            held.reduce((sum, { size }) => sum + size, 0),
          );
        });
        try {
          const volumes = [
            await here.addVolume('a', (totals[0] ?? 0) * mb),
            await here.addVolume('b', (totals[1] ?? 0) * mb),
          ] as const;
          for (const [index, id] of volumes.entries())
            here.volumeRows.setReserve(id, (reserves[index] ?? 0) * mb);
          const streams = [here.camera, here.addCamera('B'), here.addCamera('C')];
          const at = (index: number) => streams[index] ?? here.camera;
          const all = segments.map(({ minute: start, camera, volume, size }) => {
            const times = { startMs: start * 60_000, endMs: (start + 1) * 60_000 };
            const row = here.commit(at(camera), volumes[volume === 0 ? 0 : 1], times, size * mb);
            const isLocked = locks.some(
              (held) => held.camera === camera && held.from < start + 1 && held.from + held.length > start,
            );
            return { ...row, camera, isLocked };
          });
          for (const { camera, from, length } of locks) {
            const times = { startMs: from * 60_000, endMs: (from + length) * 60_000 };
            here.locks.add({
              id: newId(),
              cameraId: at(camera).cameraId,
              ...times,
              reason: 'x',
              createdMs: 1,
              createdBy: 'x',
            });
          }
          if (quota !== null)
            new CameraRows(here.made.catalog).setRetention(here.camera.cameraId, { quotaBytes: quota * mb });
          await here.retention().check();

          const kept = new Set(here.kept().map(({ streamId, startMs }) => `${streamId} ${startMs}`));
          const stays = ({ streamId, startMs }: { streamId: string; startMs: number }) =>
            kept.has(`${streamId} ${startMs}`);
          const gone = all.filter((row) => !stays(row));
          expect(gone.filter(({ isLocked }) => isLocked)).toEqual([]);
          // Of the camera with a quota more may be gone than of the others; of each camera alone the oldest are.
          for (const camera of [0, 1, 2]) {
            const own = all.filter((row) => row.camera === camera && !row.isLocked);
            const newestGone = Math.max(
              -1,
              ...own.filter((row) => !stays(row)).map(({ startMs }) => startMs),
            );
            expect(own.filter((row) => stays(row) && row.startMs < newestGone)).toEqual([]);
          }
          const free = volumes.map((id) => here.freeBytes(id));
          const lacks = [0, 1].map(
            (index) => Math.min(reserves[index] ?? 0, 0.9 * (totals[index] ?? 0)) * mb - (free[index] ?? 0),
          );
          const isStuck = all.filter((row) => stays(row) && !row.isLocked).length === 0;
          expect(isStuck || Math.min(...lacks) <= 0).toBe(true);
          expect(here.made.catalog.database.prepare('SELECT count(*) FROM garbage').pluck().get()).toBe(0);
        } finally {
          here.remove();
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
