// The quarantine: where a volume keeps what lies in its store and cannot stay there. Nothing in it is ever deleted.

import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, makeFolders, type StoreFiles } from './durable.ts';
import { openVolume, type Volume } from './volume.ts';

export const quarantineFolder = 'quarantine';

/** How many files of one name quarantine holds before it gives up. */
const sameNameLimit = 1_000;

/**
 * Moves what lies at `relative` (a file, a folder, or a link itself, never what it points to) into the quarantine of
 * its volume, durably. Its new name tells where it came from. Returns the new path below the volume's folder.
 * Fails with an error of the file system, or when the volume is not there any more: nothing is made in a mount point that
 * is empty, or on another disk. Then it still lies where it was.
 */
export async function quarantine(files: StoreFiles, volume: Volume, relative: string): Promise<string> {
  const there = await openVolume(volume.folder, volume.id);
  if (!there.ok) throw new Error(there.detail);
  const folder = await makeFolders(files, volume.folder, quarantineFolder);
  const name = await freeName(folder, relative.replaceAll('/', '_'));
  const from = path.join(volume.folder, relative);
  await files.rename(from, path.join(folder, name));
  await files.syncFolder(folder);
  await files.syncFolder(path.dirname(from));
  return `${quarantineFolder}/${name}`;
}

async function freeName(folder: string, wanted: string): Promise<string> {
  for (let count = 0; count < sameNameLimit; count += 1) {
    const name = count === 0 ? wanted : `${wanted}.${count}`;
    try {
      await lstat(path.join(folder, name));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return name;
      throw error;
    }
  }
  throw new Error(`${wanted} is in quarantine ${sameNameLimit} times`);
}
