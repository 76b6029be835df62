// Several volumes: which are used, what happens when one goes, fills up, fails or comes back.
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VolumeId } from '../model/ids.ts';
import { fileError, handledFiles } from './made-files.ts';
import { film, firstDayMs, init, MadeClocks, MadeStore, silentLog } from './made-store.ts';
import { recoverVolume } from './recovery.ts';
import { openVolume, type Volume } from './volume.ts';
import { type Room, Volumes } from './volumes.ts';

let parent: string;
let one: Volume;
let other: Volume;
let clocks: MadeClocks;
let rooms: Map<VolumeId, Room | Promise<Room>>;
let prepared: VolumeId[];
let volumes: Volumes;

const room = (freeBytes: number): Room => ({ freeBytes, totalBytes: 10_000 });

async function made(name: string): Promise<Volume> {
  const opened = await openVolume(path.join(parent, name));
  if (!opened.ok) throw new Error(opened.detail);
  return opened.volume;
}

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'lookout-volumes-'));
  one = await made('one');
  other = await made('other');
  clocks = new MadeClocks();
  rooms = new Map([
    [one.id, room(5_000)],
    [other.id, room(3_000)],
  ]);
  prepared = [];
  volumes = new Volumes({
    clocks,
    log: silentLog,
    prepare: async ({ id }) => prepared.push(id),
    readRoom: async (folder) => (await rooms.get(folder === one.folder ? one.id : other.id)) ?? room(0),
  });
  for (const volume of [one, other]) volumes.know({ ...volume, isRetired: false });
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const chosen = async (before?: VolumeId) => {
  const choice = await volumes.choose(before);
  return choice.ok ? choice.volume.id : choice.reason;
};

describe('volumes', () => {
  it('are prepared once before anything goes to them', async () => {
    expect(await chosen()).toBe(one.id);
    expect(await chosen(one.id)).toBe(one.id);
    expect(prepared.toSorted()).toEqual([one.id, other.id].toSorted());
  });

  it.each([
    ['gone', async () => rename(one.folder, `${one.folder}-away`), 'missing'],
    ['empty', async () => rm(path.join(one.folder, '.lookout-volume.json')), 'missing'],
    [
      'swapped',
      async () =>
        writeFile(path.join(one.folder, '.lookout-volume.json'), JSON.stringify({ volume: other.id })),
      'swapped',
    ],
  ] as const)('one that is %s is refused, and the other taken', async (_, change, state) => {
    await volumes.look();
    await change();
    expect(await chosen(one.id)).toBe(other.id);
    expect(volumes.status().map((status) => status.state)).toEqual([state, 'ready']);
  });

  it('one that comes back is prepared again, and used by itself', async () => {
    await volumes.look();
    await rename(one.folder, `${one.folder}-away`);
    expect(await chosen(one.id)).toBe(other.id);
    await rename(`${one.folder}-away`, one.folder);
    prepared = [];
    await volumes.look();
    expect(prepared).toEqual([one.id]);
    expect(await chosen(other.id)).toBe(one.id);
  });

  it('one that comes back is not blamed for what it refused while it was gone', async () => {
    await volumes.look();
    await rename(one.folder, `${one.folder}-away`);
    volumes.refused(one.id, 'disk-error');
    await volumes.look();
    await rename(`${one.folder}-away`, one.folder);
    await volumes.look();
    expect(volumes.status().map(({ state, refusal }) => [state, refusal])).toEqual([
      ['ready', undefined],
      ['ready', undefined],
    ]);
  });

  it('the only one that comes back is used with the next segment, not with the next look', async () => {
    volumes.know({ ...other, isRetired: true });
    await volumes.look();
    await rename(one.folder, `${one.folder}-away`);
    expect(await chosen()).toBe('volume-missing');
    await rename(`${one.folder}-away`, one.folder);
    expect(await chosen()).toBe(one.id);
  });

  it('one whose preparing fails is not used', async () => {
    volumes = new Volumes({
      clocks,
      log: silentLog,
      prepare: async ({ id }) => {
        if (id === one.id) throw new Error('made up');
      },
      readRoom: async () => room(1_000),
    });
    for (const volume of [one, other]) volumes.know({ ...volume, isRetired: false });
    expect(await chosen()).toBe(other.id);
    expect(volumes.status()[0]).toMatchObject({ state: 'unreadable', detail: 'made up' });
  });

  it('go on when whoever is told of a change fails: a writer has found it out', async () => {
    const failed: object[] = [];
    volumes = new Volumes({
      clocks,
      log: { ...silentLog, error: (fields) => failed.push(fields) },
      readRoom: async () => room(1_000),
      onChange: () => {
        throw new Error('disk I/O error');
      },
    });
    for (const volume of [one, other]) volumes.know({ ...volume, isRetired: false });
    expect(await chosen(one.id)).toBe(one.id);
    volumes.refused(one.id, 'disk-error');
    expect(await chosen(one.id)).toBe(other.id);
    expect(failed).toEqual(Array.from({ length: 3 }, () => ({ err: new Error('disk I/O error') })));
  });

  it('a disk that does not answer holds up nobody for longer than its limit, and is asked once', async () => {
    let asked = 0;
    volumes = new Volumes({
      clocks,
      log: silentLog,
      readRoom: (folder) => {
        if (folder !== one.folder) return Promise.resolve(room(1_000));
        asked += 1;
        return new Promise(() => undefined);
      },
    });
    for (const volume of [one, other]) volumes.know({ ...volume, isRetired: false });
    for (let look = 0; look < 3; look += 1) {
      const looked = volumes.look();
      await expect.poll(() => clocks.timerCount).toBe(1);
      clocks.pass(10_000);
      await looked;
    }
    expect(asked).toBe(1);
    expect(await chosen()).toBe(other.id);
  });

  it('one that refused footage rests for half a minute, or until room was made', async () => {
    await volumes.look();
    volumes.refused(one.id, 'disk-error');
    expect(await chosen(one.id)).toBe(other.id);
    expect(volumes.status()[0]?.refusal).toBe('disk-error');
    clocks.pass(30_000);
    expect(volumes.status()[0]?.refusal).toBeUndefined();
    rooms.set(other.id, room(0));
    expect(await chosen(other.id)).toBe(one.id);
    volumes.refused(one.id, 'disk-full');
    volumes.relieved(one.id);
    expect(volumes.status()[0]?.refusal).toBeUndefined();
  });

  it('says that disks are full when none is above its floor', async () => {
    volumes.setReserve(one.id, 4_000);
    volumes.setReserve(other.id, 4_000);
    await volumes.look();
    rooms.set(one.id, room(999));
    rooms.set(other.id, room(1_000));
    expect(await chosen(one.id)).toBe(other.id);
    rooms.set(other.id, room(999));
    expect(await chosen(one.id)).toBe('disk-full');
  });
});

