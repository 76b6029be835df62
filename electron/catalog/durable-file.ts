// Small files beside the catalog that are on the disk when the call returns: start-up waits for them, so they block.

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Written aside, synced, renamed, its folder synced: there is the old file or the new one, never a part. */
export function writeDurably(file: string, text: string): void {
  const aside = `${file}.new`;
  const handle = openSync(aside, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, file);
  syncFolder(path.dirname(file));
}

/** It may be gone already. */
export function removeDurably(file: string): void {
  rmSync(file, { force: true });
  syncFolder(path.dirname(file));
}

/** Entries made, renamed or removed in the folder are on the disk afterwards. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder; its file systems journal the change themselves.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
