// Copies of the catalog beside it: made while it is in use, whole and checked before they count, a few of them kept.

import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { dayMs, type EpochMs } from '../../recorder/model/clock.ts';
import { runCatalogTask } from './catalog-task.ts';
import { syncFolder } from './durable-file.ts';

/** The newest copies that are kept, and of how many days the first one: a mistake may be noticed late. */
const newestKept = 3;
const daysKept = 2;
/** A copy never takes the last room of the disk that the catalog itself needs. */
const spareBytes = 64 * 2 ** 20;

export interface Backup {
  readonly file: string;
  readonly takenMs: EpochMs;
}

/** Where the copies of a catalog lie. */
export function backupFolder(catalogFile: string): string {
  return path.join(path.dirname(catalogFile), 'backups');
}

/** The newest first. */
export function listBackups(catalogFile: string): Backup[] {
  const folder = backupFolder(catalogFile);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const takenMs = /^lookout-(\d{1,15})\.db$/.exec(name)?.[1];
      return takenMs === undefined ? [] : { file: path.join(folder, name), takenMs: Number(takenMs) };
    })
    .toSorted((one, other) => other.takenMs - one.takenMs);
}

/**
 * Copies the catalog, checks the copy, and only then gives it its name; older copies that are not needed go.
 * Rejects when the disk, the catalog or the copy is not sound, or `signal` ends it; then no copy is added or lost.
 */
export async function backUp(catalogFile: string, nowMs: EpochMs, signal?: AbortSignal): Promise<Backup> {
  const folder = backupFolder(catalogFile);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = path.join(folder, 'draft.db');
  removeDraft(draft);
  const { bavail, bsize } = await statfs(folder);
  const neededBytes = sizeOf(catalogFile) + sizeOf(`${catalogFile}-wal`) + spareBytes;
  if (bavail * bsize < neededBytes) throw new Error(`a copy needs ${neededBytes} bytes of room`);
  try {
    // Made here, for its owner alone, before anything is in it.
    closeSync(openSync(draft, 'wx', 0o600));
    const { problem } = await runCatalogTask({ kind: 'copy', file: catalogFile, to: draft }, signal);
    if (problem !== undefined) throw new Error(`the copy is not sound: ${problem}`);
    const backup = { file: path.join(folder, `lookout-${nowMs}.db`), takenMs: nowMs };
    renameSync(draft, backup.file);
    syncFolder(folder);
    prune(catalogFile);
    return backup;
  } finally {
    removeDraft(draft);
  }
}

function prune(catalogFile: string): void {
  const all = listBackups(catalogFile);
  const byDay = [...Map.groupBy(all, ({ takenMs }) => Math.floor(takenMs / dayMs)).values()];
  const firstOfDays = byDay.slice(0, daysKept).map((ofDay) => ofDay.at(-1));
  for (const backup of all.slice(newestKept)) {
    if (!firstOfDays.includes(backup)) rmSync(backup.file, { force: true });
  }
}

function removeDraft(draft: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
