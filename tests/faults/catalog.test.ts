// The catalog lost, damaged or set aside while the station is stopped: the next start has every segment again, keeps the marks
// that its copies know, records at once, and says what happened.

import { execFile } from 'node:child_process';
import {
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expectAtMost, isLong, report } from './figures.ts';
import { Site, until } from './site.ts';
import { brokenFiles, lostRows } from './store-audit.ts';

const run = promisify(execFile);
const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const plans = { gate: small, yard: small };

const open = new AsyncDisposableStack();
let site: Site;
let recorded: Camera[];
let isStopped = false;
/** Marks of earlier rounds, each older than the last copy. */
const oldMarks: string[] = [];

beforeAll(async () => {
  const cameras = open.use(await startGstreamerCameras(plans));
  site = open.use(await Site.open({ settings: { segmentSeconds: '10' } }));
  recorded = await site.addRecording(cameras.urls);
  // A station that stops leaves a copy.
  await site.stop();
  isStopped = true;
});
afterAll(() => open.disposeAsync());

const catalogFolder = () => path.dirname(site.catalogFile);
const edit = (change: (bytes: Buffer) => unknown) => {
  const bytes = readFileSync(site.catalogFile);
  change(bytes);
  writeFileSync(site.catalogFile, bytes);
};

/** What a killed program left in the journal goes into the file, as a program that opens it would do. */
function foldJournal(): void {
  const database = new Database(site.catalogFile);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/** Fills the page on which the rows of a table begin. */
function overwritePageOf(table: string): void {
  foldJournal();
  const database = new Database(site.catalogFile, { readonly: true });
  const pageSize = Number(database.pragma('page_size', { simple: true }));
  const rootPage = Number(
    database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table),
  );
  database.close();
  edit((bytes) => bytes.fill(0xa5, (rootPage - 1) * pageSize, rootPage * pageSize));
}

interface Harm {
  readonly name: string;
  readonly ended: 'killed' | 'stopped';
  readonly harm: () => void;
  /** What the alarm says. */
  readonly says: RegExp;
  /** Marks that are there again: all, those that the last copy has, or none because there is no copy either. */
  readonly marks: 'all' | 'copied' | 'none';
}

const wasDamaged = /catalog was damaged and was put back as of/;
const wasLost = /catalog was lost and was put back as of/;
const harms: readonly Harm[] = [
  {
    name: 'header zeroed',
    ended: 'killed',
    harm: () => edit((bytes) => bytes.fill(0, 0, 100)),
    says: wasDamaged,
    marks: 'copied',
  },
  {
    name: 'page overwritten',
    ended: 'killed',
    harm: () => overwritePageOf('segments'),
    says: wasDamaged,
    marks: 'copied',
  },
  {
    name: 'truncated',
    ended: 'killed',
    harm: () => {
      foldJournal();
      truncateSync(site.catalogFile, Math.floor(statSync(site.catalogFile).size / 2));
    },
    says: wasDamaged,
    marks: 'copied',
  },
  {
    name: 'replaced by an empty file',
    ended: 'killed',
    harm: () => {
      for (const suffix of ['-wal', '-shm']) rmSync(site.catalogFile + suffix, { force: true });
      truncateSync(site.catalogFile, 0);
    },
    says: wasLost,
    marks: 'copied',
  },
  {
    name: '-wal gone',
    ended: 'killed',
    harm: () => {
      for (const suffix of ['-wal', '-shm']) unlinkSync(site.catalogFile + suffix);
    },
    says: /newest entries of the catalog were lost/,
    marks: 'copied',
  },
  {
    name: 'deleted',
    ended: 'stopped',
    harm: () => unlinkSync(site.catalogFile),
    says: wasLost,
    marks: 'all',
  },
  {
    name: 'deleted with its copies',
    ended: 'stopped',
    harm: () => rmSync(catalogFolder(), { recursive: true }),
    says: /catalog was lost and is made anew from the footage/,
    marks: 'none',
  },
];

async function startAgain(): Promise<void> {
  if (!isStopped) return;
  await site.start();
  isStopped = false;
  await site.recording(recorded, 15_000, Date.now());
}

/** Rows that no copy knows: each camera's file ends, and another begins. */
async function commitNew(): Promise<void> {
  const { length } = site.rows();
  for (const pid of site.recorders()) process.kill(pid, 'SIGKILL');
  await until('rows', 10_000, () => site.rows().length >= length + recorded.length);
  await site.recording(recorded, 10_000, Date.now());
}

