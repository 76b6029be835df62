// Playlists and bytes of the station, played by hls.js in real Chromium: every picture shown is the one recorded at the
// wall time it maps to, over the border of two segments, over a gap, and into the segment being written.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CameraRows } from '../../electron/catalog/cameras.ts';
import { createLedger } from '../../electron/catalog/ledger.ts';
import { type Catalog, openCatalog } from '../../electron/catalog/open.ts';
import { VolumeRows } from '../../electron/catalog/volumes.ts';
import { PlaybackRequests } from '../../electron/playback/requests.ts';
import { PlaybackService } from '../../electron/playback/service.ts';
import { systemClocks } from '../../recorder/model/clock.ts';
import { type CameraId, newId, type StreamId } from '../../recorder/model/ids.ts';
import { StreamWriter } from '../../recorder/segments/stream-writer.ts';
import { openVolume } from '../../recorder/segments/volume.ts';
import { Volumes } from '../../recorder/segments/volumes.ts';
import { encodeNumbered, fps, type NumberedFootage } from './numbered-footage.ts';
import { openPlayerPage, type PlayerPage, type ShownPicture } from './player-page.ts';

/** Half a frame, and the millisecond that a start is rounded to. */
const toleranceMs = 1_000 / fps / 2 + 1;
const segmentMs = 4_000;
/** On a border of segments; long past for the settled playlist. */
const longAgoMs = 1_795_248_000_000;
const streamId = newId<StreamId>();
const cameraId = newId<CameraId>();
const log = {
  info: () => {},
  warn: () => {},
  error: (fields: unknown, message: string) => console.error(message, fields),
};

let first: NumberedFootage;
let second: NumberedFootage;
let folder: string;
let catalog: Catalog;
let writer: StreamWriter;
let playback: PlaybackService;
let screen: PlayerPage;
/** What the station believes the time is. */
let nowMs: number;

beforeAll(async () => {
  first = await encodeNumbered(8, 0, 50);
  second = await encodeNumbered(6, 500, 25);
});

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lookout-plays-'));
  catalog = openCatalog(path.join(folder, 'lookout.db'), {
    migrationsFolder: path.resolve(import.meta.dirname, '../../migrations'),
  });
  const stream = { id: streamId, role: 'main', source: 'test-pattern', transport: 'tcp' } as const;
  new CameraRows(catalog).add({ id: cameraId, name: 'Gate', recording: true, createdMs: 1, stream }, 1);
  const opened = await openVolume(path.join(folder, 'footage'));
  if (!opened.ok) throw new Error(opened.detail);
  new VolumeRows(catalog).register({ ...opened.volume, nowMs: 1 });
  const listener = { onBegin: () => {}, onFootage: () => {}, onSegment: () => {}, onLost: () => {} };
  const volumes = new Volumes({ clocks: systemClocks, log });
  volumes.know({ ...opened.volume, isRetired: false });
  const dependencies = {
    volumes,
    ledger: createLedger(catalog),
    clocks: systemClocks,
    log,
    listener,
  };
  writer = new StreamWriter({ streamId, cameraId, role: 'main' }, dependencies, { segmentMs });
  const openSegments = { openSegment: () => writer.openSegment() };
  playback = new PlaybackService({ catalog, openSegments, clock: { nowMs: () => nowMs } });
  const requests = new PlaybackRequests(playback, log);
  screen = await openPlayerPage((request) => requests.handle(request));
});

