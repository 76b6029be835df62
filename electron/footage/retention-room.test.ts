// Retention for the room on the disks: what goes, how much at once, and what is said when nothing may.

import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type VolumeId } from '../../recorder/model/ids.ts';
import { continuously } from '../../recorder/model/modes.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { ModeRows } from '../catalog/modes.ts';
import { mb, retentionTools } from './made-retention.ts';
import { MadeUpkeep } from './made-upkeep.ts';
import { tellOfVolumes } from './volume-alarms.ts';

let upkeep: MadeUpkeep;
let disk: VolumeId;
beforeEach(async () => {
  upkeep = new MadeUpkeep();
  disk = await upkeep.addVolume('disk', 1_000 * mb);
});
afterEach(() => upkeep.remove());

const { cameras, starts, standing, record, lock } = retentionTools(() => ({ upkeep, disk }));

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

  it('takes that of another volume, where one gets no emptier', async () => {
    const second = await upkeep.addVolume('second', 1_000 * mb);
    record(0, 980);
    record(1_000 * 60_000, 980, { camera: upkeep.addCamera('Yard'), on: second });
    const state = upkeep.disks.get(disk);
    if (state === undefined) throw new Error('no disk');
    const retention = upkeep.retention();
    for (let check = 0; check < 3; check += 1) {
      await retention.check();
      // As with a snapshot of all that was on it.
      state.otherBytes += upkeep.freeBytes(disk) - 20 * mb;
      upkeep.time.pass(30_000);
    }
    const [, status] = upkeep.volumes.status();
    expect(upkeep.freeBytes(second)).toBeGreaterThanOrEqual(status?.reserveBytes ?? Number.NaN);
    // The first went in vain, up to what seemed to be enough; no more after it.
    expect(starts()[0]).toBeLessThan(120 * 60_000);
    expect(await upkeep.volumes.choose(disk)).toMatchObject({ ok: true, volume: { id: second } });
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

  it('files that the disk does not give up, however many, keep no others on it', async () => {
    record(0, 200);
    holdOnTo(100);
    cameras().setRetention(upkeep.camera.cameraId, { keepDays: 1 });
    const retention = upkeep.retention();
    for (let check = 0; check < 3; check += 1) await retention.check();
    expect(starts()).toEqual([]);
    expect(upkeep.ledger.listGarbage(disk)).toHaveLength(100);
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
