// Brings a catalog to the newest schema: one file of `migrations/` is one step, one transaction, one `user_version`.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { CatalogError } from './errors.ts';

export interface Migration {
  /** The `user_version` a catalog has after it: 1, 2, 3, … */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** The steps of a folder (`0001_footage.sql`, …) in order. Throws Error when a name has no number or a number is doubled. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  let before = 0;
  return files.map((file) => {
    const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1] ?? 0);
    if (version <= before) throw new Error(`migration ${file} does not follow step ${before}`);
    before = version;
    return { version, name: file, sql: readFileSync(path.join(folder, file), 'utf8') };
  });
}

/** The `user_version` of a catalog that lacks nothing. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

export function schemaVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/**
 * Applies what the catalog lacks. A step killed mid-way leaves the version before it, whole, because the version
 * number is part of the step's transaction. Throws CatalogError `catalog-newer` when the catalog is ahead of us.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const version = schemaVersion(database);
  if (version > newestVersion(migrations)) throw new CatalogError('catalog-newer');
  const missing = migrations.filter((migration) => migration.version > version);
  if (missing.length === 0) return;
  // A step may rebuild a table others refer to; the switch has no effect inside a transaction, and the references are
  // checked before each commit instead (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
  database.pragma('foreign_keys = OFF');
  try {
    for (const migration of missing) applyStep(database, migration);
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

function applyStep(database: Database, migration: Migration): void {
  database
    .transaction(() => {
      database.exec(migration.sql);
      const broken = database.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0)
        throw new Error(`migration ${migration.name} breaks ${broken.length} references`);
      database.pragma(`user_version = ${migration.version}`);
    })
    .immediate();
}
