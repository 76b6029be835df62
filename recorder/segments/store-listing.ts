// Lists what lies in a stream's folders from a day on, telling the store's own files from everything else.

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { EpochMs } from '../model/clock.ts';
import { codeOf } from './durable.ts';
import type { StreamPlace } from './ledger.ts';
import { dayFolder, segmentPath, startOfName, streamFolder } from './segment-path.ts';

export interface StoreListing {
  /** Files that lie and are named as segments are, the oldest first. */
  readonly segments: readonly { readonly path: string; readonly startMs: EpochMs }[];
  /** Everything else, links among it; below the volume's folder. */
  readonly foreign: readonly string[];
}

const year = /^\d{4}$/;
const twoDigits = /^\d\d$/;

/**
 * Looks at the days from the one of `fromMs` on. Links are never followed, neither to files nor to folders.
 * A stream without a folder has no files. Fails with an error of the file system.
 */
export async function listStream(
  volumeFolder: string,
  place: StreamPlace,
  fromMs: EpochMs,
): Promise<StoreListing> {
  const firstDay = dayFolder(place, fromMs);
  const foreign: string[] = [];
  let folders = [streamFolder(place)];
  for (const level of [year, twoDigits, twoDigits]) {
    const below: string[] = [];
    for (const folder of folders) {
      for (const entry of await entriesOf(volumeFolder, folder)) {
        const relative = `${folder}/${entry.name}`;
        if (!entry.isDirectory() || !level.test(entry.name)) foreign.push(relative);
        else if (relative >= firstDay.slice(0, relative.length)) below.push(relative);
      }
    }
    folders = below;
  }
  const segments: StoreListing['segments'][number][] = [];
  for (const folder of folders) {
    for (const entry of await entriesOf(volumeFolder, folder)) {
      const relative = `${folder}/${entry.name}`;
      const startMs = startOfName(entry.name);
      const isSegment = entry.isFile() && startMs !== undefined && segmentPath(place, startMs) === relative;
      if (isSegment) segments.push({ path: relative, startMs });
      else foreign.push(relative);
    }
  }
  segments.sort((one, other) => one.startMs - other.startMs);
  return { segments, foreign };
}

async function entriesOf(volumeFolder: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(path.join(volumeFolder, folder), { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
