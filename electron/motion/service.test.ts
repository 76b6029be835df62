// Motion as the desk asks for it: what the recorders tell is stored, found in a region, drawn, and told to the windows.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MotionNews, PictureUse } from '../../recorder/capture/stream-pictures.ts';
import { type Clocks, type EpochMs, systemClocks } from '../../recorder/model/clock.ts';
import { type CameraId, newId, type StreamId } from '../../recorder/model/ids.ts';
import { addCell, analysis, noCells } from '../../recorder/motion/cells.ts';
import type { MotionEvent } from '../../recorder/motion/events.ts';
import { encodeHeatMap } from '../../recorder/motion/heat-map.ts';
import { defaultMotionSettings, type MotionSettings } from '../../recorder/motion/stream-motion.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { createLedger } from '../catalog/ledger.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { madeSegment, wholeSpan } from '../catalog/made-segment.ts';
import type { StationEvent } from '../contract/events.ts';
import { motionAnswerLimit } from '../contract/motion.ts';
import { EventBoard } from '../events/event-board.ts';
import { MotionService } from './service.ts';

let made: MadeCatalog;
let ledger: FootageLedger;
let initId: number;
let motion: MotionService;
let use: PictureUse;
let applied: [StreamId, MotionSettings][];
let timers: (() => void)[];
let told: StationEvent[];
const nowMs = 1_000_000;
beforeEach(() => {
  made = madeCatalog();
  ledger = createLedger(made.catalog);
  applied = [];
  timers = [];
  told = [];
  const clocks: Clocks = {
    ...systemClocks,
    wall: { nowMs: () => nowMs },
    timers: {
      after: (_delayMs, action) => {
        timers.push(action);
        return () => undefined;
      },
    },
  };
  const board = new EventBoard(clocks);
  board.publish = (event) => told.push(event);
  motion = new MotionService({
    catalog: made.catalog,
    cameras: new CameraRows(made.catalog),
    board,
    clocks,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    apply: (...settings) => applied.push(settings),
  });
  use = motion.pictureUse();
  const video = { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 };
  initId = ledger.saveInit(made.streamId, Uint8Array.of(1), { video, audio: undefined });
});
afterEach(() => made.remove());

const tell = (news: MotionNews) => use.onMotion(made.streamId, news);
const event = (startMs: EpochMs, endMs = startMs): MotionEvent => ({
  startMs,
  endMs,
  peakMs: endMs,
  peakLevel: 0.5,
  cells: noCells(),
});
const cellAt = (column: number, row: number) => {
  const cells = noCells();
  addCell(cells, row * analysis.columns + column);
  return cells;
};
function segment(startMs: EpochMs, moved: readonly { atMs: EpochMs; cells: Uint8Array }[]): void {
  const row = madeSegment(made, initId, startMs, startMs + 60_000);
  ledger.commitSegment(row, [wholeSpan(row)]);
  tell({ kind: 'heat-map', segmentStartMs: startMs, blob: encodeHeatMap(startMs, moved) });
}
const range = (startMs: EpochMs, endMs: EpochMs) => ({ streamId: made.streamId, startMs, endMs });
const topLeft = [
  { x: 0, y: 0 },
  { x: 2 / 16, y: 0 },
  { x: 2 / 16, y: 2 / 9 },
  { x: 0, y: 2 / 9 },
];

describe('events', () => {
  it('are told as they begin and end, and listed meanwhile', () => {
    tell({ kind: 'began', event: event(5_000) });
    expect(motion.events(range(0, 10_000)).events).toMatchObject([{ startMs: 5_000, endMs: undefined }]);
    tell({ kind: 'ended', event: event(5_000, 9_000), isKept: true });
    expect(told).toMatchObject([
      { kind: 'motion', streamId: made.streamId, event: { startMs: 5_000, endMs: undefined } },
      { kind: 'motion', streamId: made.streamId, event: { startMs: 5_000, endMs: 9_000 } },
    ]);
    const { events, more } = motion.events(range(9_000, 10_000));
    expect(events).toEqual([
      { startMs: 5_000, endMs: 9_000, peakMs: 9_000, peakLevel: 0.5, cells: '00'.repeat(18) },
    ]);
    expect(more).toBe(false);
    expect(motion.events(range(9_001, 10_000)).events).toEqual([]);
  });

  it('without footage are told and not stored', () => {
    tell({ kind: 'ended', event: event(5_000, 9_000), isKept: false });
    expect(told).toHaveLength(1);
    expect(motion.events(range(0, 10_000)).events).toEqual([]);
  });

  it('of a long range come in part, and it says so', () => {
    for (let i = 0; i <= motionAnswerLimit; i++)
      tell({ kind: 'ended', event: event(i * 1_000), isKept: true });
    const { events, more } = motion.events(range(0, 1e9));
    expect(events).toHaveLength(motionAnswerLimit);
    expect(more).toBe(true);
    expect(motion.events(range(events.at(-1)?.startMs ?? 0, 1e9))).toMatchObject({ more: false });
  });

  it('are written together, and what the catalog does not take is tried again', () => {
    const count = () => made.catalog.database.prepare('SELECT count(*) FROM motion_events').pluck().get();
    tell({ kind: 'ended', event: event(5_000), isKept: true });
    tell({ kind: 'ended', event: event(25_000), isKept: true });
    expect(timers).toHaveLength(1);
    made.catalog.database.exec('ALTER TABLE motion_events RENAME TO away');
    timers[0]?.();
    made.catalog.database.exec('ALTER TABLE away RENAME TO motion_events');
    expect(count()).toBe(0);
    tell({ kind: 'ended', event: event(45_000), isKept: true });
    timers[1]?.();
    expect(count()).toBe(3);
  });

  it('that wait are written at the end of the program', () => {
    tell({ kind: 'ended', event: event(5_000), isKept: true });
    motion.stop();
    expect(made.catalog.database.prepare('SELECT start_ms FROM motion_events').pluck().all()).toEqual([
      5_000,
    ]);
  });
});

