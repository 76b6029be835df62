// The station's data folder: where it is, and that only one station uses it.

import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';

/** `$LOOKOUT_DATA`, else the place the XDG base directory specification names. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv): string {
  const { LOOKOUT_DATA, XDG_DATA_HOME } = environment;
  if (LOOKOUT_DATA) return path.resolve(LOOKOUT_DATA);
  const base =
    XDG_DATA_HOME && path.isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : path.join(homedir(), '.local/share');
  return path.join(base, 'lookout');
}

/** Another station is at work in the data folder. */
export class DataFolderBusy extends Error {
  constructor() {
    super('Another Lookout is using this data folder.');
    this.name = 'DataFolderBusy';
  }
}

/** Keeps the locks from the garbage collector, which would close them. */
const held = new Set<Database.Database>();

/**
 * Makes the folder when it is missing (readable by this user alone) and keeps it to ourselves until the returned
 * function is called or the process ends. Throws DataFolderBusy.
 *
 * The lock is SQLite's own file lock, taken in a file that holds nothing: the system lets go of it when the process
 * dies, however it dies, so there is no stale lock to guess about.
 */
export function claimDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new Database(path.join(folder, 'in-use.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw new DataFolderBusy();
    throw error;
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}
