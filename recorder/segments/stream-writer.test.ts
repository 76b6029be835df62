// The writer on a disk that works: rotation, times, runs, what playback sees, and what it refuses.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FragmentCutter } from '../media/fragment-cutter.ts';
import { readInitSection } from '../media/init-section.ts';
import { madeInit } from '../media/made-footage.ts';
import { handledFiles } from './made-files.ts';
import { film, firstDayMs, fragment, init, MadeStore } from './made-store.ts';

let store: MadeStore;
beforeEach(async () => {
  store = await MadeStore.make();
});
afterEach(() => store.remove());

const day = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((ms) => ms - firstDayMs));

describe('StreamWriter', () => {
  it('cuts at the first keyframe at or after each multiple of the segment length', async () => {
    const writer = store.writer();
    writer.beginRun(init);
    for (let atMs = 2_500; atMs < 11_000; atMs += 500) {
      writer.append(fragment({ startTicks: atMs, keyframe: atMs % 1_500 === 1_000 }), firstDayMs + atMs);
    }
    await writer.close();
    expect(day(store.rows)).toEqual([
      [2_500, 4_000],
      [4_000, 8_500],
      [8_500, 11_000],
    ]);
    expect(store.segments.map(({ runStartMs }) => runStartMs - firstDayMs)).toEqual([2_500, 2_500, 2_500]);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('stores the init section and each fragment as they came, stamped with their wall time', async () => {
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 1_000, 3_000);
    await writer.close();
    const [segment] = store.segments;
    expect(segment?.path).toBe(`${store.place.cameraId}/main/2026/05/01/${firstDayMs + 1_000}.mp4`);
    const items = new FragmentCutter().push(await readFile(store.at(segment?.path ?? '')));
    expect(items[0]).toMatchObject({ kind: 'init', bytes: init.bytes });
    const stamps = items.flatMap((item) => (item.kind === 'fragment' ? [item.fragment.muxedAtMs] : []));
    expect(stamps.map((ms) => Math.round(ms) - firstDayMs)).toEqual([1_000, 1_500, 2_000, 2_500]);
  });

  it('tells what is safe in the order it happens', async () => {
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 3_000, 5_500);
    await writer.endRun();
    expect(
      store.told.map(([what, ...ms]) => [what, ...ms.map((value) => Number(value) - firstDayMs)]),
    ).toEqual([
      ['begin', 3_000],
      ['segment', 3_000, 4_000],
      ['footage', 4_000],
      ['begin', 4_000],
      ['footage', 5_000],
      ['segment', 4_000, 5_500],
      ['footage', 5_500],
    ]);
  });

  it('drops what comes before the first keyframe of a run', async () => {
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 500, 2_000);
    await writer.close();
    expect(day(store.rows)).toEqual([[1_000, 2_000]]);
  });

  it('begins a file with each run, also without an end of the one before', async () => {
    const bytes = madeInit({ timescale: 1_000, width: 1_280 });
    const writer = store.writer();
    writer.beginRun(init);
    film(writer, 0, 2_000);
    writer.beginRun({ bytes, layout: readInitSection(bytes).layout });
    film(writer, 2_000, 3_000);
    await writer.close();
    expect(store.segments.map(({ initId, runStartMs }) => [initId, runStartMs - firstDayMs])).toEqual([
      [1, 0],
      [2, 2_000],
    ]);
  });

  it('lets playback read the open segment up to its last complete span', async () => {
    const writer = store.writer();
    expect(writer.openSegment()).toBeUndefined();
    writer.beginRun(init);
    film(writer, 0, 2_500);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 2_500);
    const open = writer.openSegment();
    expect(open).toMatchObject({
      startMs: firstDayMs,
      runStartMs: firstDayMs,
      init: { id: 1, video: { width: 640 } },
    });
    expect(open?.spans.map(({ startMs }) => startMs - firstDayMs)).toEqual([0, 1_000]);
    const bytes = await readFile(store.at(open?.path ?? ''));
    const [first] = open?.spans ?? [];
    expect(bytes.subarray(first?.offsetBytes, (first?.offsetBytes ?? 0) + 8).toString('latin1')).toContain(
      'prft',
    );
    await writer.endRun();
    expect(writer.openSegment()).toBeUndefined();
  });

  it('writes what waits for the disk in one go', async () => {
    let writes = 0;
    const files = handledFiles(({ operation }) => {
      if (operation === 'write') writes += 1;
    });
    const writer = store.writer(files, { batchLimitBytes: 1_000_000 });
    writer.beginRun(init);
    film(writer, 0, 4_000);
    await writer.close();
    expect(day(store.rows)).toEqual([[0, 4_000]]);
    expect(writes).toBe(1);
  });

  it('gathers what comes between keyframes, and a keyframe takes along what waits', async () => {
    let writes = 0;
    const files = handledFiles(({ operation }) => {
      if (operation === 'write') writes += 1;
    });
    const options = { batchLimitBytes: 1_000_000, gatherMs: 250, segmentMs: 60_000 };
    const writer = store.writer(files, options);
    const stored = async (untilMs: number) => {
      await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + untilMs);
      return writes;
    };
    const between = (atMs: number) =>
      writer.append(fragment({ startTicks: atMs, durationTicks: 100, keyframe: false }), firstDayMs + atMs);
    writer.beginRun(init);
    film(writer, 0, 1_500);
    expect(await stored(1_500)).toBe(1);

    between(1_500);
    store.clocks.pass(249);
    between(1_600);
    expect(store.clocks.timerCount).toBe(1);
    store.clocks.pass(1);
    expect(await stored(1_700)).toBe(2);

    between(1_700);
    film(writer, 2_000, 2_500);
    expect(await stored(2_500)).toBe(3);
    expect(store.clocks.timerCount).toBe(0);

    between(2_500);
    await writer.close();
    expect(day(store.rows)).toEqual([[0, 2_600]]);
  });

  it('lets no more wait than the limit', async () => {
    const writer = store.writer(undefined, { gatherMs: 250, gatherLimitBytes: 1, segmentMs: 60_000 });
    writer.beginRun(init);
    film(writer, 0, 1_500);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 1_500);
    writer.append(fragment({ startTicks: 1_500, keyframe: false }), firstDayMs + 1_500);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 2_000);
    await writer.close();
    expect(day(store.rows)).toEqual([[0, 2_000]]);
  });

  it('refuses times that fall back, halves, or reach into footage that is there', async () => {
    const writer = store.writer();
    expect(() => film(writer, 0, 500)).toThrow('outside a run');
    writer.beginRun(init);
    film(writer, 0, 2_000);
    expect(() => film(writer, 1_500, 2_000)).toThrow(RangeError);
    expect(() => writer.append(fragment({ startTicks: 0 }), firstDayMs + 2_000.5)).toThrow(RangeError);
    await writer.endRun();
    expect(writer.notBeforeMs).toBe(firstDayMs + 2_000);
    const again = store.writer();
    again.beginRun(init);
    expect(() => film(again, 1_000, 1_500)).toThrow(RangeError);
    film(again, 2_000, 3_000);
    await again.close();
    expect(day(store.rows)).toEqual([
      [0, 2_000],
      [2_000, 3_000],
    ]);
  });

  it('syncs a growing file every so often', async () => {
    let syncs = 0;
    const files = handledFiles(({ operation }) => {
      if (operation === 'syncData') syncs += 1;
    });
    const writer = store.writer(files, { syncIntervalMs: 2_000 });
    writer.beginRun(init);
    film(writer, 0, 1_500);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 1_500);
    expect(syncs).toBe(0);
    store.clocks.pass(2_000);
    film(writer, 1_500, 3_000);
    await expect.poll(() => writer.openSegment()?.endMs).toBe(firstDayMs + 3_000);
    await writer.close();
    expect(syncs).toBe(1);
  });
});
