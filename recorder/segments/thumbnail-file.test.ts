// Thumbnail files: what is appended is found by time, and a torn end costs only itself.

import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendThumbnail, readThumbnail, thumbnailPath } from './thumbnail-file.ts';
import { openVolume } from './volume.ts';

const segment = 'camera/main/2026/11/21/1000.mp4';
let volume: string;
let add: (atMs: number, value: number) => Promise<void>;
beforeEach(async () => {
  volume = await mkdtemp(path.join(tmpdir(), 'lookout-thumbnails-'));
  const opened = await openVolume(volume);
  if (!opened.ok) throw new Error(opened.detail);
  add = (atMs, value) => appendThumbnail(opened.volume, segment, atMs, picture(value));
});
afterEach(() => rm(volume, { recursive: true }));

const picture = (value: number) => new Uint8Array(100 + value).fill(value);
const file = () => path.join(volume, thumbnailPath(segment));
const find = (atMs: number) => readThumbnail(volume, segment, atMs);

describe('a thumbnail file', () => {
  it('lies beside the footage and not in it', () => {
    expect(thumbnailPath(segment)).toBe('thumbnails/camera/main/2026/11/21/1000.thumbs');
  });

  it('gives the newest picture at or before a moment', async () => {
    await add(1_000, 1);
    await add(11_000, 2);
    await add(21_000, 3);
    expect(await find(999)).toBeUndefined();
    expect(await find(1_000)).toEqual({ atMs: 1_000, jpeg: picture(1) });
    expect(await find(20_999)).toEqual({ atMs: 11_000, jpeg: picture(2) });
    expect(await find(1e12)).toEqual({ atMs: 21_000, jpeg: picture(3) });
  });

  it('that is not there has none', async () => {
    expect(await find(1_000)).toBeUndefined();
  });

  it('cut anywhere gives what is whole', async () => {
    await add(1_000, 1);
    await add(11_000, 2);
    const { length } = await readFile(file());
    for (const size of [length - 1, length - picture(2).length, length - picture(2).length - 10]) {
      await truncate(file(), size);
      expect(await find(1e12)).toEqual({ atMs: 1_000, jpeg: picture(1) });
    }
    await truncate(file(), 30);
    expect(await find(1e12)).toBeUndefined();
  });

  it('of something else gives nothing', async () => {
    await mkdir(path.dirname(file()), { recursive: true });
    await writeFile(file(), new Uint8Array(500).fill(255));
    expect(await find(1e12)).toBeUndefined();
  });

  it('is never reached over a link', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'lookout-outside-'));
    try {
      await symlink(outside, path.join(volume, 'thumbnails'));
      await expect(add(1_000, 1)).rejects.toMatchObject({ code: 'ENOTDIR' });
      await rm(path.join(volume, 'thumbnails'));
      await add(1_000, 1);
      await rm(file());
      await symlink(path.join(outside, 'other'), file());
      await expect(add(2_000, 2)).rejects.toMatchObject({ code: 'ELOOP' });
      await expect(find(2_000)).rejects.toMatchObject({ code: 'ELOOP' });
    } finally {
      await rm(outside, { recursive: true });
    }
  });
});
