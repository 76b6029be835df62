// The writer on a disk that fails: what is kept, what is told, and how it goes on. Faults are injected below the store.
import { mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoreFiles } from './durable.ts';
import { RowRefused } from './ledger.ts';
import { fileError, type Hand, handledFiles } from './made-files.ts';
import { film, firstDayMs, fragment, init, MadeStore, silentLog } from './made-store.ts';
import { recoverVolume } from './recovery.ts';
import { segmentPath } from './segment-path.ts';
import type { StreamWriter } from './stream-writer.ts';

let store: MadeStore;
beforeEach(async () => {
  store = await MadeStore.make();
});
afterEach(() => store.remove());

/** Applies `hand` to the n-th operation of its kind, counted from 1, and to no other. */
function only(operation: string, count: number, hand: Hand): StoreFiles {
  let seen = 0;
  return handledFiles((touch) => {
    if (touch.operation !== operation) return undefined;
    seen += 1;
    return seen === count ? hand(touch) : undefined;
  });
}

const fail =
  (code: string): Hand =>
  () => {
    throw fileError(code);
  };

/** Waits until the open file holds the footage up to here. */
async function written(writer: StreamWriter, untilMs: number): Promise<void> {
  await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + untilMs);
}

const day = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((ms) => ms - firstDayMs));
const lossesOfDay = () =>
  store.losses.map(({ fromMs, untilMs, reason }) => [
    fromMs - firstDayMs,
    untilMs === undefined ? undefined : untilMs - firstDayMs,
    reason,
  ]);

