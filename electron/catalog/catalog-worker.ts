// A thread of its own for what takes long on a catalog: a whole copy, a whole check. The station's thread never waits for it.

import { closeSync, fsyncSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';
import type { CatalogTask, CatalogTaskResult } from './catalog-task.ts';
import { catalogErrorFrom } from './errors.ts';

/** All pages in one step: one read transaction, so that what is written meanwhile neither disturbs nor restarts it. */
const allPages = 0x7fff_ffff;

async function run(task: CatalogTask): Promise<CatalogTaskResult> {
  if (task.kind === 'check') return { problem: check(task.file) };
  const source = new SqliteDatabase(task.file, { readonly: true, fileMustExist: true });
  try {
    await source.backup(task.to, { progress: () => allPages });
  } finally {
    source.close();
  }
  const copy = new SqliteDatabase(task.to, { fileMustExist: true });
  try {
    // A copy is one file: nothing beside it that could be left behind.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  const problem = check(task.to);
  const handle = openSync(task.to, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return { problem };
}

function check(file: string): string | undefined {
  const database = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
  try {
    const result = database.pragma('quick_check(1)', { simple: true });
    return result === 'ok' ? undefined : String(result);
  } catch (error) {
    // A file that cannot be read now, or is locked, is not damaged for that.
    if (catalogErrorFrom(error)?.code !== 'catalog-damaged') throw error;
    return error instanceof Error ? error.message : String(error);
  } finally {
    database.close();
  }
}

parentPort?.postMessage(await run(workerData as CatalogTask));
