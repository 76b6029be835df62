// Opens the catalog: checks that the file is ours and whole, asserts SQLite's settings, brings the schema up to date.

import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { CatalogError, catalogErrorFrom } from './errors.ts';
import { type Migration, migrate, newestVersion, readMigrations, schemaVersion } from './migrate.ts';

/** `Look` in ASCII: says whose database this is (sqlite.org/pragma.html, application_id). */
export const applicationId = 0x4c6f_6f6b;
/** How long one statement waits for another process's lock, such as a backup tool's, before it fails. */
export const busyTimeoutMs = 5_000;
/** First 16 bytes of every SQLite file (sqlite.org/fileformat.html). */
const sqliteMagic = 'SQLite format 3\0';

export interface Catalog {
  /** For hot reads and transactions: raw prepared statements. */
  readonly database: Database;
  /** For everything else. */
  readonly orm: BetterSQLite3Database;
  close(): void;
}

/**
 * Opens or makes the catalog. Made new only when none ever existed there: SQLite opens an empty file without an error,
 * so a marker beside the file remembers that there was one. Throws CatalogError; nothing is left open then.
 * Who may write is decided before, by the lock on the data folder.
 */
export function openCatalog(file: string, options: { migrationsFolder: string }): Catalog {
  const migrations = readMigrations(options.migrationsFolder);
  let database: Database | undefined;
  try {
    checkFile(file);
    if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
    database = new SqliteDatabase(file, { timeout: busyTimeoutMs });
    setUp(database, file, migrations);
    writeMarker(file);
  } catch (error) {
    database?.close();
    throw catalogErrorFrom(error) ?? error;
  }
  const opened = database;
  return { database: opened, orm: drizzle({ client: opened }), close: () => opened.close() };
}

export function markerOf(file: string): string {
  return `${file}.marker`;
}

/** What can be told from the file alone, before SQLite is allowed to touch it. */
function checkFile(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) {
    if (existsSync(markerOf(file))) throw new CatalogError('catalog-lost');
    return;
  }
  const head = Buffer.alloc(sqliteMagic.length);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  if (head.toString('latin1') !== sqliteMagic) throw new CatalogError('catalog-damaged');
}

function setUp(database: Database, file: string, migrations: readonly Migration[]): void {
  const known = schemaVersion(database);
  const hasTables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  const id = database.pragma('application_id', { simple: true });
  if (hasTables && id !== applicationId) throw new CatalogError('catalog-foreign');
  if (!hasTables && existsSync(markerOf(file))) throw new CatalogError('catalog-lost');
  if (known > newestVersion(migrations)) throw new CatalogError('catalog-newer');
  if (hasTables) quickCheck(database);

  assertPragma(database, 'journal_mode', 'wal', 'WAL');
  // In WAL mode only FULL makes each commit survive a power cut; a row means a file that is there (store invariant 1).
  assertPragma(database, 'synchronous', 2, 'FULL');
  assertPragma(database, 'foreign_keys', 1, 'ON');
  // The schema is input too: no SQL function with side effects runs from a tampered trigger or view.
  assertPragma(database, 'trusted_schema', 0, 'OFF');
  if (!hasTables) assertPragma(database, 'application_id', applicationId, String(applicationId));
  migrate(database, migrations);
  assertPragma(database, 'foreign_keys', 1, 'ON');
}

function quickCheck(database: Database): void {
  const result = database.pragma('quick_check(1)', { simple: true });
  if (result !== 'ok') throw new CatalogError('catalog-damaged', new Error(String(result)));
}

/** Sets a pragma and reads it back: SQLite ignores what it does not know or cannot do. */
function assertPragma(database: Database, name: string, expected: string | number, value: string): void {
  database.pragma(`${name} = ${value}`);
  const actual = database.pragma(name, { simple: true });
  if (actual !== expected) throw new Error(`SQLite keeps ${name} at ${String(actual)}, ${value} is needed`);
}

/** Durable before anything is recorded: written aside, synced, renamed, its folder synced. */
function writeMarker(file: string): void {
  const marker = markerOf(file);
  if (existsSync(marker)) return;
  const aside = `${marker}.new`;
  const handle = openSync(aside, 'w', 0o600);
  try {
    writeSync(handle, 'The catalog of a Lookout station lies beside this file.\n');
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, marker);
  // Windows cannot open a folder; its file systems journal the rename themselves.
  if (process.platform === 'win32') return;
  const folder = openSync(path.dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