async function addMark(text: string): Promise<void> {
  const [gate] = recorded as [Camera];
  await site.client.marks.add({ cameraId: gate.id, kind: 'note', startMs: Date.now() - 1_000, text });
}

async function marks(): Promise<string[]> {
  const [gate] = recorded as [Camera];
  const nowMs = Date.now();
  const { marks: found } = await site.client.marks.list({
    cameraIds: [gate.id],
    startMs: nowMs - 3_600_000,
    endMs: nowMs,
  });
  return found.map(({ text }) => text);
}

it.each(harms)(
  'a catalog that is $name comes back by itself',
  async ({ name, ended, harm, says, marks: kept }) => {
    const fault = `catalog ${name}`;
    await startAgain();
    await commitNew();
    await addMark(name);
    const before = site.rows();
    expect(await (ended === 'killed' ? site.kill('tree') : site.stop())).toBe(
      ended === 'killed' ? undefined : 0,
    );
    harm();

    const launched = performance.now();
    const launchedMs = Date.now();
    const { startedInMs } = await site.start();
    await site.recording(recorded, 20_000, launchedMs);
    expectAtMost(fault, 'launch to footage of all stored', performance.now() - launched, 10_000, 'ms');
    report(fault, 'start-up', `${Math.round(startedInMs)} ms`, '');
    await until('all is read in', 60_000, async () => {
      const { reading } = await site.client.storage.overview();
      return reading === undefined;
    });
    const rows = site.rows();
    expectAtMost(fault, `segments lost of ${before.length}`, lostRows(before, rows).length, 0, '');
    expect(lostRows(before, rows)).toEqual([]);
    expect(brokenFiles(site.footage, rows)).toEqual([]);

    const told = (await site.client.alarms.list()).filter(({ kind }) => kind === 'catalog-restored');
    expect(told.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
    for (const { id } of told) await site.client.alarms.acknowledge({ alarmId: id });
    const there = await marks();
    const expected = { all: [...oldMarks, name], copied: oldMarks, none: [] }[kept];
    const lost = expected.filter((text) => !there.includes(text));
    report(fault, 'marks lost that a copy had', lost.length, '0');
    expect(lost).toEqual([]);
    oldMarks.push(...there.filter((text) => !oldMarks.includes(text)));

    expect(await site.stop()).toBe(0);
    isStopped = true;
    expect(site.broken()).toEqual([]);
    expect(site.recorders()).toEqual([]);
  },
);

/** Every file of the catalog, with its bytes. */
function catalogBytes(): Map<string, string> {
  const files = readdirSync(catalogFolder(), { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'base64')]),
  );
}

it('a catalog of a newer version is refused in words, and nothing of it changes', async () => {
  await startAgain();
  expect(await site.stop()).toBe(0);
  isStopped = true;
  const setVersion = (version: number) => {
    const database = new Database(site.catalogFile);
    const known = database.pragma('user_version', { simple: true });
    database.pragma(`user_version = ${version}`);
    database.close();
    return Number(known);
  };
  const known = setVersion(999);
  const before = catalogBytes();
  const footage = site.rows();
  const args = [path.join(import.meta.dirname, '../../electron/headless.ts'), '--data', site.data];
  const refused = await run(process.execPath, args, { timeout: 30_000 }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('newer version of Lookout') });
  expect(catalogBytes()).toEqual(before);
  expect(brokenFiles(site.footage, footage)).toEqual([]);
  report('catalog of a newer version', 'refused', 'in words; not a byte changed', 'the same');
  setVersion(known);
});

it('a catalog that another program holds locked at the start is waited for', async () => {
  const fault = 'catalog locked at the start';
  await startAgain();
  await commitNew();
  expect(await site.stop()).toBe(0);
  const before = site.rows();
  const heldMs = isLong ? 25_000 : 7_000;
  const other = new Database(site.catalogFile);
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE');
  setTimeout(() => {
    other.exec('ROLLBACK');
    other.close();
  }, heldMs);
  const launched = performance.now();
  const launchedMs = Date.now();
  await site.start();
  isStopped = false;
  await site.recording(recorded, 20_000, launchedMs);
  const lateMs = performance.now() - launched - heldMs;
  expectAtMost(fault, `held for ${heldMs / 1_000} s: records after it is let go`, lateMs, 10_000, 'ms');
  expect((await site.client.alarms.list()).filter(({ kind }) => kind === 'catalog-restored')).toEqual([]);
  expect(lostRows(before, site.rows())).toEqual([]);
  expect(await site.stop()).toBe(0);
  isStopped = true;
  expect(site.broken()).toEqual([]);
});
