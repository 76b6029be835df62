// The catalog as the station keeps it: opened or put back at the start, copied while it runs, watched for damage.

import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Clocks, EpochMs } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { identityFile } from '../../recorder/segments/volume.ts';
import { CatalogBackups } from './backups.ts';
import { runCatalogTask } from './catalog-task.ts';
import type { Catalog } from './open.ts';
import { markDamaged, openOrRestore, type Restored } from './restore.ts';

export interface KeptCatalogOptions {
  readonly dataFolder: string;
  readonly migrationsFolder: string;
  readonly clocks: Clocks;
  readonly log: Log;
}

/** What is told to the operator about copies. */
interface BackupAlarms {
  raise(kind: 'catalog-backup-failed', subject: string): void;
  clear(kind: 'catalog-backup-failed', subject: string): void;
}

export interface KeptCatalog {
  readonly catalog: Catalog;
  /** What was wrong with it at the start; undefined when nothing was. */
  readonly restored: Restored | undefined;
  /** Resolves when it is found damaged; the next `openKeptCatalog` puts it back. */
  readonly damaged: Promise<void>;
  backupMs(): EpochMs | undefined;
  /** After start step 5: copies from now on, and a large catalog is checked. */
  start(alarms: BackupAlarms): void;
  /** A last copy, then closed. */
  close(): Promise<void>;
}

/** Where the catalog of a data folder lies. */
export function catalogFile(dataFolder: string): string {
  return path.join(dataFolder, 'catalog', 'lookout.db');
}

/** True when a station has recorded here before, whatever became of its catalog. */
export function hasFootage(dataFolder: string): boolean {
  const signs = ['volumes.json', path.join('footage', identityFile)];
  return signs.some((sign) => statSync(path.join(dataFolder, sign), { throwIfNoEntry: false }) !== undefined);
}

/** Throws CatalogError for a catalog that is to be left alone: newer, foreign, unreachable. */
export function openKeptCatalog(options: KeptCatalogOptions): KeptCatalog {
  const { dataFolder, migrationsFolder, clocks, log } = options;
  const file = catalogFile(dataFolder);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const { catalog, restored } = openOrRestore(file, {
    ...{ migrationsFolder, log },
    clock: clocks.wall,
    hasFootage: hasFootage(dataFolder),
  });
  const damaged = Promise.withResolvers<void>();
  let isDamaged = false;
  catalog.onDamage((error) => {
    if (isDamaged) return;
    isDamaged = true;
    log.error({ err: error }, 'The catalog is damaged');
    try {
      markDamaged(file);
    } catch (markError) {
      // Opening checks it again all the same; a disk that takes no mark must not keep it from being put back.
      log.error({ err: markError }, 'The damaged catalog could not be marked');
    }
    damaged.resolve();
  });
  let backups: CatalogBackups | undefined;
  const stopping = new AbortController();
  return {
    catalog,
    restored,
    damaged: damaged.promise,
    backupMs: () => backups?.newestMs,
    start: (alarms) => {
      backups = new CatalogBackups({
        ...{ file, catalog, clocks, log },
        onDone: () => alarms.clear('catalog-backup-failed', ''),
        onFailed: () => alarms.raise('catalog-backup-failed', ''),
      });
      backups.start();
      if (!catalog.isChecked) void checkBeside(file, catalog, log, stopping.signal);
    },
    close: async () => {
      stopping.abort();
      // A copy of what is damaged would only push out one that is not.
      await (isDamaged ? backups?.cancel() : backups?.stop());
      catalog.close();
    },
  };
}

/** What a small catalog had at opening: in a thread of its own, however long that takes. */
async function checkBeside(file: string, catalog: Catalog, log: Log, signal: AbortSignal): Promise<void> {
  try {
    const { problem } = await runCatalogTask({ kind: 'check', file }, signal);
    if (problem === undefined) log.info({}, 'The catalog was checked');
    else if (!signal.aborted) catalog.reportDamage(new Error(problem));
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'The catalog could not be checked');
  }
}
