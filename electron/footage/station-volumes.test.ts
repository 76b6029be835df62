// Files that a volume holds without a row: found by every start, however much newer the rows are that were written since.

import { renameSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clocks, systemClocks } from '../../recorder/model/clock.ts';
import { type MadePlace, MadeStationStore, type OpenStore } from './made-station-store.ts';
import { checkStore } from './store-check.ts';

const eveningMs = Date.UTC(2026, 4, 1, 22);
const morningMs = eveningMs + 10 * 3_600_000;

let made: MadeStationStore;
let door: MadePlace;
/** True: every look at the clock finds that too much time has passed for the start to wait. */
let isSlow: boolean;

beforeEach(() => {
  isSlow = false;
  const { monotonic } = systemClocks;
  const elapsedMs: typeof monotonic.elapsedMs = (since) => (isSlow ? 60_000 : monotonic.elapsedMs(since));
  const clocks: Clocks = { ...systemClocks, monotonic: { now: () => monotonic.now(), elapsedMs } };
  made = new MadeStationStore(clocks);
});
afterEach(() => made.remove());

/** Not a constraint, which would be about the row: the catalog itself fails, as it does on a full disk. */
const refusing =
  'CREATE TRIGGER refusing BEFORE INSERT ON segments BEGIN SELECT abs(-9223372036854775807 - 1); END';

const startsOf = (store: OpenStore) => store.rows().map(({ startMs }) => startMs);
const inEvening = [0, 4_000, 8_000].map((ms) => eveningMs + ms);

/** Three segments of an evening; the power went before the last one had its row. */
async function recordEvening(store: OpenStore): Promise<void> {
  await store.record(door, eveningMs, eveningMs + 12_000);
  store.kept.catalog.database.exec(`DELETE FROM segments WHERE start_ms = ${eveningMs + 8_000}`);
  expect(startsOf(store)).toEqual(inEvening.slice(0, 2));
}

const recordMorning = (store: OpenStore) => store.record(door, morningMs, morningMs + 4_000);

async function expectAllRead(store: OpenStore): Promise<void> {
  await expect.poll(() => startsOf(store)).toEqual([...inEvening, morningMs]);
  await expect.poll(() => store.upkeep.storage.overview().reading).toBeUndefined();
  await store.close();
  const { awaited, findings } = await checkStore(made.catalogFile, 'all');
  // A writer by itself tells of no gaps: the fifth rule is the capture's.
  expect(findings.filter(({ rule, broken }) => broken > 0 && rule !== '5')).toEqual([]);
  expect(awaited).toBe(0);
}

it('on a disk that was away while another was recorded on', async () => {
  const first = await made.open();
  door = made.addCamera(first, 'Door');
  const folder = made.beside('second');
  await first.upkeep.storage.addVolume({ name: 'Second', folder });
  const [own] = first.upkeep.storage.volumes();
  if (own === undefined) throw new Error('no volume');
  await first.upkeep.storage.retireVolume(own.id);
  await recordEvening(first);
  await first.close();
  renameSync(folder, `${folder}.away`);

  const second = await made.open();
  await second.upkeep.storage.addVolume({ name: 'First', folder: own.folder });
  await recordMorning(second);
  renameSync(`${folder}.away`, folder);
  const { awaited } = await checkStore(made.catalogFile, 'none');
  expect(awaited).toBe(1);
  await second.upkeep.volumes.look();
  await expectAllRead(second);
});

it('when a start had no time for it, and the station stopped before it was read', async () => {
  const first = await made.open();
  door = made.addCamera(first, 'Door');
  await recordEvening(first);
  await first.close();

  isSlow = true;
  const second = await made.open();
  await second.upkeep.stop();
  isSlow = false;
  await recordMorning(second);
  await second.close();
  await expectAllRead(await made.open());
});

it('when the catalog did not take its row at a start', async () => {
  const first = await made.open();
  door = made.addCamera(first, 'Door');
  await recordEvening(first);
  first.kept.catalog.database.exec(refusing);
  await first.close();

  const second = await made.open();
  await second.upkeep.stop();
  second.kept.catalog.database.exec('DROP TRIGGER refusing');
  await recordMorning(second);
  await second.close();
  await expectAllRead(await made.open());
});

it('when the catalog took no rows for a while, without a restart', async () => {
  const store = await made.open();
  door = made.addCamera(store, 'Door');
  store.kept.catalog.database.exec(refusing);
  const losses = await store.record(door, eveningMs, eveningMs + 12_000);
  expect(losses).toEqual([]);
  store.kept.catalog.database.exec('DROP TRIGGER refusing');
  await recordMorning(store);
  await store.upkeep.volumes.look();
  await expectAllRead(store);
});
