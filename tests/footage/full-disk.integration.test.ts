// Retention on real disks of a few megabytes (tmpfs in a namespace of its own): a ring of footage that goes on and on, another
// program that takes the room, locks that fill everything, a second volume.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockRows } from '../../electron/catalog/locks.ts';
import {
  type MadePlace,
  MadeStationStore,
  type OpenStore,
} from '../../electron/footage/made-station-store.ts';
import { checkStore } from '../../electron/footage/store-check.ts';
import { type Clocks, type Instant, systemClocks } from '../../recorder/model/clock.ts';
import { newId } from '../../recorder/model/ids.ts';
import { canMakeNamespaces, Namespace } from '../faults/namespace.ts';

const beganMs = Date.UTC(2026, 4, 1);
/** Half a second of footage: 8 Mbit/s, so that a segment of 4 s is 4 MB. */
const fragmentBytes = 500_000;

describe.skipIf(!canMakeNamespaces())('a real disk (needs root, to mount one)', () => {
  let namespace: Namespace;
  let folder: string;
  let made: MadeStationStore;
  let store: OpenStore;
  let gate: MadePlace;
  /** How long was filmed: minutes of footage are written in seconds, and what is deleted for room goes by time. */
  let filmedMs: number;

  const clocks: Clocks = {
    ...systemClocks,
    monotonic: {
      now: () => (performance.now() + filmedMs) as unknown as Instant,
      elapsedMs: (since) => performance.now() + filmedMs - (since as unknown as number),
    },
  };

  /** A disk of its own size; returns where this process sees it. */
  function mount(name: string, size: string): string {
    const at = path.join(folder, name);
    mkdirSync(at);
    namespace.run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at);
    return namespace.seen(at);
  }

  /** Adds a disk, and takes the one of the data folder out of use. */
  async function addDisk(name: string, size: string): Promise<string> {
    const disk = mount(name, size);
    const { id } = await store.upkeep.storage.addVolume({ name, folder: path.join(disk, 'lookout') });
    const first = store.upkeep.storage.volumes().find((volume) => volume.id !== id && !volume.retired);
    if (first !== undefined && first.name === 'Recordings') await store.upkeep.storage.retireVolume(first.id);
    return disk;
  }

  beforeEach(async () => {
    namespace = await Namespace.make('mnt');
    folder = mkdtempSync(path.join(tmpdir(), 'lookout-disks-'));
    filmedMs = 0;
    made = new MadeStationStore(clocks);
    store = await made.open();
    gate = made.addCamera(store, 'Gate');
  });
  afterEach(async () => {
    await store.close();
    await namespace[Symbol.asyncDispose]();
    made.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const kinds = () => store.alarms.list().map(({ kind }) => kind);
  const starts = () => store.rows().map(({ startMs }) => startMs);

  /** Records 4 s at a time, with the check that follows each close. */
  async function film(fromS: number, toS: number): Promise<number> {
    let lost = 0;
    for (let atS = fromS; atS < toS; atS += 4) {
      const losses = await store.record(
        gate,
        beganMs + atS * 1_000,
        beganMs + (atS + 4) * 1_000,
        fragmentBytes,
      );
      lost += losses.length;
      filmedMs += 4_000;
      await store.upkeep.retention.check();
    }
    return lost;
  }

  async function expectSound(): Promise<void> {
    const { findings } = await checkStore(made.catalogFile, 'all');
    expect(findings.filter(({ broken, rule }) => broken > 0 && rule !== '5')).toEqual([]);
  }

  it('holds a ring of footage: ten times its size goes through it, nothing is lost, the oldest goes', async () => {
    await addDisk('ring', '40m');
    expect(await film(0, 400)).toBe(0);
    const kept = starts();
    expect(kept.at(-1)).toBe(beganMs + 396_000);
    expect(kept.length).toBeGreaterThanOrEqual(5);
    // Without a hole: what is kept is the newest.
    expect(kept).toEqual(kept.map((_, index) => (kept[0] ?? 0) + index * 4_000));
    await expectSound();
  }, 120_000);

  it('filled by another program: room is made, recording goes on, the alarm comes and goes', async () => {
    const disk = await addDisk('shared', '48m');
    await film(0, 24);
    const others = path.join(disk, 'somebody-elses.bin');
    writeFileSync(others, Buffer.alloc(14_000_000, 1));
    const { freeBytes = 0 } = store.upkeep.storage.volumes().find(({ name }) => name === 'shared') ?? {};
    writeFileSync(
      path.join(disk, 'the-rest.bin'),
      Buffer.alloc(Math.max(0, Math.floor(freeBytes - 14_200_000)), 1),
    );
    await store.record(gate, beganMs + 24_000, beganMs + 28_000, fragmentBytes);
    await film(28, 60);
    expect(starts().at(-1)).toBe(beganMs + 56_000);
    expect(kinds()).toEqual([]);
    await expectSound();
  }, 120_000);

  it('full of locked footage: recording stops with an alarm, and goes on when a lock is released', async () => {
    await addDisk('locked', '32m');
    const locks = new LockRows(store.kept.catalog);
    const lock = {
      ...{ id: newId<never>(), cameraId: gate.cameraId, startMs: 0, endMs: beganMs + 1_000_000 },
      ...{ reason: 'A case', createdMs: 1, createdBy: 'Eva' },
    };
    locks.add(lock);
    expect(await film(0, 60)).toBeGreaterThan(0);
    const kept = starts();
    expect(kept[0]).toBe(beganMs);
    expect(kinds()).toEqual(['disk-full']);
    expect(await store.upkeep.volumes.volumes.choose(undefined)).toMatchObject({
      ok: false,
      reason: 'disk-full',
    });
    store.upkeep.locks.release(lock.id, { name: 'Eva', role: 'supervisor' });
    await store.upkeep.retention.check();
    expect(kinds()).toEqual([]);
    expect(await film(60, 68)).toBe(0);
    expect(starts().at(-1)).toBe(beganMs + 64_000);
    await expectSound();
  }, 120_000);

  it('two disks fill up together, and the oldest of both goes', async () => {
    await addDisk('one', '40m');
    await addDisk('two', '28m');
    expect(await film(0, 160)).toBe(0);
    const kept = starts();
    expect(kept).toEqual(kept.map((_, index) => (kept[0] ?? 0) + index * 4_000));
    const used = store.upkeep.storage.volumes().filter(({ footageBytes }) => footageBytes > 0);
    expect(used.map(({ name }) => name)).toEqual(['one', 'two']);
    await expectSound();
  }, 120_000);
});
