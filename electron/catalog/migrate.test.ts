// Migrations: order, whole steps, and a step that is killed half-way.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeFolder, migrationsFolder } from './made-catalog.ts';
import { readMigrations } from './migrate.ts';
import { openCatalog } from './open.ts';

let folder: string;
let steps: string;
let file: string;
beforeEach(() => {
  folder = madeFolder();
  steps = path.join(folder, 'migrations');
  file = path.join(folder, 'lookout.db');
  mkdirSync(steps);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nextNumber = () => String(readdirSync(steps).length + 1).padStart(4, '0');
const addStep = (name: string, sql: string) =>
  writeFileSync(path.join(steps, `${nextNumber()}_${name}.sql`), sql);
const open = () => openCatalog(file, { migrationsFolder: steps });

describe('reading the folder', () => {
  it('refuses a number that is doubled, and a file without one', () => {
    writeFileSync(path.join(steps, '0001_one.sql'), '');
    writeFileSync(path.join(steps, '0001_two.sql'), '');
    expect(() => readMigrations(steps)).toThrow('0001_two.sql does not follow step 1');
    rmSync(path.join(steps, '0001_two.sql'));
    writeFileSync(path.join(steps, 'three.sql'), '');
    expect(() => readMigrations(steps)).toThrow('three.sql does not follow step 1');
  });

  it('finds every step of the program', () => {
    expect(readMigrations(migrationsFolder).map(({ name }) => name)).toEqual(
      readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql')),
    );
  });
});

describe('applying steps', () => {
  it('applies what is missing, once', () => {
    addStep('one', 'CREATE TABLE one (a INTEGER) STRICT;');
    open().close();
    addStep('two', 'CREATE TABLE two (a INTEGER) STRICT; INSERT INTO two VALUES (1);');
    open().close();
    const { database, close } = open();
    expect(database.pragma('user_version', { simple: true })).toBe(2);
    expect(database.prepare('SELECT count(*) FROM two').pluck().get()).toBe(1);
    close();
  });

  it('leaves the version before a step that fails, whole', () => {
    addStep('one', 'CREATE TABLE one (a INTEGER) STRICT;');
    open().close();
    addStep('two', 'CREATE TABLE two (a INTEGER) STRICT; INSERT INTO missing VALUES (1);');
    expect(open).toThrow('no such table: missing');
    const database = new SqliteDatabase(file);
    expect(database.pragma('user_version', { simple: true })).toBe(1);
    expect(database.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['one']);
    database.close();
  });

  it('refuses a step that leaves a reference to nothing', () => {
    addStep(
      'one',
      'CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT;',
    );
    open().close();
    addStep('two', 'INSERT INTO b VALUES (1);');
    expect(open).toThrow('breaks 1 references');
  });

  it('may rebuild a table that others refer to', () => {
    cpSync(path.join(migrationsFolder, '0001_footage.sql'), path.join(steps, '0001_footage.sql'));
    open().close();
    addStep(
      'rebuild',
      `CREATE TABLE volumes_new (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folder TEXT NOT NULL, added_ms INTEGER NOT NULL) STRICT;
      DROP TABLE volumes; ALTER TABLE volumes_new RENAME TO volumes;`,
    );
    const { database, close } = open();
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    close();
  });

  it('leaves the version before a step that is killed half-way', async () => {
    addStep('one', 'CREATE TABLE one (a INTEGER PRIMARY KEY, b TEXT) STRICT;');
    open().close();
    // Never ends by itself; its rows spill into the write-ahead log long before it is done.
    addStep(
      'endless',
      `ALTER TABLE one ADD COLUMN c TEXT;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO one (b) SELECT hex(randomblob(500)) FROM n;`,
    );
    const program = `import { openCatalog } from ${JSON.stringify(path.join(import.meta.dirname, 'open.ts'))};
      openCatalog(${JSON.stringify(file)}, { migrationsFolder: ${JSON.stringify(steps)} });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await expect.poll(() => walBytes(file), { timeout: 20_000, interval: 20 }).toBeGreaterThan(1_000_000);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);

    rmSync(path.join(steps, '0002_endless.sql'));
    addStep('two', 'ALTER TABLE one ADD COLUMN c TEXT;');
    const { database, close } = open();
    expect(database.pragma('user_version', { simple: true })).toBe(2);
    expect(database.prepare('SELECT count(*) FROM one').pluck().get()).toBe(0);
    expect(database.pragma('quick_check', { simple: true })).toBe('ok');
    close();
  }, 30_000);
});

function walBytes(catalogFile: string): number {
  const wal = `${catalogFile}-wal`;
  return existsSync(wal) ? statSync(wal).size : 0;
}
