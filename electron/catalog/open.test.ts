// Opening the catalog: SQLite's settings, and every file that must not be taken for a sound catalog of ours.

import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogError } from './errors.ts';
import { madeCatalog, madeFolder, migrationsFolder } from './made-catalog.ts';
import { newestVersion, readMigrations } from './migrate.ts';
import { applicationId, busyTimeoutMs, markerOf, openCatalog } from './open.ts';
import { SettingRows } from './settings.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = madeFolder();
  file = path.join(folder, 'lookout.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openCatalog(file, { migrationsFolder });
const refusal = () => {
  try {
    open().close();
  } catch (error) {
    if (error instanceof CatalogError) return error;
    throw error;
  }
  return undefined;
};
/** A catalog with enough rows to fill several pages, closed. */
const makeCatalog = () => {
  const catalog = open();
  const settings = new SettingRows(catalog);
  for (let index = 0; index < 200; index += 1) settings.set(`name ${index}`, 'x'.repeat(500));
  catalog.close();
};

describe('a sound catalog', () => {
  it('runs with the settings that the store relies on', () => {
    const { database, close } = open();
    const pragma = (name: string) => database.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('trusted_schema')).toBe(0);
    expect(pragma('busy_timeout')).toBe(busyTimeoutMs);
    expect(pragma('application_id')).toBe(applicationId);
    expect(pragma('user_version')).toBe(newestVersion(readMigrations(migrationsFolder)));
    const tables = database.pragma('table_list') as { name: string; type: string; strict: number }[];
    // A full-text index and the tables in its shadow are SQLite's own.
    const loose = tables.filter(
      ({ name, type, strict }) => type === 'table' && strict === 0 && !name.startsWith('sqlite_'),
    );
    expect(loose).toEqual([]);
    close();
  });

  it('is readable by its owner alone', () => {
    open().close();
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(markerOf(file)).mode & 0o077).toBe(0);
  });

  it('keeps its rows over closing and opening', () => {
    const first = open();
    new SettingRows(first).set('language', 'de');
    first.close();
    const second = open();
    expect(new SettingRows(second).get('language')).toBe('de');
    second.close();
  });

  it('is made when a start was killed before the first step', () => {
    writeFileSync(file, '');
    open().close();
    expect(existsSync(markerOf(file))).toBe(true);
  });
});

describe('a file that is not opened', () => {
  it('was replaced by an empty one', () => {
    makeCatalog();
    truncateSync(file, 0);
    expect(refusal()?.code).toBe('catalog-lost');
    expect(statSync(file).size).toBe(0);
  });

  it('was deleted', () => {
    makeCatalog();
    rmSync(file);
    expect(refusal()?.code).toBe('catalog-lost');
    expect(existsSync(file)).toBe(false);
  });

  it('was replaced by a database without tables', () => {
    makeCatalog();
    rmSync(file);
    const empty = new SqliteDatabase(file);
    empty.pragma('user_version = 0');
    empty.exec('VACUUM');
    empty.close();
    expect(statSync(file).size).toBeGreaterThan(0);
    expect(refusal()?.code).toBe('catalog-lost');
  });

  it('has its header zeroed', () => {
    makeCatalog();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0, 0, 100));
    expect(refusal()?.code).toBe('catalog-damaged');
  });

  it('has a page overwritten', () => {
    makeCatalog();
    const bytes = readFileSync(file);
    for (let page = 2; page * 4_096 < bytes.length; page += 3)
      bytes.fill(0xa5, page * 4_096, (page + 1) * 4_096);
    writeFileSync(file, bytes);
    expect(refusal()?.code).toBe('catalog-damaged');
  });

  it('was cut in half', () => {
    makeCatalog();
    truncateSync(file, Math.floor(statSync(file).size / 2));
    expect(refusal()?.code).toBe('catalog-damaged');
  });

  it('is text', () => {
    writeFileSync(file, 'Dear diary, today the cameras were quiet all day long.');
    expect(refusal()?.code).toBe('catalog-damaged');
  });

  it('is the database of another program', () => {
    const other = new SqliteDatabase(file);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    const before = readFileSync(file);
    expect(refusal()?.code).toBe('catalog-foreign');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('comes from a newer version', () => {
    makeCatalog();
    const newer = new SqliteDatabase(file);
    newer.pragma('user_version = 7');
    newer.close();
    expect(refusal()?.code).toBe('catalog-newer');
  });

  it('lies where nothing can be written', () => {
    file = path.join(folder, 'not there', 'lookout.db');
    expect(refusal()?.code).toBe('catalog-unreachable');
  });

  it('is refused in words that name no path', () => {
    makeCatalog();
    truncateSync(file, 0);
    const error = refusal();
    expect(`${error?.message} ${error?.hint}`).not.toContain(folder);
    expect(error?.hint).not.toBe('');
  });
});

describe('a catalog that another program holds', () => {
  it('is waited for once, then asked without waiting until it is let go', () => {
    const { catalog, file: held, remove } = madeCatalog();
    const other = new SqliteDatabase(held);
    other.exec('BEGIN EXCLUSIVE');
    const write = () => catalog.write(() => catalog.database.exec("INSERT INTO settings VALUES ('a', '1')"));
    const waited = () => {
      const began = performance.now();
      expect(write).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }));
      return performance.now() - began;
    };
    expect(waited()).toBeGreaterThan(busyTimeoutMs * 0.8);
    for (let tries = 0; tries < 5; tries += 1) expect(waited()).toBeLessThan(busyTimeoutMs / 2);
    other.exec('ROLLBACK');
    write();
    expect(catalog.database.pragma('busy_timeout', { simple: true })).toBe(busyTimeoutMs);
    other.close();
    remove();
  });
});