describe('a search', () => {
  it('finds when something moved in the region, joined over segments', () => {
    segment(0, [
      { atMs: 2_000, cells: cellAt(8, 8) },
      { atMs: 50_000, cells: cellAt(0, 0) },
      { atMs: 58_000, cells: cellAt(1, 1) },
    ]);
    segment(60_000, [
      { atMs: 62_000, cells: cellAt(1, 0) },
      { atMs: 90_000, cells: cellAt(1, 0) },
    ]);
    const { hits, more } = motion.search({ ...range(0, 120_000), region: [topLeft] });
    expect(hits).toEqual([
      { startMs: 50_000, endMs: 62_000, peakMs: 50_000, peakLevel: 0.25 },
      { startMs: 90_000, endMs: 90_000, peakMs: 90_000, peakLevel: 0.25 },
    ]);
    expect(more).toBe(false);
    expect(motion.search({ ...range(58_000, 62_000), region: [topLeft] }).hits).toMatchObject([
      { startMs: 58_000, endMs: 58_000 },
    ]);
  });

  it('of a region in which nothing moved finds nothing', () => {
    segment(0, [{ atMs: 2_000, cells: cellAt(8, 8) }]);
    expect(motion.search({ ...range(0, 60_000), region: [topLeft] })).toEqual({ hits: [], more: false });
  });
});

describe('levels', () => {
  it('are the highest of each part of a day', () => {
    const half = new Uint8Array(18).fill(0x55);
    segment(0, [
      { atMs: 500, cells: cellAt(0, 0) },
      { atMs: 11_000, cells: half },
      { atMs: 12_000, cells: cellAt(0, 0) },
    ]);
    expect(motion.levels({ ...range(0, 60_000), buckets: 6 }).levels).toEqual([1, 50, 0, 0, 0, 0]);
    expect(motion.levels({ ...range(11_500, 12_500), buckets: 1 }).levels).toEqual([1]);
  });

  it('show what moved in the segment that is being written, beside what the closed ones tell exactly', () => {
    segment(0, [
      { atMs: 10_000, cells: cellAt(0, 0) },
      { atMs: 58_000, cells: cellAt(0, 0) },
    ]);
    // Over the border, and after it: of neither there is a heat map yet.
    tell({ kind: 'ended', event: event(58_000, 65_000), isKept: true });
    tell({ kind: 'ended', event: event(85_000, 86_000), isKept: true });
    const { levels } = motion.levels({ ...range(0, 100_000), buckets: 10 });
    expect(levels).toEqual([0, 1, 0, 0, 0, 50, 50, 0, 50, 0]);
  });

  it('of a month are those of its events', () => {
    tell({ kind: 'ended', event: event(86_400_000, 86_400_000 + 60_000), isKept: true });
    const { levels } = motion.levels({ ...range(0, 30 * 86_400_000), buckets: 30 });
    expect(levels).toEqual(Array.from({ length: 30 }, (_, day) => (day === 1 ? 50 : 0)));
  });

  it('show what moves now', () => {
    tell({ kind: 'began', event: event(nowMs - 30_000) });
    const { levels } = motion.levels({ ...range(nowMs - 100_000, nowMs), buckets: 10 });
    expect(levels).toEqual([0, 0, 0, 0, 0, 0, 0, 50, 50, 50]);
  });
});

describe('settings', () => {
  const settings = { enabled: true, sensitivity: 80, masks: [topLeft] };

  it('reach the recorder and every window, and stay', () => {
    expect(motion.settings(made.cameraId)).toEqual(defaultMotionSettings);
    expect(use.settingsOf(made.streamId)).toEqual(defaultMotionSettings);
    motion.setSettings(made.cameraId, settings);
    expect(applied).toEqual([[made.streamId, settings]]);
    expect(told).toEqual([{ kind: 'motion-settings', cameraId: made.cameraId }]);
    expect(use.settingsOf(made.streamId)).toEqual(settings);
  });

  it('of a camera that is not there are refused', () => {
    const cameraId = newId<CameraId>();
    expect(() => motion.setSettings(cameraId, settings)).toThrow(
      expect.objectContaining({ code: 'CAMERA_NOT_FOUND' }),
    );
    expect(() => motion.events({ ...range(0, 1), streamId: newId() })).toThrow(
      expect.objectContaining({ code: 'STREAM_NOT_FOUND' }),
    );
  });
});
