// Opens the catalog: checks that the file is ours and whole, asserts SQLite's settings, brings the schema up to date.

import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { removeDurably, writeDurably } from './durable-file.ts';
import { CatalogError, catalogErrorFrom } from './errors.ts';
import { type Migration, migrate, newestVersion, readMigrations, schemaVersion } from './migrate.ts';

/** `Look` in ASCII: says whose database this is (sqlite.org/pragma.html, application_id). */
export const applicationId = 0x4c6f_6f6b;
/** How long opening waits for another process's lock, such as a backup tool's, before it fails. */
const openBusyTimeoutMs = 5_000;
/** The same for one statement later on. The whole program waits with it, so that it is short; who can, tries again. */
export const busyTimeoutMs = 200;
/** First 16 bytes of every SQLite file (sqlite.org/fileformat.html). */
const sqliteMagic = 'SQLite format 3\0';

/** Up to this size a catalog is checked while it is opened; reading a larger one through would hold up recording. */
export const checkedAtOpenBytes = 256 * 2 ** 20;

export interface Catalog {
  /** For hot reads and transactions: raw prepared statements. */
  readonly database: Database;
  /** For everything else. */
  readonly orm: BetterSQLite3Database;
  /**
   * Runs a transaction that takes the write lock at once. Throws what `work` throws, and SQLITE_BUSY while another program holds the
   * catalog: the first time after `busyTimeoutMs`, then at once until somebody succeeds, so that many writers in a row do not
   * hold the program up one after the other.
   */
  write<T>(work: () => T): T;
  /** False for a large one, which is still to be checked beside recording. */
  readonly isChecked: boolean;
  /** The program that had it open last did not close it, and what it had not yet written into the file is missing. */
  readonly lostItsJournal: boolean;
  /** Says that a statement found the file damaged; listened to by whoever can put it back. */
  reportDamage(error: unknown): void;
  onDamage(listener: (error: unknown) => void): void;
  close(): void;
}

/**
 * Opens or makes the catalog. Made new only when none ever existed there: SQLite opens an empty file without an error,
 * so a marker beside the file remembers that there was one. Throws CatalogError; nothing is left open then.
 * Who may write is decided before, by the lock on the data folder.
 */
export function openCatalog(file: string, options: { migrationsFolder: string }): Catalog {
  const migrations = readMigrations(options.migrationsFolder);
  const lostItsJournal = existsSync(inUseMarkOf(file)) && !existsSync(`${file}-wal`);
  const isChecked = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= checkedAtOpenBytes;
  let database: Database | undefined;
  try {
    checkFile(file);
    if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
    database = new SqliteDatabase(file, { timeout: openBusyTimeoutMs });
    setUp(database, file, migrations, isChecked);
    setBusyTimeout(database, busyTimeoutMs);
    if (!existsSync(markerOf(file)))
      writeDurably(markerOf(file), 'The catalog of a Lookout station lies beside this file.\n');
    bestEffort(() =>
      writeDurably(inUseMarkOf(file), 'Lookout has the catalog open, or was ended without closing it.\n'),
    );
  } catch (error) {
    database?.close();
    throw catalogErrorFrom(error) ?? error;
  }
  return new OpenedCatalog(file, database, isChecked, lostItsJournal);
}

class OpenedCatalog implements Catalog {
  readonly database: Database;
  readonly orm: BetterSQLite3Database;
  readonly isChecked: boolean;
  readonly lostItsJournal: boolean;
  readonly #file: string;
  readonly #listeners: ((error: unknown) => void)[] = [];
  /** Somebody waited in vain for another program. */
  #isLocked = false;

  constructor(file: string, database: Database, isChecked: boolean, lostItsJournal: boolean) {
    this.#file = file;
    this.database = database;
    this.orm = drizzle({ client: database });
    this.isChecked = isChecked;
    this.lostItsJournal = lostItsJournal;
  }

  write<T>(work: () => T): T {
    try {
      const result = this.database.transaction(work).immediate();
      this.#setLocked(false);
      return result;
    } catch (error) {
      const code = catalogErrorFrom(error)?.code;
      if (code === 'catalog-busy') this.#setLocked(true);
      else if (code === 'catalog-damaged') this.reportDamage(error);
      throw error;
    }
  }

  #setLocked(isLocked: boolean): void {
    if (isLocked === this.#isLocked) return;
    this.#isLocked = isLocked;
    setBusyTimeout(this.database, isLocked ? 0 : busyTimeoutMs);
  }

  reportDamage(error: unknown): void {
    for (const listener of this.#listeners) listener(error);
  }

  onDamage(listener: (error: unknown) => void): void {
    this.#listeners.push(listener);
  }

  readonly close = (): void => {
    if (!this.database.open) return;
    // First the mark: between the two the journal may be there without it, never the other way round.
    bestEffort(() => removeDurably(inUseMarkOf(this.#file)));
    this.database.close();
  };
}

function setBusyTimeout(database: Database, ms: number): void {
  database.pragma(`busy_timeout = ${ms}`);
}

/** The mark tells more about a lost journal; a disk too full for it is no reason not to record. */
function bestEffort(action: () => void): void {
  try {
    action();
  } catch {
    // Without the mark a lost journal is only found by what is missing.
  }
}

export function markerOf(file: string): string {
  return `${file}.marker`;
}

/** Lies beside a catalog that somebody has open, or had when the machine stopped. */
export function inUseMarkOf(file: string): string {
  return `${file}.open`;
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

function setUp(
  database: Database,
  file: string,
  migrations: readonly Migration[],
  isToBeChecked: boolean,
): void {
  const known = schemaVersion(database);
  const hasTables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  const id = database.pragma('application_id', { simple: true });
  if (hasTables && id !== applicationId) throw new CatalogError('catalog-foreign');
  if (!hasTables && existsSync(markerOf(file))) throw new CatalogError('catalog-lost');
  if (known > newestVersion(migrations)) throw new CatalogError('catalog-newer');
  if (hasTables && isToBeChecked) quickCheck(database);

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
