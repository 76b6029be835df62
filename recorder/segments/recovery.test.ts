// Recovery on every kind of file a stop or a stranger can leave in the store.
import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { box, joined, madeInit } from '../media/made-footage.ts';
import { stampWallTime } from '../media/producer-reference-time.ts';
import { fileError, handledFiles } from './made-files.ts';
import { film, firstDayMs, fragment, init, MadeStore, silentLog } from './made-store.ts';
import { recoverVolume } from './recovery.ts';
import { segmentPath } from './segment-path.ts';
import type { StreamWriter } from './stream-writer.ts';

let store: MadeStore;
beforeEach(async () => {
  store = await MadeStore.make();
});
afterEach(() => store.remove());

const day = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((ms) => ms - firstDayMs));

/** The bytes of a file of ours that begins `atMs` after `firstDayMs`, in fragments of 500 ms. */
function footage(
  atMs: number,
  toMs: number,
  options: { startTicks?: number; initBytes?: Uint8Array } = {},
): Uint8Array {
  const { startTicks = atMs, initBytes = init.bytes } = options;
  const pieces = [initBytes];
  for (let at = atMs; at < toMs; at += 500) {
    const { bytes } = fragment({ startTicks: startTicks + at - atMs, keyframe: at % 1_000 === 0 });
    stampWallTime(bytes, firstDayMs + at);
    pieces.push(bytes);
  }
  return joined(pieces);
}

async function put(relative: string, bytes: Uint8Array | string): Promise<string> {
  await mkdir(path.dirname(store.at(relative)), { recursive: true });
  await writeFile(store.at(relative), bytes);
  return relative;
}

const putSegment = (atMs: number, bytes: Uint8Array) =>
  put(segmentPath(store.place, firstDayMs + atMs), bytes);

/** Footage with rows, so that recovery has something to go on from. */
async function recorded(fromMs: number, toMs: number): Promise<StreamWriter> {
  const writer = store.writer();
  writer.beginRun(init);
  film(writer, fromMs, toMs);
  await writer.endRun();
  return writer;
}

