// Thumbnails on their way to the disk: nothing that goes wrong there reaches the recorder.

import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Segment } from '../model/footage.ts';
import { newId, type StreamId } from '../model/ids.ts';
import { readThumbnail } from '../segments/thumbnail-file.ts';
import { identityFile, openVolume, type Volume } from '../segments/volume.ts';
import { ThumbnailWriter } from './thumbnail-writer.ts';

const streamId = newId<StreamId>();
const minuteMs = 60_000;

let folder: string;
let volume: Volume;
let complaints: string[];
/** Where the catalog says that the volume lies. */
let whereabouts: () => string | undefined;
let writer: ThumbnailWriter;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookout-thumbnail-writer-'));
  const opened = await openVolume(path.join(folder, 'volume'));
  if (!opened.ok) throw new Error(opened.detail);
  volume = opened.volume;
  complaints = [];
  whereabouts = () => volume.folder;
  const ignore = () => undefined;
  writer = new ThumbnailWriter({
    streamId,
    openSegment: ignore,
    volumeFolder: () => whereabouts(),
    log: { info: ignore, warn: (_: object, words: string) => complaints.push(words), error: ignore },
  });
});
afterEach(() => rm(folder, { recursive: true }));

const pathOf = (startMs: number) => `camera/main/1970/01/01/${startMs}.mp4`;

/** A thumbnail comes, and the segment of its minute is closed. */
async function add(atMs: number): Promise<void> {
  const startMs = atMs - (atMs % minuteMs);
  writer.add({ atMs, bytes: Uint8Array.of(1, 2, 3) });
  const segment: Segment = {
    ...{ streamId, startMs, endMs: startMs + minuteMs, runStartMs: 0, volumeId: volume.id },
    ...{ initId: 1, path: pathOf(startMs), sizeBytes: 1, sha256: new Uint8Array(32) },
  };
  writer.segmentClosed(segment);
  await writer.close();
}
const isKept = async (atMs: number) => {
  const found = await readThumbnail(volume.folder, pathOf(atMs - (atMs % minuteMs)), atMs);
  return found?.atMs === atMs;
};

it('go to the volume of their segment', async () => {
  await add(10_000);
  await add(20_000);
  await add(70_000);
  expect(await Promise.all([10_000, 20_000, 70_000].map(isKept))).toEqual([true, true, true]);
  expect(complaints).toEqual([]);
});

it.each<[string, () => Promise<unknown>]>([
  ['an empty mount point', () => mkdir(volume.folder)],
  ['nothing', async () => undefined],
  ['another volume', () => openVolume(volume.folder)],
])('are left out where %s lies in the place of their volume', async (_, putThere) => {
  await add(10_000);
  const away = `${volume.folder}-away`;
  await rename(volume.folder, away);
  await putThere();
  await add(20_000);
  await add(70_000);
  const left = await readdir(volume.folder, { recursive: true }).catch(() => []);
  expect(left.filter((name) => name !== identityFile)).toEqual([]);
  expect(complaints).toHaveLength(2);
  await rm(volume.folder, { recursive: true, force: true });
  await rename(away, volume.folder);
  await add(130_000);
  expect(await Promise.all([10_000, 130_000].map(isKept))).toEqual([true, true]);
});

it('are left out while the catalog does not say where, and go on with the next segment', async () => {
  whereabouts = () => {
    throw new Error('disk I/O error');
  };
  await add(10_000);
  whereabouts = () => volume.folder;
  await add(70_000);
  expect(await Promise.all([10_000, 70_000].map(isKept))).toEqual([false, true]);
  expect(complaints).toHaveLength(1);
});
