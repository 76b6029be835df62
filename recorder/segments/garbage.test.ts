// How much of a long garbage list is tried at once, and what is tried again.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type StoreFiles, storeFiles } from './durable.ts';
import { finishGarbage } from './garbage.ts';
import { MadeStore } from './made-store.ts';

let store: MadeStore;
beforeEach(async () => {
  store = await MadeStore.make();
});
afterEach(() => store.remove());

/** Deleted files that are gone already, three to a folder. */
function throwAway(count: number): string[] {
  const paths = Array.from(
    { length: count },
    (_, file) => `camera/main/2026/05/${Math.floor(file / 3)}/${file}.mp4`,
  );
  store.ledger.garbage.push(...paths.map((path) => ({ volumeId: store.volume.id, path })));
  return paths;
}

/** Counts what is tried; files whose name `isHeld` are not given up. */
function disk(isHeld: (file: string) => boolean): { files: StoreFiles; tried: string[] } {
  const tried: string[] = [];
  const unlink = async (file: string) => {
    tried.push(file);
    if (isHeld(file)) throw Object.assign(new Error('read-only file system'), { code: 'EROFS' });
    await storeFiles.unlink(file);
  };
  return { files: { ...storeFiles, unlink }, tried };
}

it('a disk that gives nothing up is not asked for each file of a long list', async () => {
  const paths = throwAway(1_000);
  const { files, tried } = disk(() => true);
  const { unlinked, stuck, left } = await finishGarbage(files, store.volume, store.ledger);
  expect(unlinked).toBe(0);
  expect(tried).toHaveLength(32);
  expect([...stuck.map(({ path }) => path), ...left]).toEqual(paths);
  expect(store.ledger.garbage).toHaveLength(1_000);
});

it('what there is no time for stays on the list, and is unlinked the next time', async () => {
  const paths = throwAway(10);
  const { files, tried } = disk(() => false);
  const isLate = () => tried.length >= 8;
  const late = await finishGarbage(files, store.volume, store.ledger, { isLate });
  // Two files each: the footage and its thumbnails.
  expect(late).toEqual({ unlinked: 4, stuck: [], left: paths.slice(4) });
  expect(await finishGarbage(files, store.volume, store.ledger)).toMatchObject({ unlinked: 6, left: [] });
  expect(store.ledger.garbage).toEqual([]);
});
