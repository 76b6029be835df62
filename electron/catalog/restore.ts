// Opens the catalog whatever became of it: as it is, else from the newest copy that is sound, else made anew; what was damaged is
// put aside and kept. What the copy does not know comes from the footage afterwards.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { listBackups } from './backup.ts';
import { syncFolder, writeDurably } from './durable-file.ts';
import { CatalogError, type CatalogErrorCode } from './errors.ts';
import { type Catalog, markerOf, openCatalog } from './open.ts';

/** A damaged catalog is kept for whoever wants to look into it, but not for ever. */
const asideKept = 3;
/** Another program, such as a backup tool, may hold the catalog for this long at a start. */
const busyTries = 12;

export type RestoreCause = Extract<CatalogErrorCode, 'catalog-lost' | 'catalog-damaged'> | 'journal-lost';

export interface Restored {
  readonly cause: RestoreCause;
  /** When the copy was taken; undefined when the catalog was made anew, or only its journal was lost. */
  readonly takenMs: EpochMs | undefined;
  readonly isNew: boolean;
}

export interface RestoredCatalog {
  readonly catalog: Catalog;
  /** Undefined when nothing was wrong. */
  readonly restored: Restored | undefined;
}

export interface RestoreOptions {
  readonly migrationsFolder: string;
  readonly clock: { nowMs(): EpochMs };
  readonly log: Log;
  /** True when this station has recorded before, whatever its catalog says. */
  readonly hasFootage: boolean;
}

/**
 * Opens or makes the catalog. A newer, a foreign and an unreachable one are refused as before: throws CatalogError.
 * It is on whoever calls to bring rows and footage into agreement when something was restored.
 */
export function openOrRestore(file: string, options: RestoreOptions): RestoredCatalog {
  const { log } = options;
  const found = tryOpen(file, options);
  if (!(found instanceof CatalogError)) {
    return { catalog: found, restored: found.lostItsJournal ? lostJournal(log) : undefined };
  }
  const cause = restorable(found);
  log.error({ err: found, cause }, 'The catalog cannot be used and is put back');
  putAside(file, options);
  for (const { file: copy, takenMs } of listBackups(file)) {
    // Renamed, not copied: however large it is, it is there at once, and whole.
    renameSync(copy, file);
    syncFolder(path.dirname(file));
    const opened = tryOpen(file, options);
    if (!(opened instanceof CatalogError)) {
      log.warn({ takenMs }, 'The catalog was put back from a copy');
      return { catalog: opened, restored: { cause, takenMs, isNew: false } };
    }
    log.error({ err: opened, takenMs }, 'A copy of the catalog cannot be used either');
    putAside(file, options);
  }
  log.warn({}, 'The catalog is made anew from the footage');
  return { catalog: makeAnew(file, options), restored: { cause, takenMs: undefined, isNew: true } };
}

/** Puts whatever lies there aside and makes an empty catalog. */
export function makeAnew(file: string, options: RestoreOptions): Catalog {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  putAside(file, options);
  rmSync(markerOf(file), { force: true });
  return openCatalog(file, options);
}

/** Beside a catalog that was found damaged while it was in use: the next start is not to trust it. */
export function markDamaged(file: string): void {
  writeDurably(damageMarkOf(file), 'This catalog was found damaged.\n');
}

function damageMarkOf(file: string): string {
  return `${file}.damaged`;
}

function tryOpen(file: string, options: RestoreOptions): Catalog | CatalogError {
  if (existsSync(damageMarkOf(file))) return new CatalogError('catalog-damaged');
  // Footage but no catalog, and no mark of one: the whole folder of the catalog is gone.
  const isFirst = !existsSync(file) && !existsSync(markerOf(file));
  if (isFirst && (options.hasFootage || listBackups(file).length > 0))
    return new CatalogError('catalog-lost');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return openCatalog(file, options);
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      if (error.code === 'catalog-busy' && attempt < busyTries) {
        options.log.warn({ attempt }, 'Another program has the catalog locked');
        continue;
      }
      return error;
    }
  }
}

/** Throws what no restoring helps against. */
function restorable(error: CatalogError): RestoreCause {
  if (error.code === 'catalog-lost' || error.code === 'catalog-damaged') return error.code;
  throw error;
}

function lostJournal(log: Log): Restored {
  log.error({}, 'The journal of the catalog is gone: its newest rows come back from the footage');
  return { cause: 'journal-lost', takenMs: undefined, isNew: false };
}

function putAside(file: string, { clock }: RestoreOptions): void {
  const all = path.join(path.dirname(file), 'damaged');
  const folder = path.join(all, String(clock.nowMs()));
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (!existsSync(file + suffix)) continue;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    renameSync(
      file + suffix,
      path.join(freeFolder(folder, path.basename(file) + suffix), path.basename(file) + suffix),
    );
  }
  rmSync(damageMarkOf(file), { force: true });
  syncFolder(path.dirname(file));
  if (!existsSync(all)) return;
  const kept = readdirSync(all).toSorted((one, other) => Number(other) - Number(one));
  for (const old of kept.slice(asideKept)) rmSync(path.join(all, old), { recursive: true, force: true });
}

/** The folder, or one beside it when a file of this name lies in it already: two in one millisecond. */
function freeFolder(folder: string, name: string): string {
  if (!existsSync(path.join(folder, name))) return folder;
  const other = `${folder}1`;
  mkdirSync(other, { recursive: true, mode: 0o700 });
  return freeFolder(other, name);
}