afterEach(async () => {
  await screen.close();
  await writer.close();
  catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Appends fragments of the footage as if its first picture had been taken at `startMs`. */
function record({ init, fragments }: NumberedFootage, startMs: number, part = fragments): void {
  for (const fragment of part) {
    writer.append(
      fragment,
      startMs + Math.round((fragment.startTicks * 1_000) / init.layout.video.timescale),
    );
  }
}

const shown = () => screen.page.evaluate(() => window.shown);
const failures = () => screen.page.evaluate(() => window.failures);
const numbers = (pictures: readonly ShownPicture[]) => pictures.map(({ number }) => number);
/** Pictures whose time is not the one they were taken at; `takenMs` of each number. */
const misplaced = (pictures: readonly ShownPicture[], takenMs: (number: number) => number) =>
  pictures.filter(({ number, wallMs }) => Math.abs(wallMs - takenMs(number)) > toleranceMs);

describe('hls.js in Chromium', () => {
  it('plays over a segment border and a gap, every picture at its own time', async () => {
    nowMs = longAgoMs + 86_400_000;
    const gapMs = 30_000;
    const secondStartMs = longAgoMs + 8_000 + gapMs;
    writer.beginRun(first.init);
    record(first, longAgoMs);
    await writer.endRun();
    writer.beginRun(second.init);
    record(second, secondStartMs);
    await writer.endRun();
    expect(catalog.database.prepare('SELECT start_ms - ? FROM segments').pluck().all(longAgoMs)).toEqual([
      0, 4_000, 38_000, 40_000,
    ]);

    // A click into a GOP of two seconds, into the middle of picture 65.
    const start = playback.open({ streamId, atMs: longAgoMs + 2_620 });
    expect(start).toMatchObject({ atMs: longAgoMs + 2_620, playlistStartMs: longAgoMs + 2_000 });
    await screen.play(start.playlist, start.atMs - start.playlistStartMs);
    await expect
      .poll(async () => Math.max(...numbers(await shown()), 0), { timeout: 40_000 })
      .toBeGreaterThanOrEqual(640);

    const pictures = await shown();
    expect(await failures()).toEqual([]);
    const takenMs = (number: number) =>
      number < 500 ? longAgoMs + number * 40 : secondStartMs + (number - 500) * 40;
    expect(misplaced(pictures, takenMs)).toEqual([]);
    // After the keyframe, which Chromium may show while hls.js still seeks, comes the picture clicked at. From there it
    // goes on in order, over the border (100) and the gap (199 → 500).
    const [atOnce, next] = numbers(pictures).slice(0, 2);
    expect([50, 65]).toContain(atOnce);
    expect([65, 66]).toContain(next);
    expect(numbers(pictures)).toEqual([...numbers(pictures)].sort((a, b) => a - b));
    const stretches = [
      [65, 99],
      [100, 199],
      [500, 640],
    ] as const;
    const missing = stretches.map(
      ([from, to]) => to - from + 1 - new Set(numbers(pictures).filter((n) => n >= from && n <= to)).size,
    );
    // A busy machine drops a picture here and there; a border that does not play loses dozens.
    expect(
      missing.every((count) => count <= 12),
      `missing ${missing.join()}`,
    ).toBe(true);
  });

  it('reaches the newest recorded second and goes on as the segment grows', async () => {
    const startMs = Date.now() - (Date.now() % segmentMs) - segmentMs;
    nowMs = startMs + 5_000;
    const { init, fragments } = second;
    const half = fragments.findIndex(({ startTicks }) => startTicks >= 3 * init.layout.video.timescale);
    writer.beginRun(init);
    record(second, startMs, fragments.slice(0, half));
    // A span is complete when the next begins: the third second, when the keyframe of the fourth comes.
    await expect.poll(() => writer.openSegment()?.spans.length).toBe(2);

    const start = playback.open({ streamId, atMs: startMs + 1_000 });
    // The last pictures count one by one.
    await screen.play(start.playlist, 0, 0.5);
    await expect
      .poll(async () => Math.max(...numbers(await shown()), 0), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(500 + 47);
    nowMs = startMs + 7_000;
    record(second, startMs, fragments.slice(half));
    // Over the border of the segments at 4 s, which the rest crosses, to the end of what is complete at 5 s.
    await expect
      .poll(async () => Math.max(...numbers(await shown()), 0), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(500 + 122);
    expect(misplaced(await shown(), (number) => startMs + (number - 500) * 40)).toEqual([]);
    expect(await failures()).toEqual([]);
  });
});