describe('a full disk', () => {
  it('keeps the file up to its last whole fragment, and goes on when there is room again', async () => {
    // The fifth write gets 300 bytes of its fragment out.
    const writer = store.writer(only('write', 5, () => 300));
    writer.beginRun(init);
    film(writer, 0, 3_000);
    await expect.poll(() => store.losses.length).toBe(1);
    // Not tried again at once: the keyframe at 3 s comes too early, the one at 4 s does not.
    film(writer, 3_000, 4_000);
    await expect.poll(() => writer.openSegment()).toBeUndefined();
    store.clocks.pass(2_000);
    film(writer, 4_000, 6_000);
    await writer.close();
    expect(lossesOfDay()).toEqual([[2_000, undefined, 'disk-full']]);
    expect(day(store.rows)).toEqual([
      [0, 2_000],
      [4_000, 6_000],
    ]);
    expect(store.told.filter(([what]) => what === 'begin')).toHaveLength(2);
    expect(store.segments.map(({ runStartMs }) => runStartMs - firstDayMs)).toEqual([0, 0]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('leaves no file behind when not even the first fragment fits', async () => {
    const writer = store.writer(only('write', 1, () => 1_000));
    writer.beginRun(init);
    film(writer, 0, 1_000);
    await writer.close();
    expect(lossesOfDay()).toEqual([[0, undefined, 'disk-full']]);
    expect(await store.files()).toEqual([]);
  });

  it('without inodes says the same', async () => {
    const writer = store.writer(only('create', 1, fail('ENOSPC')));
    writer.beginRun(init);
    film(writer, 0, 2_000);
    await writer.close();
    expect(lossesOfDay()).toEqual([[0, undefined, 'disk-full']]);
  });

  it('is told once, however long it lasts', async () => {
    let tries = 0;
    const files = handledFiles(({ operation }) => {
      if (operation === 'write') tries += 1;
      return operation === 'write' ? 0 : undefined;
    });
    const writer = store.writer(files);
    writer.beginRun(init);
    for (let second = 0; second < 8; second += 1) {
      film(writer, second * 1_000, (second + 1) * 1_000);
      await expect.poll(async () => [tries, await store.files()]).toEqual([second + 1, []]);
      store.clocks.pass(3_000);
    }
    await writer.close();
    expect(lossesOfDay()).toEqual([[0, undefined, 'disk-full']]);
    expect(await store.files()).toEqual([]);
  });
});

describe('an error of the disk', () => {
  it('on write closes the file with what it has', async () => {
    const writer = store.writer(only('write', 3, fail('EIO')));
    writer.beginRun(init);
    film(writer, 0, 2_000);
    await writer.close();
    expect(day(store.rows)).toEqual([[0, 1_000]]);
    expect(lossesOfDay()).toEqual([[1_000, undefined, 'disk-error']]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it.each(['sync', 'syncFolder'])(
    'on %s at closing is never retried on that file: it goes to quarantine',
    async (kind) => {
      const touched: string[] = [];
      let isFailing = false;
      const files = handledFiles((touch) => {
        touched.push(touch.operation);
        if (touch.operation === 'sync') isFailing = true;
        if (touch.operation === kind && isFailing && touched.filter((one) => one === 'sync').length === 1) {
          isFailing = false;
          throw fileError('EIO');
        }
      });
      const writer = store.writer(files);
      writer.beginRun(init);
      film(writer, 2_000, 6_000);
      await writer.close();
      expect(lossesOfDay()).toEqual([[2_000, 4_000, 'disk-error']]);
      expect(day(store.rows)).toEqual([[4_000, 6_000]]);
      expect(touched.filter((operation) => operation === 'sync')).toHaveLength(2);
      expect((await store.files()).at(-1)).toMatch(/^quarantine\/.*_main_2026_05_01_\d+\.mp4$/);
      expect(await store.brokenInvariants()).toEqual([]);
    },
  );

  it('on a sync in the background gives the whole file up, and begins another', async () => {
    const writer = store.writer(only('syncData', 1, fail('EIO')), { segmentMs: 60_000 });
    writer.beginRun(init);
    film(writer, 0, 1_500);
    await written(writer, 1_500);
    store.clocks.pass(2_000);
    film(writer, 1_500, 2_000);
    await written(writer, 2_000);
    film(writer, 2_000, 3_000);
    await expect.poll(() => store.losses.length).toBe(2);
    store.clocks.pass(2_000);
    film(writer, 3_000, 4_000);
    await writer.close();
    expect(lossesOfDay()).toEqual([
      [0, 2_000, 'disk-error'],
      [2_000, undefined, 'disk-error'],
    ]);
    expect(day(store.rows)).toEqual([[3_000, 4_000]]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('that loses the open file to somebody gives it no row', async () => {
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 2_000);
    await written(writer, 2_000);
    await rm(store.at(segmentPath(store.place, firstDayMs)));
    film(writer, 2_000, 6_000);
    await writer.close();
    expect(lossesOfDay()).toEqual([[0, 4_000, 'disk-error']]);
    expect(day(store.rows)).toEqual([[4_000, 6_000]]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('that is gone when a file is put away gets no folder made in its place', async () => {
    const writer = store.writer(
      only('sync', 1, async () => {
        await rm(store.volume.folder, { recursive: true });
        await mkdir(store.volume.folder);
        throw fileError('EIO');
      }),
    );
    writer.beginRun(init);
    film(writer, 0, 2_000);
    await writer.close();
    expect(day(store.rows)).toEqual([]);
    expect(await store.files()).toEqual([]);
    await expect(stat(store.at('quarantine'))).rejects.toThrow('ENOENT');
  });

  it('that lets nothing be cut off gives the file up', async () => {
    const files = handledFiles(({ operation }) => {
      if (operation === 'write') return 2_000;
      if (operation === 'truncate') throw fileError('EIO');
      return undefined;
    });
    const writer = store.writer(files, { batchLimitBytes: 1_000_000 });
    writer.beginRun(init);
    film(writer, 0, 4_000);
    await writer.close();
    expect(store.rows).toEqual([]);
    expect(await store.brokenInvariants()).toEqual([]);
  });
});

describe('a disk too slow', () => {
  it('sheds footage up to a keyframe, says so before it answers, and keeps the rest whole', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const queueLimitBytes = 6 * fragment({ startTicks: 0 }).bytes.length;
    const files = only('write', 1, () => held);
    const writer = store.writer(files, { queueLimitBytes, segmentMs: 60_000 });
    writer.beginRun(init);
    film(writer, 0, 5_000);
    await expect.poll(lossesOfDay).toEqual([[3_000, undefined, 'disk-error']]);
    letGo();
    // The file that begins then seems to end the loss: it is told again.
    await expect.poll(() => store.losses.length).toBe(2);
    film(writer, 5_000, 7_000);
    await writer.close();
    expect(store.told.map(([kind]) => kind).filter((kind) => kind === 'begin' || kind === 'lost')).toEqual([
      'lost',
      'begin',
      'lost',
      'begin',
    ]);
    expect(day(store.rows)).toEqual([
      [0, 3_000],
      [5_000, 7_000],
    ]);
    expect(await store.brokenInvariants()).toEqual([]);
  });
});

describe('a volume that is not what it was', () => {
  it.each([
    ['gone', (folder: string) => rm(folder, { recursive: true })],
    [
      'an empty mount point',
      async (folder: string) => {
        await rm(folder, { recursive: true });
        await mkdir(folder);
      },
    ],
    [
      'another one',
      (folder: string) =>
        writeFile(path.join(folder, '.lookout-volume.json'), JSON.stringify({ volume: crypto.randomUUID() })),
    ],
  ])('is not written past: %s', async (_name, change) => {
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 2_000);
    await writer.endRun();
    await change(store.volume.folder);
    writer.beginRun(init);
    film(writer, 2_000, 4_000);
    await writer.close();
    expect(lossesOfDay()).toEqual([[2_000, undefined, 'volume-missing']]);
    const made = segmentPath(store.place, firstDayMs + 2_000);
    await expect(stat(store.at(made))).rejects.toThrow('ENOENT');
  });
});

describe('what lies in the way', () => {
  it('is put aside when it is a file without a row', async () => {
    const there = segmentPath(store.place, firstDayMs);
    await mkdir(path.dirname(store.at(there)), { recursive: true });
    await writeFile(store.at(there), 'not ours');
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 1_000);
    await writer.close();
    expect(day(store.rows)).toEqual([[0, 1_000]]);
    const [aside] = await store
      .files()
      .then((files) => files.filter((file) => file.startsWith('quarantine')));
    expect(await readFile(store.at(aside ?? ''), 'utf8')).toBe('not ours');
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('is refused when it is a link in place of a folder', async () => {
    const elsewhere = `${store.volume.folder}-elsewhere`;
    await mkdir(elsewhere);
    await symlink(elsewhere, store.at(store.place.cameraId));
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 1_000);
    await writer.close();
    expect(lossesOfDay()).toEqual([[0, undefined, 'disk-error']]);
    await rm(elsewhere, { recursive: true });
    expect(await store.files()).toEqual([store.place.cameraId]);
  });
});

describe('a catalog that refuses', () => {
  it('gets its rows later, in order, without stopping the recorder', async () => {
    let isLocked = true;
    store.ledger.beforeWrite = () => {
      if (isLocked) throw new Error('database is locked');
    };
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 9_000);
    await writer.endRun();
    expect(store.rows).toEqual([]);
    isLocked = false;
    store.clocks.pass(2_000);
    expect(day(store.rows)).toEqual([
      [0, 4_000],
      [4_000, 8_000],
      [8_000, 9_000],
    ]);
    expect(store.losses).toEqual([]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('for ever costs the segment, said aloud, and no timer stays behind', async () => {
    store.ledger.beforeWrite = (call) => {
      if (call === 'commitSegment') throw new RowRefused('constraint failed');
    };
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 1_000);
    await writer.endRun();
    for (let count = 0; count < 60; count += 1) store.clocks.pass(2_000);
    await expect.poll(async () => (await store.files())[0]).toMatch(/^quarantine/);
    expect(lossesOfDay()).toEqual([[0, 1_000, 'disk-error']]);
    expect(store.clocks.timerCount).toBe(0);
  });

  it('for too long leaves its files where they are, and gets their rows when it takes some again', async () => {
    store.ledger.beforeWrite = () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 9_000);
    await writer.endRun();
    const files = await store.files();
    for (let count = 0; count < 60; count += 1) store.clocks.pass(2_000);
    expect(store.clocks.timerCount).toBe(0);
    expect(await store.files()).toEqual(files);
    expect(store.losses).toEqual([]);

    store.ledger.beforeWrite = () => undefined;
    const nextDayMs = 24 * 3_600_000;
    writer.beginRun(init);
    film(writer, nextDayMs, nextDayMs + 4_000);
    await writer.close();
    const unread = store.volumes.unread.on(store.volume.id);
    await recoverVolume(store.volume, unread, store.ledger, silentLog, { underWay: store.volumes.underWay });
    expect(day(store.rows)).toEqual([
      [0, 4_000],
      [4_000, 8_000],
      [8_000, 9_000],
      [nextDayMs, nextDayMs + 4_000],
    ]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('at the very end leaves the file to the next start', async () => {
    store.ledger.beforeWrite = () => {
      throw new Error('database is locked');
    };
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 1_000);
    await writer.close();
    expect(store.clocks.timerCount).toBe(0);
    store.ledger.beforeWrite = () => undefined;
    await store.recover();
    expect(day(store.rows)).toEqual([[0, 1_000]]);
    expect(await store.brokenInvariants()).toEqual([]);
  });
});

// The folder of a volume is moved while a file in it grows: the file goes on, the next one does not follow.
it('a volume that moves away while recording is noticed with the next segment', async () => {
  const writer = store.writer();
  writer.beginRun(init);
  film(writer, 0, 3_000);
  await written(writer, 3_000);
  const moved = `${store.volume.folder}-moved`;
  await rename(store.volume.folder, moved);
  film(writer, 3_000, 6_000);
  await writer.close();
  await rename(moved, store.volume.folder);
  expect(store.losses.map(({ reason }) => reason)).toContain('volume-missing');
  await store.recover();
  expect(await store.brokenInvariants()).toEqual([]);
});
