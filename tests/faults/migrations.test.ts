// The program killed at each write of each migration: the next start finishes what was left, with every row that was there.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog } from '../../electron/catalog/open.ts';
import { Chance } from './chance.ts';
import { isLong, report } from './figures.ts';
import { canInjectFaults } from './syscalls.ts';

const root = path.resolve(import.meta.dirname, '../..');
const migrationsFolder = path.join(root, 'migrations');
const steps = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'));
const runLimitMs = 60_000;
/** More writes than any step has; a run that was not killed by then has migrated. */
const writesLimit = 2_000;
const segments = 2_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const chance = new Chance();

/** A catalog as the version of so many steps left it: a camera with footage from its first day, two thousand segments. */
function makeCatalog(file: string, version: number): void {
  const partial = path.join(folder, `steps-${version}`);
  mkdirSync(partial);
  for (const name of steps.slice(0, version)) {
    copyFileSync(path.join(migrationsFolder, name), path.join(partial, name));
    const { database, close } = openCatalog(file, { migrationsFolder: partial });
    if (name === steps[0]) {
      database.exec(`
        INSERT INTO cameras (id, name, recording, created_ms) VALUES ('c', 'Gate', 0, 1);
        INSERT INTO streams VALUES (1, 's', 'c', 'main', 'rtsp', 'rtsp://camera/', 'tcp');
        INSERT INTO volumes VALUES (1, 'v', '/nowhere', 1);
        INSERT INTO inits VALUES (1, 1, zeroblob(32), x'00');
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${segments})
          INSERT INTO segments SELECT 1, i * 60000, i * 60000 + 59000, 60000, 1000, 1, 1, randomblob(32) FROM n;
        INSERT INTO gaps VALUES (1, ${segments * 60_000 + 59_000}, NULL, 'program-stopped');`);
    }
    close();
  }
}

/** The migration by the program's own hand, in a process that is killed at its `count`th write of the file or its journal. */
function migrateAndDie(file: string, count: number): 'killed' | 'migrated' {
  const program = `import { openCatalog } from ${JSON.stringify(path.join(root, 'electron/catalog/open.ts'))};
    openCatalog(${JSON.stringify(file)}, { migrationsFolder: ${JSON.stringify(migrationsFolder)} }).close();`;
  const calls = 'pwrite64,fdatasync,fsync,ftruncate';
  const about = [file, `${file}-wal`].flatMap((one) => ['-P', one]);
  const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:signal=KILL:when=${count}`];
  const args = ['-f', '-qq', '-o', '/dev/null', ...about, ...inject];
  const { status, signal, stderr } = spawnSync(
    'strace',
    [...args, process.execPath, '--input-type=module', '-e', program],
    { encoding: 'utf8', timeout: runLimitMs },
  );
  if (signal === 'SIGKILL' || status === 137) return 'killed';
  if (status !== 0) throw new Error(`the migration ended with ${status ?? signal}: ${stderr}`);
  return 'migrated';
}

/** Tables, indexes and triggers, and what is in them of before. */
function contentOf(file: string): object {
  const database = new Database(file);
  try {
    const pluck = (sql: string) => database.prepare(sql).pluck().all();
    return {
      version: database.pragma('user_version', { simple: true }),
      sound: database.pragma('integrity_check', { simple: true }),
      schema: pluck('SELECT name FROM sqlite_schema ORDER BY name'),
      segments: pluck('SELECT start_ms || hex(sha256) FROM segments ORDER BY start_ms'),
      coverage: pluck("SELECT start_ms || '-' || end_ms FROM coverage ORDER BY start_ms"),
      gaps: pluck('SELECT start_ms || reason FROM gaps'),
      cameras: pluck('SELECT name FROM cameras'),
    };
  } finally {
    database.close();
  }
}

function copyCatalog(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-shm', '.marker', '.open']) {
    rmSync(to + suffix, { force: true });
    if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
  }
}

describe.skipIf(!canInjectFaults())('killed while it migrates', () => {
  it.each(steps.map((name, index) => ({ name, index })))(
    '$name: the next start has it done, and every row',
    ({ name, index }) => {
      const original = path.join(folder, 'lookout-original.db');
      const file = path.join(folder, 'lookout.db');
      if (index > 0) makeCatalog(original, index);
      copyCatalog(original, file);
      openCatalog(file, { migrationsFolder }).close();
      const expected = contentOf(file);

      // Every write in the long form; in the short one the first, and by chance some of the others.
      const killedAt: number[] = [];
      for (let count = 1; count < writesLimit; count += isLong ? 1 : Math.ceil(chance.between(12, 60))) {
        copyCatalog(original, file);
        if (migrateAndDie(file, count) === 'migrated') break;
        killedAt.push(count);
        const found = new Database(file);
        const version = Number(found.pragma('user_version', { simple: true }));
        found.close();
        expect(version, `after write ${count}`).toBeGreaterThanOrEqual(index);
        openCatalog(file, { migrationsFolder }).close();
        expect({ count, ...contentOf(file) }).toEqual({ count, ...expected });
      }
      expect(killedAt.length).toBeGreaterThan(0);
      report(
        `killed in ${name} and after it`,
        'kills without a loss',
        `${killedAt.length} of ${killedAt.length}`,
        'all',
      );
    },
  );
});
