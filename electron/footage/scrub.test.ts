// The scrub finds what is damaged or missing, keeps it, says so, and goes on where it stopped.

import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Timers } from '../../recorder/model/clock.ts';
import { newId } from '../../recorder/model/ids.ts';
import { DamageRows } from '../catalog/damages.ts';
import { createLedger } from '../catalog/ledger.ts';
import { LockRows } from '../catalog/locks.ts';
import { SettingRows } from '../catalog/settings.ts';
import { StoredFiles } from '../catalog/stored-files.ts';
import { type MadePlace, MadeStationStore, type OpenStore } from './made-station-store.ts';
import { MadeTime, silentLog } from './made-upkeep.ts';
import { Scrub } from './scrub.ts';
import { checkStore } from './store-check.ts';

const immediately: Timers = {
  after: (_delayMs, action) => {
    queueMicrotask(action);
    return () => {};
  },
};

const beganMs = Date.UTC(2026, 4, 1);

let made: MadeStationStore;
let store: OpenStore;
let gate: MadePlace;
let time: MadeTime;

beforeEach(async () => {
  made = new MadeStationStore();
  store = await made.open();
  gate = made.addCamera(store, 'Gate');
  await store.record(gate, beganMs, beganMs + 120_000);
  time = new MadeTime();
});
afterEach(async () => {
  await store.close();
  made.remove();
});

function scrub(): Scrub {
  const { catalog } = store.kept;
  const { volumes } = store.upkeep.volumes;
  const bytes = store.rows().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return new Scrub({
    files: new StoredFiles(catalog),
    damages: new DamageRows(catalog, createLedger(catalog)),
    settings: new SettingRows(catalog),
    alarms: store.alarms,
    volumes: () => volumes.ready(),
    footageBytes: () => bytes,
    cameraName: () => 'Gate',
    volumeName: () => 'Recordings',
    // Made footage is small: nothing rests.
    clocks: { wall: time.wall, monotonic: time.monotonic, timers: immediately },
    log: silentLog,
  });
}

async function nights(count: number): Promise<void> {
  for (let night = 0; night < count; night += 1) await scrub().run();
}

const mp4s = async () => (await made.files()).filter((file) => file.endsWith('.mp4'));
const at = (relative: string | undefined) => path.join(made.footageFolder, relative ?? '');
const flip = (file: string) => {
  const bytes = readFileSync(file);
  bytes[bytes.length - 10] = (bytes.at(-10) ?? 0) ^ 1;
  writeFileSync(file, bytes);
};
const gaps = () =>
  store.kept.catalog.database.prepare("SELECT start_ms FROM gaps WHERE reason = 'damaged'").pluck().all();
const kinds = () => store.alarms.list().map(({ kind }) => kind);

describe('the scrub', () => {
  it('reads a thirtieth each night, and all of it in thirty', async () => {
    const [, second] = await mp4s();
    flip(at(second));
    await nights(1);
    expect(kinds()).toEqual([]);
    expect(scrub().status().share).toBeGreaterThan(0.03);
    await nights(1);
    expect(kinds()).toEqual(['footage-damaged']);
    expect(scrub().status().share).toBeLessThan(0.1);
    await nights(28);
    expect(scrub().status().share).toBe(1);
    await nights(1);
    expect(scrub().status().share).toBeLessThan(0.1);
  });

  it('keeps a damaged file and its row, and shows the time as damaged', async () => {
    const rows = store.rows();
    const files = await mp4s();
    flip(at(files[4]));
    await nights(30);
    expect(store.rows()).toEqual(rows);
    expect(await mp4s()).toEqual(files);
    expect(gaps()).toEqual([rows[4]?.startMs]);
    expect(store.alarms.list()[0]?.message).toContain('1 recorded files of “Gate”');
    const report = await checkStore(made.catalogFile, 'all');
    expect(report.isSound).toBe(false);
    expect(report.findings.find(({ rule }) => rule === '1')).toMatchObject({
      broken: 1,
      examples: [`hash: ${files[4]}`],
    });
  });

  it('takes it back when the file is what it was', async () => {
    const files = await mp4s();
    flip(at(files[4]));
    await nights(30);
    flip(at(files[4]));
    await nights(30);
    expect(gaps()).toEqual([]);
    expect((await checkStore(made.catalogFile, 'all')).isSound).toBe(true);
  });

  it('writes off a file that is gone, but not one that is locked', async () => {
    const rows = store.rows();
    const files = await mp4s();
    const [gone, locked] = [rows[3], rows[7]];
    const lock = {
      startMs: locked?.startMs ?? 0,
      endMs: (locked?.startMs ?? 0) + 1,
      reason: 'x',
      createdMs: 1,
      createdBy: 'x',
    };
    new LockRows(store.kept.catalog).add({ id: newId(), cameraId: gate.cameraId, ...lock });
    for (const row of [gone, locked])
      unlinkSync(at(files.find((file) => file.endsWith(`/${row?.startMs}.mp4`))));
    await nights(30);
    expect(store.rows()).toEqual(rows.filter((row) => row !== gone));
    expect(gaps()).toEqual([gone?.startMs, locked?.startMs]);
    expect(kinds()).toEqual(['footage-damaged']);
  });

  it('writes nothing off when most of it is gone', async () => {
    const rows = store.rows();
    for (const file of (await mp4s()).slice(0, 20)) unlinkSync(at(file));
    await nights(30);
    expect(store.rows()).toEqual(rows);
    expect(kinds()).toEqual(['footage-vanished']);
  });

  it('runs once a night, and at any hour when nights were missed', async () => {
    time.wallMs = new Date(2026, 4, 1, 12).getTime();
    expect(scrub().isDue()).toBe(false);
    time.wallMs = new Date(2026, 4, 2, 2).getTime();
    expect(scrub().isDue()).toBe(true);
    await nights(1);
    expect(scrub().isDue()).toBe(false);
    time.wallMs = new Date(2026, 4, 3, 12).getTime();
    expect(scrub().isDue()).toBe(false);
    time.wallMs = new Date(2026, 4, 3, 15).getTime();
    expect(scrub().isDue()).toBe(true);
  });
});