describe('a writer with two volumes', () => {
  let store: MadeStore;
  beforeEach(async () => {
    store = await MadeStore.make();
    store.volumes.know({ ...other, isRetired: false });
    store.rooms.set(store.volume.folder, room(5_000));
    store.rooms.set(other.folder, room(3_000));
  });
  afterEach(() => store.remove());

  it('goes on with the other when one is full', async () => {
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 4_000);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 4_000);
    store.rooms.set(store.volume.folder, room(0));
    film(writer, 4_000, 6_000);
    await writer.close();
    expect(store.segments.map(({ volumeId }) => volumeId)).toEqual([store.volume.id, other.id]);
    expect(store.losses).toEqual([]);
  });

  it('goes on with the other when one fails, and the torn file is recovered where it fits', async () => {
    let isBroken = false;
    const files = handledFiles(({ operation, path: file }) => {
      if (isBroken && file.startsWith(store.volume.folder) && operation !== 'close') throw fileError('EIO');
    });
    const writer = store.writer(files);
    writer.beginRun(init);
    film(writer, 0, 2_000);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 2_000);
    isBroken = true;
    film(writer, 2_000, 3_000);
    await expect.poll(() => store.losses.length).toBe(2);
    store.clocks.pass(2_000);
    film(writer, 3_000, 6_000);
    await writer.close();
    expect(store.segments.map(({ volumeId, startMs }) => [volumeId, startMs - firstDayMs])).toEqual([
      [other.id, 3_000],
      [other.id, 4_000],
    ]);
    // The disk is back: what lies on it is older than the newest row, and goes where there is none.
    const { underWay } = store.volumes;
    const report = await recoverVolume(store.volume, [store.place], store.ledger, silentLog, { underWay });
    expect(report.recovered.map(({ startMs, endMs }) => [startMs - firstDayMs, endMs - firstDayMs])).toEqual([
      [0, 2_000],
    ]);
    expect(await readdir(store.volume.folder)).not.toContain('quarantine');
  });

  it('leaves alone what is being written when a volume comes back', async () => {
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 2_000);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 2_000);
    const { underWay } = store.volumes;
    const report = await recoverVolume(store.volume, [store.place], store.ledger, silentLog, { underWay });
    expect(report).toMatchObject({ recovered: [], quarantined: [], left: [] });
    film(writer, 2_000, 3_000);
    await writer.close();
    expect(store.rows).toEqual([[firstDayMs, firstDayMs + 3_000]]);
    const again = await recoverVolume(store.volume, [store.place], store.ledger, silentLog, { underWay });
    expect(again.recovered).toEqual([]);
  });
});
