// A catalog made anew by hand while not everything can be read: the station takes in the rest when it finds it.

import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dayMs, systemClocks } from '../../recorder/model/clock.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import { migrationsFolder } from '../catalog/made-catalog.ts';
import { openCatalog } from '../catalog/open.ts';
import { MadeStationStore, type RowSummary } from './made-station-store.ts';
import { silentLog } from './made-upkeep.ts';
import { type RebuildReport, rebuildCatalog } from './rebuild.ts';
import { VolumesToRead } from './volumes-to-read.ts';

const beganMs = Date.UTC(2026, 5, 1);

let made: MadeStationStore;
let second: string;
let ids: VolumeId[];
let before: RowSummary[];

/** A camera with a day on one volume, and the next on another. */
beforeEach(async () => {
  made = new MadeStationStore();
  second = made.beside('second');
  const store = await made.open();
  const { storage } = store.upkeep;
  const place = made.addCamera(store, 'Yard');
  await store.record(place, beganMs, beganMs + 8_000);
  await storage.addVolume({ name: 'Second', folder: second });
  ids = storage.volumes().map(({ id }) => id);
  const [first] = ids;
  if (first === undefined) throw new Error('no volume');
  await storage.retireVolume(first);
  await store.record(place, beganMs + dayMs, beganMs + dayMs + 8_000);
  before = store.rows();
  await store.close();
  rmSync(path.dirname(made.catalogFile), { recursive: true });
});
afterEach(() => made.remove());

function rebuild(onProgress = () => {}): Promise<RebuildReport> {
  const { dataFolder } = made;
  const options = { dataFolder, volumes: [], migrationsFolder, clocks: systemClocks, log: silentLog };
  return rebuildCatalog({ ...options, onProgress });
}

/** Those on the list, by their place in `ids`. */
function toBeRead(): number[] {
  const catalog = openCatalog(made.catalogFile, { migrationsFolder });
  const list = new VolumesToRead(catalog);
  const found = ids.flatMap((id, index) => (list.has(id) ? [index] : []));
  catalog.close();
  return found;
}

it('leaves a volume that is away to be read when it comes back', async () => {
  renameSync(second, `${second}.away`);
  expect(await rebuild()).toMatchObject({ segments: 2, missing: [second] });
  expect(toBeRead()).toEqual([1]);
  const store = await made.open();
  expect(store.rows()).toHaveLength(2);
  renameSync(`${second}.away`, second);
  await store.upkeep.volumes.look();
  await expect.poll(() => store.rows()).toEqual(before);
  await store.close();
  expect(toBeRead()).toEqual([]);
});

it('takes each volume for read only when it was read through', async () => {
  const seen: number[][] = [];
  expect(await rebuild(() => seen.push(toBeRead()))).toMatchObject({ segments: 4, left: [] });
  expect(seen).toEqual([[0, 1], [0, 1], [1], [1]]);
  expect(toBeRead()).toEqual([]);
});
