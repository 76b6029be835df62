// File operations that are on the disk when they return, behind a port, so that a test can stop after each of them.

import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';

/** A file being written. Nothing here is retried: after a failed sync the pages may be gone and marked clean. */
export interface StoreFile {
  /** Writes all pieces from `atBytes` on; returns how many bytes were written, which on a full disk is fewer. */
  write(pieces: readonly Uint8Array[], atBytes: number): Promise<WriteResult>;
  /** Reads up to `buffer.length` bytes from `atBytes` on; 0 at the end. */
  read(buffer: Uint8Array, atBytes: number): Promise<number>;
  truncate(sizeBytes: number): Promise<void>;
  sync(): Promise<void>;
  /** Without the times of the file: enough for what is still growing. */
  syncData(): Promise<void>;
  /** False once its name was deleted: what is written then is gone when it is closed. */
  isNamed(): Promise<boolean>;
  close(): Promise<void>;
}

export interface WriteResult {
  readonly writtenBytes: number;
  /** Why it is fewer than all, if it is. */
  readonly error: unknown;
}

/** What the store does to a disk. Paths are absolute, in the system's spelling; errors are Node's, with their `code`. */
export interface StoreFiles {
  /** Makes a file that is not there yet (else EEXIST), open for writing. */
  create(file: string): Promise<StoreFile>;
  /** Opens a file that is there, for reading and cutting; a link is refused (ELOOP). */
  openExisting(file: string): Promise<StoreFile>;
  /** Makes one folder; false when it is there already. A link in its place is refused (ENOTDIR). */
  makeFolder(folder: string): Promise<boolean>;
  /** Entries made, renamed or unlinked in the folder are on the disk afterwards. */
  syncFolder(folder: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(file: string): Promise<void>;
  /** Takes an empty folder away; fails (ENOTEMPTY) when something lies in it. */
  removeFolder(folder: string): Promise<void>;
}

/** Footage is for the account that records it, and for its group to read. */
const fileMode = 0o640;
const folderMode = 0o750;

export const storeFiles: StoreFiles = {
  create: async (file) => new NodeStoreFile(await open(file, 'wx+', fileMode)),
  openExisting: async (file) =>
    new NodeStoreFile(await open(file, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0))),
  makeFolder: async (folder) => {
    try {
      await mkdir(folder, { mode: folderMode });
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if ((await lstat(folder)).isDirectory()) return false;
    throw Object.assign(new Error(`not a folder: ${folder}`), { code: 'ENOTDIR' });
  },
  syncFolder: async (folder) => {
    // Windows opens no folder for syncing; NTFS logs its changes by itself.
    if (process.platform === 'win32') return;
    const handle = await open(folder, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
  unlink,
  removeFolder: rmdir,
};

class NodeStoreFile implements StoreFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(pieces: readonly Uint8Array[], atBytes: number): Promise<WriteResult> {
    const left = [...pieces];
    let writtenBytes = 0;
    while (left.length > 0) {
      try {
        const { bytesWritten } = await this.#handle.writev(left, atBytes + writtenBytes);
        writtenBytes += bytesWritten;
        dropWritten(left, bytesWritten);
      } catch (error) {
        return { writtenBytes, error };
      }
    }
    return { writtenBytes, error: undefined };
  }

  async read(buffer: Uint8Array, atBytes: number): Promise<number> {
    return (await this.#handle.read(buffer, 0, buffer.length, atBytes)).bytesRead;
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#handle.truncate(sizeBytes);
  }

  sync(): Promise<void> {
    return this.#handle.sync();
  }

  syncData(): Promise<void> {
    return this.#handle.datasync();
  }

  async isNamed(): Promise<boolean> {
    return (await this.#handle.stat()).nlink > 0;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Takes the first `bytes` bytes off a list of pieces: a write to a disk that fills up stops anywhere. */
function dropWritten(pieces: Uint8Array[], bytes: number): void {
  let left = bytes;
  for (let first = pieces[0]; first !== undefined; first = pieces[0]) {
    if (left < first.length) {
      pieces[0] = first.subarray(left);
      return;
    }
    left -= first.length;
    pieces.shift();
  }
}

/** The `code` of an error of the file system, e.g. `ENOSPC`; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Makes the folders of `relative` (with `/`) below `root`, each on the disk in its parent before the next is made.
 * A link in place of a folder is refused (ENOTDIR): the store never writes through one.
 */
export async function makeFolders(files: StoreFiles, root: string, relative: string): Promise<string> {
  let folder = root;
  for (const name of relative.split('/')) {
    const parent = folder;
    folder = path.join(parent, name);
    if (await files.makeFolder(folder)) await files.syncFolder(parent);
  }
  return folder;
}

/** Puts a small file into a folder, or another in its place: afterwards there is the old one or the new one, on the disk. */
export async function replaceFile(
  files: StoreFiles,
  folder: string,
  name: string,
  text: string,
): Promise<void> {
  const draft = path.join(folder, `${name}.new`);
  await files.unlink(draft).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  const file = await files.create(draft);
  try {
    const { error } = await file.write([new TextEncoder().encode(text)], 0);
    if (error !== undefined) throw error;
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(draft, path.join(folder, name));
  await files.syncFolder(folder);
}

/** Close steps 2 and 3 of the store: the file is on the disk, then its name. Either failing is final for this file. */
export async function makeDurable(files: StoreFiles, file: StoreFile, folder: string): Promise<void> {
  // Step 2: file synced.
  await file.sync();
  // Step 3: directory synced.
  await files.syncFolder(folder);
  // Without a name there is nothing that a row could mean (store invariant 1).
  if (!(await file.isNamed())) throw new Error('the file was deleted while it was written');
}
