// The catalog is lost, damaged or set back in every way: the next start has every segment again, and says what happened.

import {
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../recorder/model/ids.ts';
import { backUp, listBackups } from '../catalog/backup.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { CatalogError } from '../catalog/errors.ts';
import { LockRows } from '../catalog/locks.ts';
import { type MadePlace, MadeStationStore, type OpenStore, type RowSummary } from './made-station-store.ts';
import { checkStore } from './store-check.ts';

const beganMs = Date.UTC(2026, 4, 1, 23, 59, 50);

let made: MadeStationStore;
let places: MadePlace[];
let before: RowSummary[];

/** Two cameras, footage over midnight with a gap, one lock; the station stopped as it should. */
beforeEach(async () => {
  made = new MadeStationStore();
  const store = await made.open();
  places = ['Gate', 'Yard'].map((name) => made.addCamera(store, name));
  for (const place of places) {
    await store.record(place, beganMs, beganMs + 20_000);
    await store.record(place, beganMs + 40_000, beganMs + 50_000);
  }
  const [gate] = places;
  if (gate === undefined) throw new Error('no camera');
  // Longer than ago: what retention would delete is no loss of the catalog.
  new CameraRows(store.kept.catalog).setRetention(gate.cameraId, { keepDays: 3_000 });
  const lock = { startMs: beganMs, endMs: beganMs + 5_000, reason: 'A case', createdMs: 1, createdBy: 'Eva' };
  new LockRows(store.kept.catalog).add({ id: newId(), cameraId: gate.cameraId, ...lock });
  before = store.rows();
  await store.close();
});
afterEach(() => made.remove());

async function readThrough(store: OpenStore): Promise<void> {
  await expect.poll(() => store.upkeep.storage.overview().reading, { timeout: 20_000 }).toBeUndefined();
}

const told = (store: OpenStore) => store.alarms.list().map(({ message, hint = '' }) => `${message} ${hint}`);

async function expectSound(): Promise<void> {
  const report = await checkStore(made.catalogFile, 'all');
  expect(report.findings.filter(({ broken }) => broken > 0)).toEqual([]);
  expect(report.awaited).toBe(0);
}

const catalogFiles = () =>
  ['', '-wal', '-shm', '.marker', '.open'].map((suffix) => made.catalogFile + suffix);

describe('without a copy', () => {
  beforeEach(() =>
    rmSync(path.join(path.dirname(made.catalogFile), 'backups'), { recursive: true, force: true }),
  );

  it.each([
    ['deleted', () => unlinkSync(made.catalogFile)],
    ['deleted with everything beside it', () => rmSync(path.dirname(made.catalogFile), { recursive: true })],
    ['replaced by an empty file', () => truncateSync(made.catalogFile, 0)],
    ['cut in half', () => truncateSync(made.catalogFile, Math.floor(statSync(made.catalogFile).size / 2))],
    [
      'zeroed at its header',
      () => writeFileSync(made.catalogFile, readFileSync(made.catalogFile).fill(0, 0, 100)),
    ],
    [
      'overwritten page by page',
      () => {
        const bytes = readFileSync(made.catalogFile);
        for (let page = 1; page * 4_096 < bytes.length; page += 3)
          bytes.fill(0xa5, page * 4_096, (page + 1) * 4_096);
        writeFileSync(made.catalogFile, bytes);
      },
    ],
  ])('a catalog %s is made anew from the footage', async (_, harm) => {
    harm();
    const store = await made.open();
    await readThrough(store);
    expect(store.rows()).toEqual(before);
    const { catalog } = store.kept;
    const cameras = new CameraRows(catalog).list();
    expect(cameras.map(({ name, retention }) => [name, retention.keepDays])).toEqual([
      ['Gate', 3_000],
      ['Yard', undefined],
    ]);
    expect(cameras.map(({ stream }) => [stream.url, stream.sealed])).toEqual([
      ['rtsp://Gate/', undefined],
      ['rtsp://Yard/', undefined],
    ]);
    expect(new LockRows(catalog).held()).toMatchObject([{ reason: 'A case', createdBy: 'Eva' }]);
    expect(told(store)).toMatchObject([
      expect.stringMatching(/catalog was (lost|damaged) and is made anew.*lost of: Gate/),
    ]);
    const gaps = catalog.database.prepare('SELECT start_ms, end_ms, reason FROM gaps').raw().all();
    expect(gaps).toEqual(places.map(() => [beganMs + 20_000, beganMs + 40_000, 'not-known']));
    await store.close();
    await expectSound();
    const again = await made.open();
    expect(again.kept.restored).toBeUndefined();
    expect(again.rows()).toEqual(before);
    await again.close();
  });

  it('footage of a camera that nothing tells of is kept under a name of its own', async () => {
    for (const { cameraId } of places) unlinkSync(path.join(made.footageFolder, cameraId, 'camera.json'));
    rmSync(path.dirname(made.catalogFile), { recursive: true });
    const store = await made.open();
    await readThrough(store);
    expect(
      store
        .rows()
        .map(({ sha256 }) => sha256)
        .toSorted(),
    ).toEqual(before.map(({ sha256 }) => sha256).toSorted());
    const cameras = new CameraRows(store.kept.catalog).list();
    expect(cameras.map(({ name }) => name)).toEqual(['Recovered camera', 'Recovered camera (2)']);
    expect(cameras.map(({ recording }) => recording)).toEqual([false, false]);
    await store.close();
    await expectSound();
  });

  it('what was not read when the station stopped is read by the next', async () => {
    unlinkSync(made.catalogFile);
    const first = await made.open();
    await first.close();
    const second = await made.open();
    await readThrough(second);
    expect(second.rows()).toEqual(before);
    await second.close();
    await expectSound();
  });

  it('recording goes on at once, and what is read later finds its place before it', async () => {
    unlinkSync(made.catalogFile);
    const store = await made.open();
    const [gate] = places;
    if (gate === undefined) throw new Error('no camera');
    await store.record(gate, beganMs + 60_000, beganMs + 68_000);
    await readThrough(store);
    expect(store.rows()).toHaveLength(before.length + 3);
    await store.close();
    await expectSound();
  });
});

describe('with a copy', () => {
  it.each([
    ['deleted', () => unlinkSync(made.catalogFile)],
    ['damaged', () => writeFileSync(made.catalogFile, readFileSync(made.catalogFile).fill(0x55, 4_096))],
  ])('a catalog that is %s is put back, and newer footage read in', async (_, harm) => {
    const store = await made.open();
    await backUp(made.catalogFile, Date.now());
    for (const place of places) await store.record(place, beganMs + 60_000, beganMs + 70_000);
    const rows = store.rows();
    store.kill();
    harm();
    const again = await made.open();
    expect(again.kept.restored).toMatchObject({ isNew: false });
    await readThrough(again);
    expect(again.rows()).toEqual(rows);
    expect(told(again)).toMatchObject([expect.stringMatching(/was put back as of/)]);
    // Sign-ins are in the copy.
    expect(new CameraRows(again.kept.catalog).list()[0]?.stream.sealed).toBeDefined();
    await again.close();
    await expectSound();
  });

  it('what was damaged is kept, the last three times', async () => {
    for (let time = 0; time < 5; time += 1) {
      writeFileSync(made.catalogFile, `damaged ${time}`);
      await (await made.open()).close();
    }
    const aside = path.join(path.dirname(made.catalogFile), 'damaged');
    const texts = readdirSync(aside)
      .toSorted()
      .map((folder) => readFileSync(path.join(aside, folder, 'lookout.db'), 'utf8'));
    expect(texts).toEqual(['damaged 2', 'damaged 3', 'damaged 4']);
  });

  it('a copy that is damaged is passed over for the one before', async () => {
    const store = await made.open();
    const good = await backUp(made.catalogFile, Date.now() + 1_000);
    const bad = await backUp(made.catalogFile, Date.now() + 2_000);
    await store.close();
    for (const { file, takenMs } of listBackups(made.catalogFile))
      if (takenMs > bad.takenMs) unlinkSync(file);
    truncateSync(bad.file, 5_000);
    unlinkSync(made.catalogFile);
    const again = await made.open();
    expect(again.kept.restored).toMatchObject({ takenMs: good.takenMs });
    expect(again.rows()).toEqual(before);
    await again.close();
  });

  it('rows of footage that was deleted since are written off, silently; a file that is gone from the middle is a gap', async () => {
    const store = await made.open();
    await backUp(made.catalogFile, Date.now());
    const [, yard] = places;
    if (yard === undefined) throw new Error('no camera');
    await store.close();
    for (const file of catalogFiles()) rmSync(file, { force: true });
    const own = before.filter(({ stream }) => stream === yard.streamId);
    const files = (await made.files()).filter(
      (file) => file.startsWith(yard.cameraId) && file.endsWith('.mp4'),
    );
    const fileOf = (startMs: number) =>
      path.join(made.footageFolder, files.find((file) => file.endsWith(`/${startMs}.mp4`)) ?? '');
    for (const row of [own[0], own[1], own[4]]) unlinkSync(fileOf(row?.startMs ?? 0));
    // Only the copy from before the deletion is left.
    for (const { file } of listBackups(made.catalogFile).slice(0, -1)) unlinkSync(file);
    const again = await made.open();
    await readThrough(again);
    expect(again.rows().filter(({ stream }) => stream === yard.streamId)).toEqual(
      own.filter((_, index) => ![0, 1, 4].includes(index)),
    );
    const gaps = again.kept.catalog.database
      .prepare('SELECT start_ms FROM gaps WHERE reason = ?')
      .pluck()
      .all('damaged');
    expect(gaps).toEqual([own[4]?.startMs]);
    await again.close();
    await expectSound();
  });

  it('the brake holds when most files of a camera are gone: nothing is written off, and it is said', async () => {
    const store = await made.open();
    await backUp(made.catalogFile, Date.now());
    await store.close();
    for (const file of catalogFiles()) rmSync(file, { force: true });
    const [gate] = places;
    const files = (await made.files()).filter(
      (file) => file.startsWith(gate?.cameraId ?? '') && file.endsWith('.mp4'),
    );
    for (const file of files.slice(0, 5)) unlinkSync(path.join(made.footageFolder, file));
    const again = await made.open();
    await readThrough(again);
    expect(again.rows()).toEqual(before);
    expect(again.alarms.list().map(({ kind }) => kind)).toContain('footage-vanished');
    await again.close();
  });

  it('a journal that is gone is noticed, and its footage read in', async () => {
    const store = await made.open();
    store.kept.catalog.database.pragma('wal_checkpoint(TRUNCATE)');
    const [, yard] = places;
    if (yard === undefined) throw new Error('no camera');
    await store.record(yard, beganMs + 60_000, beganMs + 70_000);
    const rows = store.rows();
    // As a kill leaves it, copied aside, because closing would write the journal back.
    const asItLies = path.join(made.dataFolder, 'as-it-lies');
    cpSync(path.dirname(made.catalogFile), asItLies, { recursive: true });
    store.kill();
    rmSync(path.dirname(made.catalogFile), { recursive: true });
    cpSync(asItLies, path.dirname(made.catalogFile), { recursive: true });
    for (const suffix of ['-wal', '-shm']) unlinkSync(made.catalogFile + suffix);
    const again = await made.open();
    expect(again.kept.restored).toMatchObject({ cause: 'journal-lost' });
    await readThrough(again);
    expect(again.rows()).toEqual(rows);
    await again.close();
    await expectSound();
  });
});

describe('what is left alone', () => {
  it('a catalog of a newer version', async () => {
    const store = await made.open();
    store.kept.catalog.database.pragma('user_version = 999');
    await store.close();
    const bytes = readFileSync(made.catalogFile);
    await expect(made.open()).rejects.toThrow(CatalogError);
    expect(readFileSync(made.catalogFile).equals(bytes)).toBe(true);
  });

  it('a first start: nothing is restored, nothing said', async () => {
    const fresh = new MadeStationStore();
    const store = await fresh.open();
    expect(store.kept.restored).toBeUndefined();
    expect(store.alarms.list()).toEqual([]);
    await store.close();
    fresh.remove();
  });

  it('a station that stops leaves a copy, and few of them', async () => {
    for (let count = 0; count < 6; count += 1) {
      const store = await made.open();
      store.kept.catalog.database.exec("INSERT INTO settings VALUES ('x" + String(count) + "', '1')");
      store.kept.start({ raise: () => {}, clear: () => {} });
      await store.close();
    }
    const backups = listBackups(made.catalogFile);
    expect(backups.length).toBeGreaterThanOrEqual(3);
    expect(backups.length).toBeLessThanOrEqual(5);
    expect(readdirSync(path.dirname(backups[0]?.file ?? ''))).toHaveLength(backups.length);
    for (const { file } of backups) expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('a catalog that was found damaged while it was in use is put back by the next start', async () => {
    const store = await made.open();
    await backUp(made.catalogFile, Date.now());
    store.kept.catalog.reportDamage(new Error('made up'));
    await store.kept.damaged;
    await store.close();
    const again = await made.open();
    expect(again.kept.restored).toMatchObject({ cause: 'catalog-damaged', isNew: false });
    await readThrough(again);
    expect(again.rows()).toEqual(before);
    await again.close();
  });
});
