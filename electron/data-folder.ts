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

/** What the system says of a folder that cannot be made, entered or written; SQLite's word is that of the lock file. */
const unusableCodes: ReadonlySet<unknown> = new Set([
  ...['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENAMETOOLONG', 'ELOOP', 'ENOSPC', 'EDQUOT'],
  ...['SQLITE_CANTOPEN', 'SQLITE_READONLY'],
]);

/** Why there is no station in this data folder, for whoever chose it; undefined when it is not about the folder. */
export function explainDataFolder(error: unknown, folder: string): string | undefined {
  if (error instanceof DataFolderBusy)
    return `${error.message} Stop it first, or choose another with --data.`;
  if (!(error instanceof Error) || !('code' in error) || !unusableCodes.has(error.code)) return undefined;
  // SQLite names no path; its one file that is opened outside of the catalog's own errors is the lock.
  const isAbout = 'path' in error ? areRelated(String(error.path), folder) : !('syscall' in error);
  return isAbout
    ? `The data folder ${folder} cannot be used: ${error.message}. Choose another with --data.`
    : undefined;
}

/** One lies in the other: what is no folder may stand further up. */
function areRelated(one: string, other: string): boolean {
  const lies = (inner: string, outer: string) => `${inner}${path.sep}`.startsWith(`${outer}${path.sep}`);
  return lies(one, other) || lies(other, one);
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
