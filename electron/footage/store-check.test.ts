// The check proves the invariants: it is silent about a sound store and names what is broken in each of them.

import { mkdirSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../recorder/model/ids.ts';
import { type MadePlace, MadeStationStore } from './made-station-store.ts';
import { checkStore, type Finding } from './store-check.ts';

const beganMs = Date.UTC(2026, 4, 1);

let made: MadeStationStore;
let gate: MadePlace;
let files: string[];

beforeEach(async () => {
  made = new MadeStationStore();
  const store = await made.open();
  gate = made.addCamera(store, 'Gate');
  await store.record(gate, beganMs, beganMs + 40_000);
  await store.close();
  files = (await made.files()).filter((file) => file.endsWith('.mp4'));
});
afterEach(() => made.remove());

const at = (relative: string | undefined) => path.join(made.footageFolder, relative ?? '');

function alter(sql: string): void {
  const database = new SqliteDatabase(made.catalogFile);
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
}

async function broken(
  part: Parameters<typeof checkStore>[1] = 'all',
): Promise<[Finding['rule'], readonly string[]][]> {
  const { findings } = await checkStore(made.catalogFile, part);
  return findings.filter((finding) => finding.broken > 0).map(({ rule, examples }) => [rule, examples]);
}

describe('the check', () => {
  it('finds nothing in a sound store, and says what it looked at', async () => {
    const report = await checkStore(made.catalogFile, 'all');
    expect(report).toMatchObject({ isSound: true, isComplete: true, awaited: 0 });
    expect(report.findings.map(({ rule, looked }) => [rule, looked])).toEqual([
      ['catalog', 1],
      ['1', 10],
      ['2', 10],
      ['3', 10],
      ['4', 0],
      ['5', 1],
      ['chain', 10],
      ['derived', 10],
    ]);
    const [volume] = report.volumes;
    expect(volume).toMatchObject({ state: 'ready', files: 10, hashedBytes: volume?.bytes });
  });

  it('reads each file in one of thirty parts', async () => {
    let hashedBytes = 0;
    for (let part = 1; part <= 30; part += 1) {
      hashedBytes += (await checkStore(made.catalogFile, part)).volumes[0]?.hashedBytes ?? 0;
    }
    const { volumes } = await checkStore(made.catalogFile, 'none');
    expect(volumes[0]?.hashedBytes).toBe(0);
    expect(hashedBytes).toBe(volumes[0]?.bytes);
  });

  it('finds a file that is missing, too short, or another', async () => {
    unlinkSync(at(files[1]));
    truncateSync(at(files[2]), 100);
    alter('UPDATE segments SET sha256 = zeroblob(32) WHERE start_ms = (SELECT max(start_ms) FROM segments)');
    const [one, chain] = await broken();
    expect(one).toEqual(['1', [`missing: ${files[1]}`, `size: ${files[2]}`, `hash: ${files[9]}`]]);
    expect(chain?.[0]).toBe('chain');
    expect((await broken('none'))[0]?.[1]).toHaveLength(2);
  });

  it('finds a file that nobody names, and tells it from one that the next start takes in', async () => {
    alter(`DELETE FROM segments WHERE start_ms = ${beganMs + 4_000}`);
    expect((await broken()).map(([rule]) => rule)).toEqual(['2', '5']);
    alter(`DELETE FROM segments WHERE start_ms = ${beganMs + 36_000}`);
    expect((await checkStore(made.catalogFile, 'all')).awaited).toBe(1);
    writeFileSync(at(`${gate.cameraId}/main/2026/notes.txt`), 'x');
    mkdirSync(at(newId()));
    const [, examples = []] = (await broken())[0] ?? [];
    expect(new Set(examples.map((example) => example.split(':')[0]))).toEqual(
      new Set(['foreign', 'unknown camera', 'unnamed']),
    );
  });

  it('finds segments that overlap, and rows that do not follow from the segments', async () => {
    alter(
      `DROP TRIGGER segments_never_move; UPDATE segments SET end_ms = end_ms + 2000 WHERE start_ms = ${beganMs}`,
    );
    expect((await broken()).map(([rule]) => rule)).toEqual(['3', 'chain']);
    alter('UPDATE coverage SET end_ms = end_ms + 1; UPDATE stored_footage SET size_bytes = 1');
    const derived = (await broken()).find(([rule]) => rule === 'derived');
    expect(derived?.[1]).toHaveLength(2);
  });

  it('finds locked footage on its way out', async () => {
    alter(`INSERT INTO garbage SELECT 1, '${files[3]}', 1;
      INSERT INTO evidence_locks (id, camera_id, start_ms, end_ms, reason, created_ms, created_by)
        VALUES ('${newId()}', '${gate.cameraId}', 0, ${beganMs + 100_000}, 'x', 1, 'x')`);
    expect(await broken()).toEqual([['4', [files[3]]]]);
  });

  it('finds a time of which nobody knows why it has no footage', async () => {
    const store = await made.open();
    await store.record(gate, beganMs + 60_000, beganMs + 64_000);
    await store.close();
    expect(await broken()).toEqual([['5', [`stream 1 from ${beganMs + 40_000} to ${beganMs + 60_000}`]]]);
  });

  it('says what it could not look at', async () => {
    unlinkSync(at('.lookout-volume.json'));
    const report = await checkStore(made.catalogFile, 'all');
    expect(report).toMatchObject({ isSound: true, isComplete: false });
    expect(report.volumes[0]?.state).toBe('missing');
    unlinkSync(made.catalogFile);
    await expect(checkStore(made.catalogFile, 'all')).rejects.toThrow();
  });
});
