// The store's file operations with a hand on each, for tests: to count them, to let one fail, to stop before one.

import type { StoreFile, StoreFiles } from './durable.ts';
import { storeFiles } from './durable.ts';

export type FileOperation = keyof StoreFiles | 'write' | 'truncate' | 'sync' | 'syncData' | 'close';

export interface Touch {
  readonly operation: FileOperation;
  readonly path: string;
}

/**
 * Called before each operation that changes the disk. What it throws is what the operation fails with, nothing done;
 * a number lets a write get only so many bytes out before the disk is full.
 */
export type Hand = (touch: Touch) => number | void | Promise<number | void>;

/** An error as Node gives it for a code of the file system. */
export function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: made up`), { code });
}

export function handledFiles(hand: Hand, opened: StoreFile[] = []): StoreFiles {
  const handed = (file: StoreFile, path: string): StoreFile => {
    opened.push(file);
    return handledFile(file, path, hand);
  };
  return {
    create: async (path) => {
      await hand({ operation: 'create', path });
      return handed(await storeFiles.create(path), path);
    },
    openExisting: async (path) => {
      await hand({ operation: 'openExisting', path });
      return handed(await storeFiles.openExisting(path), path);
    },
    makeFolder: async (path) => {
      await hand({ operation: 'makeFolder', path });
      return storeFiles.makeFolder(path);
    },
    syncFolder: async (path) => {
      await hand({ operation: 'syncFolder', path });
      return storeFiles.syncFolder(path);
    },
    rename: async (from, to) => {
      await hand({ operation: 'rename', path: from });
      return storeFiles.rename(from, to);
    },
    unlink: async (path) => {
      await hand({ operation: 'unlink', path });
      return storeFiles.unlink(path);
    },
    removeFolder: async (path) => {
      await hand({ operation: 'removeFolder', path });
      return storeFiles.removeFolder(path);
    },
  };
}

function handledFile(file: StoreFile, path: string, hand: Hand): StoreFile {
  return {
    write: async (pieces, atBytes) => {
      let room: number | void;
      try {
        room = await hand({ operation: 'write', path });
      } catch (error) {
        return { writtenBytes: 0, error };
      }
      if (typeof room !== 'number') return file.write(pieces, atBytes);
      const fitting = Buffer.concat(pieces).subarray(0, room);
      const { writtenBytes } = await file.write([fitting], atBytes);
      return { writtenBytes, error: fileError('ENOSPC') };
    },
    read: (buffer, atBytes) => file.read(buffer, atBytes),
    truncate: async (sizeBytes) => {
      await hand({ operation: 'truncate', path });
      return file.truncate(sizeBytes);
    },
    sync: async () => {
      await hand({ operation: 'sync', path });
      return file.sync();
    },
    syncData: async () => {
      await hand({ operation: 'syncData', path });
      return file.syncData();
    },
    isNamed: () => file.isNamed(),
    close: async () => {
      await hand({ operation: 'close', path });
      return file.close();
    },
  };
}
