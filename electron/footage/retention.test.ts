// Retention: what goes, in which order, and what never does.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../recorder/model/clock.ts';
import { newId, type VolumeId } from '../../recorder/model/ids.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { ClockTrust } from './clock-trust.ts';
import { mb, retentionTools } from './made-retention.ts';
import { MadeUpkeep } from './made-upkeep.ts';

let upkeep: MadeUpkeep;
let disk: VolumeId;
beforeEach(async () => {
  upkeep = new MadeUpkeep();
  disk = await upkeep.addVolume('disk', 1_000 * mb);
});
afterEach(() => upkeep.remove());

const { cameras, starts, standing, record, lock } = retentionTools(() => ({ upkeep, disk }));

function gap(fromMs: number, lengthMs: number): void {
  upkeep.ledger.openGap(upkeep.camera.streamId, fromMs, 'stalled');
  upkeep.ledger.closeGap(upkeep.camera.streamId, fromMs + lengthMs);
}

/** Start of every gap that is known. */
const gaps = () => upkeep.made.catalog.database.prepare('SELECT start_ms FROM gaps').pluck().all();

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
    for (const daysAgo of [5, 1]) {
      record(nowMs - daysAgo * dayMs, 1);
      gap(nowMs - daysAgo * dayMs + 60_000, 30_000);
    }
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 3 });
    await upkeep.retention().check();
    expect(gaps()).toEqual([nowMs - dayMs + 60_000]);
  });

  it('takes gaps also where no footage is left to go', async () => {
    const nowMs = upkeep.time.wallMs;
    gap(nowMs - 5 * dayMs, 60_000);
    gap(nowMs - 4 * dayMs, 60_000);
    lock(nowMs - 4 * dayMs, nowMs - 3 * dayMs);
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 3 });
    await upkeep.retention().check();
    expect(gaps()).toEqual([nowMs - 4 * dayMs]);
  });

  it('asks for gaps that are too old once an hour', async () => {
    const nowMs = upkeep.time.wallMs;
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 3 });
    const retention = upkeep.retention();
    await retention.check();
    gap(nowMs - 5 * dayMs, 60_000);
    await retention.check();
    expect(gaps()).toHaveLength(1);
    upkeep.time.pass(hourMs);
    await retention.check();
    expect(gaps()).toEqual([]);
  });

  it('what goes for another reason takes its gaps with it, but not those before the first footage of all', async () => {
    for (const minute of [0, 2, 4]) gap(minute * 60_000, 60_000);
    for (const minute of [1, 3, 5]) record(minute * 60_000, 1);
    const retention = upkeep.retention();
    await retention.check();
    expect(gaps()).toEqual([0, 120_000, 240_000]);
    cameras().setRetention(upkeep.camera.cameraId, { quotaBytes: 2 * mb });
    await retention.check();
    expect(starts()).toEqual([180_000, 300_000]);
    // Between them there would be time of which nothing is known.
    expect(gaps()).toEqual([240_000]);
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
    lock(0, nowMs, { expiresMs: nowMs + 1_000 });
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
