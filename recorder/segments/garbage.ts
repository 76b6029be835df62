// The delete procedure from its step 2 on: files that left the ledger leave the disk, and only then the garbage list.

import path from 'node:path';
import { codeOf, type StoreFiles } from './durable.ts';
import type { FootageLedger } from './ledger.ts';
import { thumbnailPath } from './thumbnail-file.ts';
import type { Volume } from './volume.ts';

/** Of `<camera>/<role>/<YYYY>/<MM>/<DD>` the last three are taken away when nothing is left in them. */
const foldersOfTime = 3;

/** So many files that a disk does not give up are the disk's doing: the rest of what may be a long list is not tried. */
const giveUpAfter = 32;

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
  /** What stays on it untried. */
  readonly left: readonly string[];
}

export interface GarbageOptions {
  /** True when nobody can wait any longer: the rest is left. */
  readonly isLate?: (() => boolean) | undefined;
  /** What was stuck the last time comes last, so that it is not all that is ever tried. */
  readonly stuckBefore?: ReadonlySet<string> | undefined;
}

/**
 * Unlinks the files of the volume's garbage list, past those that the disk does not give up, as long as these are few; one
 * that is gone already counts as unlinked. Fails with an error of the ledger alone.
 */
export async function finishGarbage(
  files: StoreFiles,
  volume: Volume,
  ledger: FootageLedger,
  { isLate, stuckBefore }: GarbageOptions = {},
): Promise<FinishedGarbage> {
  const listed = Object.groupBy(ledger.listGarbage(volume.id), (relative) =>
    stuckBefore?.has(relative) === true ? 'later' : 'now',
  );
  const byFolder = Map.groupBy([...(listed.now ?? []), ...(listed.later ?? [])], (relative) =>
    path.posix.dirname(relative),
  );
  const unlinked: string[] = [];
  const stuck: StuckFile[] = [];
  const left: string[] = [];
  const isOver = () => stuck.length >= giveUpAfter || isLate?.() === true;
  try {
    for (const [folder, relatives] of byFolder) {
      const gone: string[] = [];
      for (const relative of relatives) {
        if (isOver()) left.push(relative);
        else {
          // Step 2: unlink.
          const error = await unlink(files, volume, relative);
          if (error === undefined) gone.push(relative);
          else stuck.push({ path: relative, error });
        }
      }
      if (gone.length === 0) continue;
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
  return { unlinked: unlinked.length, stuck, left };
}

/** Undefined when neither the file nor its thumbnails are there any more; else what the disk said. */
async function unlink(files: StoreFiles, volume: Volume, relative: string): Promise<unknown> {
  try {
    await files.unlink(path.join(volume.folder, relative)).catch(unlessMissing);
    await files.unlink(path.join(volume.folder, thumbnailPath(relative))).catch(unlessMissing);
    return undefined;
  } catch (error) {
    return error ?? new Error('not unlinked');
  }
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
