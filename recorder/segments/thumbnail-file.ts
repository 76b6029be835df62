// The thumbnails of a segment: a file of its own, append-only, that lives as long as the segment does.
//
// <volume>/thumbnails/<path of the segment without .mp4>.thumbs = record*
// record = 'LKth':4  wall time, ms:u64  size of the picture:u32  JPEG         (big-endian)
//
// At one picture of 5 to 20 KB per 10 s a segment of a minute has 50 KB beside 30 MB: 0.2 %, too much for the catalog, which is
// copied every quarter of an hour (a month of 32 cameras: 66 GB), and no part of the evidence, so not in the segment's
// own file, whose SHA-256 is of what the camera sent. It is never synced: what a power cut takes from it are pictures that
// the footage still has, and a torn record reads as the end of the file.

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import type { EpochMs } from '../model/clock.ts';
import { codeOf, makeFolders, storeFiles } from './durable.ts';
import { openVolume, type Volume } from './volume.ts';

const folder = 'thumbnails';
const mark = 0x4c4b7468;
const headerBytes = 16;
const fileMode = 0o640;
/** Windows has no such flag. */
const noFollow = constants.O_NOFOLLOW ?? 0;
/** A picture beyond this is none of ours. */
export const thumbnailLimitBytes = 256 * 1024;
/** Records of the longest segment, an hour, at one per 10 s; twice that. */
const recordsLimit = 720;

/** Where the thumbnails of a segment lie below the volume's folder, with `/` on every system. */
export function thumbnailPath(segmentPath: string): string {
  return `${folder}/${segmentPath.replace(/\.mp4$/, '')}.thumbs`;
}

/**
 * Appends a picture to a segment's thumbnails, and makes the file and its folders when it is the first. Fails with an
 * error of the file system; the file may then end with a part of the record, and nothing more may be appended. Fails as well
 * when the volume is not there any more: nothing is made in a mount point that is empty, or on another disk.
 */
export async function appendThumbnail(
  volume: Volume,
  segmentPath: string,
  atMs: EpochMs,
  jpeg: Uint8Array,
): Promise<void> {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(mark, 0);
  header.writeBigUInt64BE(BigInt(atMs), 4);
  header.writeUInt32BE(jpeg.length, 12);
  const file = await openForAppend(volume, thumbnailPath(segmentPath));
  try {
    const { bytesWritten } = await file.writev([header, jpeg]);
    if (bytesWritten < headerBytes + jpeg.length) throw new Error('a thumbnail was not written in full');
  } finally {
    await file.close();
  }
}

/** A file that is there was made on this volume; to look whose folder it is once for each file is enough. */
async function openForAppend({ id, folder: volumeFolder }: Volume, relative: string): Promise<FileHandle> {
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  const name = path.join(volumeFolder, relative);
  const openFile = (create: number) => open(name, O_WRONLY | O_APPEND | create | noFollow, fileMode);
  try {
    return await openFile(0);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const there = await openVolume(volumeFolder, id);
  if (!there.ok) throw new Error(there.detail);
  await makeFolders(storeFiles, volumeFolder, path.posix.dirname(relative));
  return openFile(O_CREAT);
}

export interface Thumbnail {
  readonly atMs: EpochMs;
  readonly jpeg: Uint8Array<ArrayBuffer>;
}

interface FoundRecord {
  readonly atMs: EpochMs;
  readonly pictureAt: number;
  readonly pictureBytes: number;
}

/**
 * The newest thumbnail of a segment that is not after `atMs`; undefined when there is none, or no file. Reads the headers and
 * the one picture. Fails with an error of the file system.
 */
export async function readThumbnail(
  volumeFolder: string,
  segmentPath: string,
  atMs: EpochMs,
): Promise<Thumbnail | undefined> {
  let file: FileHandle;
  try {
    const name = path.join(volumeFolder, thumbnailPath(segmentPath));
    file = await open(name, constants.O_RDONLY | noFollow);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const found = await findRecord(file, atMs);
    if (found === undefined) return undefined;
    const jpeg = new Uint8Array(found.pictureBytes);
    const { bytesRead } = await file.read(jpeg, 0, jpeg.length, found.pictureAt);
    return bytesRead === jpeg.length ? { atMs: found.atMs, jpeg } : undefined;
  } finally {
    await file.close();
  }
}

/** Walks the records, whose times rise; stops at the first that is too late, torn or none. */
async function findRecord(file: FileHandle, atMs: EpochMs): Promise<FoundRecord | undefined> {
  const { size } = await file.stat();
  const header = Buffer.alloc(headerBytes);
  let found: FoundRecord | undefined;
  let at = 0;
  for (let count = 0; count < recordsLimit && at + headerBytes <= size; count++) {
    await file.read(header, 0, headerBytes, at);
    const record = {
      atMs: Number(header.readBigUInt64BE(4)),
      pictureAt: at + headerBytes,
      pictureBytes: header.readUInt32BE(12),
    };
    const endAt = record.pictureAt + record.pictureBytes;
    const isWhole =
      header.readUInt32BE(0) === mark && record.pictureBytes <= thumbnailLimitBytes && endAt <= size;
    if (!isWhole || record.atMs > atMs) break;
    found = record;
    at = endAt;
  }
  return found;
}
