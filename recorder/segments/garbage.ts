// The delete procedure from its step 2 on: files that left the ledger leave the disk, and only then the garbage list.

import path from 'node:path';
import { codeOf, type StoreFiles } from './durable.ts';
import type { FootageLedger } from './ledger.ts';
import { thumbnailPath } from './thumbnail-file.ts';
import type { Volume } from './volume.ts';

/** Of `<camera>/<role>/<YYYY>/<MM>/<DD>` the last three are taken away when nothing is left in them. */
const foldersOfTime = 3;

/** A file that the disk does not give up, and why. */
export interface StuckFile {
  readonly path: string;
  readonly error: unknown;
}

export interface FinishedGarbage {
  /** How many rows were dropped. */
  readonly unlinked: number;
  /** What stays on the list, to be unlinked next time. */
  readonly stuck: readonly StuckFile[];
}

/**
 * Unlinks every file of the volume's garbage list, past those that the disk does not give up; one that is gone already
 * counts as unlinked. Fails with an error of the ledger alone.
 */
export async function finishGarbage(
  files: StoreFiles,
  volume: Volume,
  ledger: FootageLedger,
): Promise<FinishedGarbage> {
  const byFolder = Map.groupBy(ledger.listGarbage(volume.id), (relative) => path.posix.dirname(relative));
  const unlinked: string[] = [];
  const stuck: StuckFile[] = [];
  try {
    for (const [folder, relatives] of byFolder) {
      const gone: string[] = [];
      for (const relative of relatives) {
        try {
          // Step 2: unlink.
          await files.unlink(path.join(volume.folder, relative)).catch(unlessMissing);
          await files.unlink(path.join(volume.folder, thumbnailPath(relative))).catch(unlessMissing);
          gone.push(relative);
        } catch (error) {
          stuck.push({ path: relative, error });
        }
      }
      try {
        // Step 3: directory synced.
        await files.syncFolder(path.join(volume.folder, folder)).catch(unlessMissing);
        unlinked.push(...gone);
      } catch (error) {
        stuck.push(...gone.map((relative) => ({ path: relative, error })));
      }
      await removeEmptyFolders(files, volume, folder);
      await removeEmptyFolders(files, volume, path.posix.dirname(thumbnailPath(`${folder}/x.mp4`)));
    }
  } finally {
    // Step 4: garbage rows dropped.
    if (unlinked.length > 0) ledger.dropGarbage(volume.id, unlinked);
  }
  return { unlinked: unlinked.length, stuck };
}

/** Tidies up; a folder that stays for whatever reason does no harm. */
async function removeEmptyFolders(files: StoreFiles, volume: Volume, folder: string): Promise<void> {
  let relative = folder;
  for (let level = 0; level < foldersOfTime; level += 1) {
    try {
      await files.removeFolder(path.join(volume.folder, relative));
    } catch {
      return;
    }
    relative = path.posix.dirname(relative);
  }
}

function unlessMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