describe('recoverVolume', () => {
  it('makes a segment of a whole file without a row, as if it had been closed', async () => {
    await recorded(0, 2_000);
    const byWriter = store.ledger.rows.splice(0);
    const report = await store.recover();
    expect(report.recovered).toHaveLength(1);
    expect(store.ledger.rows).toEqual(byWriter);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it.each([1, 7, 8, 40, 200, 599])('cuts a tail torn %i bytes into a fragment', async (bytes) => {
    const whole = footage(0, 2_000);
    const next = fragment({ startTicks: 2_000 }).bytes;
    await putSegment(0, joined([whole, next.subarray(0, bytes)]));
    await store.recover();
    expect(day(store.rows)).toEqual([[0, 2_000]]);
    expect(store.segments[0]?.sizeBytes).toBe(whole.length);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it.each([
    ['zeros, as after a power cut', new Uint8Array(5_000)],
    ['a box that has no place there', box('free', new Uint8Array(90))],
    ['a second init section', init.bytes],
    ['a fragment of another time', fragment({ startTicks: 9_000, muxedAtMs: 1_000 }).bytes],
  ])('cuts at %s', async (_name, tail) => {
    await putSegment(0, joined([footage(0, 2_000), tail, footage(2_000, 3_000).subarray(init.bytes.length)]));
    await store.recover();
    expect(day(store.rows)).toEqual([[0, 2_000]]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it.each([0, 5, init.bytes.length - 1, init.bytes.length, init.bytes.length + 300])(
    'takes a file away that ends after %i bytes, before a whole fragment',
    async (bytes) => {
      await putSegment(0, footage(0, 500).subarray(0, bytes));
      const report = await store.recover();
      expect(report).toMatchObject({ recovered: [], quarantined: [], left: [] });
      expect(await store.files()).toEqual([]);
    },
  );

  it('puts into quarantine what no recorder of ours wrote', async () => {
    const { cameraId } = store.place;
    const foreign = [
      await putSegment(1_000, new TextEncoder().encode('#EXTM3U\n')),
      await putSegment(2_000, joined([box('ftyp', 'isom'), box('mdat', [1, 2, 3])])),
      await putSegment(3_000, footage(0, 1_000)),
      await put(`${cameraId}/main/2026/05/01/holiday.mp4`, 'x'),
      await put(`${cameraId}/main/2026/05/02/${firstDayMs}.mp4`, footage(0, 1_000)),
      await put(`${cameraId}/main/2026/notes.txt`, 'x'),
      await put(`${cameraId}/main/2027/1/7.mp4`, 'x').then((file) => path.dirname(file)),
    ];
    await putSegment(60_000, footage(60_000, 61_000));
    const report = await store.recover();
    expect(report.quarantined.toSorted()).toEqual(foreign.toSorted());
    expect(day(store.rows)).toEqual([[60_000, 61_000]]);
    expect(await store.brokenInvariants()).toEqual([]);
    const files = await store.files();
    expect(files.filter((file) => file.startsWith('quarantine'))).toHaveLength(foreign.length);
  });

  it('puts a file into quarantine that reaches into footage with a row', async () => {
    await recorded(0, 4_000);
    const overlapping = await putSegment(2_500, footage(2_500, 3_000));
    const report = await store.recover();
    expect(report.quarantined).toEqual([overlapping]);
    expect(day(store.rows)).toEqual([[0, 4_000]]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('follows no link: neither one to a file, nor one in place of a folder', async () => {
    const outside = await put('outside/1.mp4', footage(0, 1_000));
    const day = path.posix.dirname(segmentPath(store.place, firstDayMs));
    await mkdir(store.at(day), { recursive: true });
    await symlink(store.at(outside), store.at(segmentPath(store.place, firstDayMs)));
    await symlink(store.at('outside'), store.at(`${day}/../02`));
    const report = await store.recover();
    expect(report.recovered).toEqual([]);
    expect(report.quarantined).toHaveLength(2);
    expect(await readFile(store.at(outside))).toEqual(Buffer.from(footage(0, 1_000)));

    const { cameraId } = store.place;
    await rm(store.at(cameraId), { recursive: true });
    await mkdir(store.at('elsewhere'), { recursive: true });
    await symlink(store.at('elsewhere'), store.at(cameraId));
    expect((await store.recover()).quarantined).toEqual([cameraId]);
    expect((await stat(store.at('elsewhere'))).isDirectory()).toBe(true);
  });

  it('keeps two files of one name in quarantine apart', async () => {
    for (const text of ['one', 'two']) {
      await put(`${store.place.cameraId}/main/stray`, text);
      await store.recover();
    }
    const files = await store.files();
    expect(await Promise.all(files.map((file) => readFile(store.at(file), 'utf8')))).toEqual(['one', 'two']);
  });

  it('lets files of one run abut, and go on with the run of the newest row', async () => {
    await recorded(0, 4_000);
    await putSegment(4_000, footage(4_000, 8_000));
    // Slewed by a few milliseconds, as a run's wall time may be: the file before must end where this one begins.
    const slewed = footage(8_000, 9_000);
    for (const [index, atMs] of [8_003, 8_503].entries()) {
      const bytes = slewed.subarray(init.bytes.length);
      stampWallTime(bytes.subarray((bytes.length / 2) * index), firstDayMs + atMs);
    }
    await putSegment(8_003, slewed);
    await store.recover();
    expect(day(store.rows)).toEqual([
      [0, 4_000],
      [4_000, 8_003],
      [8_003, 9_003],
    ]);
    expect(store.segments.map(({ runStartMs }) => runStartMs - firstDayMs)).toEqual([0, 0, 0]);
  });

  it('begins a run where ticks, wall time or the init section do not go on', async () => {
    await putSegment(0, footage(0, 2_000));
    await putSegment(2_000, footage(2_000, 4_000, { startTicks: 0 }));
    await putSegment(7_000, footage(7_000, 8_000, { startTicks: 2_000 }));
    const other = madeInit({ timescale: 1_000, width: 1_280 });
    await putSegment(8_000, footage(8_000, 9_000, { startTicks: 3_000, initBytes: other }));
    await store.recover();
    expect(store.segments.map(({ startMs, runStartMs }) => startMs - runStartMs)).toEqual([0, 0, 0, 0]);
    expect(day(store.rows)[1]).toEqual([2_000, 4_000]);
  });

  it('reads what it had no time for from the same day on, whatever was recorded meanwhile', async () => {
    const eveningMs = 22 * 3_600_000;
    await putSegment(eveningMs, footage(eveningMs, eveningMs + 1_000));
    const { deferred } = await store.recover(undefined, { isLate: () => true });
    const morningMs = eveningMs + 10 * 3_600_000;
    await recorded(morningMs, morningMs + 4_000);
    await recoverVolume(store.volume, deferred, store.ledger, silentLog);
    expect(day(store.rows)[0]).toEqual([eveningMs, eveningMs + 1_000]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('leaves alone what the disk does not let it read, and goes on with the rest', async () => {
    const unreadable = await putSegment(0, footage(0, 1_000));
    await putSegment(5_000, footage(5_000, 6_000));
    const files = handledFiles(({ operation, path: file }) => {
      if (operation === 'sync' && file.includes(String(firstDayMs + 0))) throw fileError('EIO');
    });
    expect((await store.recover(files)).left).toEqual([unreadable]);
    expect(day(store.rows)).toEqual([[5_000, 6_000]]);
  });

  it('unlinks what was deleted, also when the file is gone already, and drops the rows', async () => {
    await recorded(0, 9_000);
    const [first, second] = store.segments;
    store.ledger.discard([first, second].filter((segment) => segment !== undefined));
    await store.recover(
      handledFiles(({ operation }) => {
        if (operation === 'syncFolder') throw fileError('EIO');
      }),
    );
    expect(store.ledger.garbage).toHaveLength(2);
    expect(await store.recover()).toMatchObject({ unlinked: 2 });
    expect(store.ledger.garbage).toEqual([]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('does not let what lies there without a row wait for a long list of deleted files', async () => {
    await recorded(0, 4_000);
    store.ledger.discard(store.segments);
    await putSegment(5_000, footage(5_000, 6_000));
    const report = await store.recover(undefined, { isLate: () => false, isLateForGarbage: () => true });
    expect(report).toMatchObject({ unlinked: 0, deferred: [] });
    expect(day(store.rows)).toEqual([[5_000, 6_000]]);
    expect(store.ledger.garbage).toHaveLength(1);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('changes nothing when run again', async () => {
    await recorded(0, 9_000);
    await putSegment(9_000, footage(9_000, 12_000).subarray(0, -3));
    await store.recover();
    const rows = [...store.ledger.rows];
    expect(await store.recover()).toEqual({
      recovered: [],
      quarantined: [],
      left: [],
      deferred: [],
      unlinked: 0,
    });
    expect(store.ledger.rows).toEqual(rows);
  });
});
