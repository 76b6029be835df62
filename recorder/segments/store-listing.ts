// Lists what lies in a stream's folders, by day, telling the store's own files from everything else.

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { EpochMs } from '../model/clock.ts';
import { codeOf } from './durable.ts';
import type { StreamPlace } from './ledger.ts';
import { dayFolder, segmentPath, startOfName, streamFolder } from './segment-path.ts';

/** Paths below the volume's folder. */
export interface DayListing {
  /** Folders of days, the oldest first. */
  readonly days: readonly string[];
  /** What else lies among them, links among it. */
  readonly foreign: readonly string[];
}

export interface ListedSegment {
  readonly path: string;
  readonly startMs: EpochMs;
}

export interface FileListing {
  /** Files that lie and are named as segments are, the oldest first. */
  readonly segments: readonly ListedSegment[];
  readonly foreign: readonly string[];
}

const year = /^\d{4}$/;
const twoDigits = /^\d\d$/;

/**
 * The days from the one of `fromMs` on. Links are never followed, neither to files nor to folders.
 * A stream without a folder has no days. Fails with an error of the file system.
 */
export async function listDays(
  volumeFolder: string,
  place: StreamPlace,
  fromMs: EpochMs,
): Promise<DayListing> {
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
    folders = below.toSorted();
  }
  return { days: folders, foreign };
}

/** What lies in the folder of a day. Fails with an error of the file system. */
export async function listDay(volumeFolder: string, place: StreamPlace, day: string): Promise<FileListing> {
  const segments: ListedSegment[] = [];
  const foreign: string[] = [];
  for (const entry of await entriesOf(volumeFolder, day)) {
    const relative = `${day}/${entry.name}`;
    const startMs = startOfName(entry.name);
    const isSegment = entry.isFile() && startMs !== undefined && segmentPath(place, startMs) === relative;
    if (isSegment) segments.push({ path: relative, startMs });
    else foreign.push(relative);
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
