// Rows of motion: found again, planned as searches, and gone with their footage.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { longestMs, type MotionEvent } from '../../recorder/motion/events.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { createLedger } from './ledger.ts';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { madeSegment, wholeSpan } from './made-segment.ts';
import { MotionRows, motionReads } from './motion.ts';

let made: MadeCatalog;
let rows: MotionRows;
let ledger: FootageLedger;
const stream = 1;
beforeEach(() => {
  made = madeCatalog();
  rows = new MotionRows(made.catalog);
  ledger = createLedger(made.catalog);
  const layout = {
    video: { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 },
    audio: undefined,
  };
  const initId = ledger.saveInit(made.streamId, Uint8Array.of(1), layout);
  for (const startMs of [60_000, 120_000, 180_000]) {
    const segment = madeSegment(made, initId, startMs, startMs + 60_000);
    ledger.commitSegment(segment, [wholeSpan(segment)]);
  }
});
afterEach(() => made.remove());

const event = (startMs: EpochMs, endMs = startMs): MotionEvent => ({
  startMs,
  endMs,
  peakMs: startMs,
  peakLevel: 0.25,
  cells: new Uint8Array(18).fill(3),
});
const store = (...events: MotionEvent[]) =>
  rows.store(
    events.map((one) => ({ streamId: made.streamId, event: one })),
    [],
  );
const discard = (startMs: EpochMs) => ledger.discard([{ streamId: made.streamId, startMs }], 1);
const heat = (segmentStartMs: EpochMs) => ({
  streamId: made.streamId,
  segmentStartMs,
  blob: Uint8Array.of(1),
});

function eventsIn(startMs: EpochMs, endMs: EpochMs): MotionEvent[] {
  const found: MotionEvent[] = [];
  rows.eachEvent(stream, startMs, endMs, (one) => found.push(one) > 0);
  return found;
}
function heatIn(startMs: EpochMs, endMs: EpochMs): EpochMs[] {
  const found: EpochMs[] = [];
  rows.eachHeatMap(stream, startMs, endMs, (segmentStartMs) => found.push(segmentStartMs) > 0);
  return found;
}

describe('events', () => {
  it('are found by what they touch', () => {
    store(event(61_000, 70_000), event(130_000), event(179_000, 190_000));
    expect(eventsIn(70_000, 70_001)).toMatchObject([{ startMs: 61_000, endMs: 70_000, peakLevel: 0.25 }]);
    expect(Array.from(eventsIn(70_000, 70_001)[0]?.cells ?? [])).toEqual(Array(18).fill(3));
    expect(eventsIn(70_001, 130_000)).toEqual([]);
    expect(eventsIn(0, 1e12).map(({ startMs }) => startMs)).toEqual([61_000, 130_000, 179_000]);
    let count = 0;
    rows.eachEvent(stream, 0, 1e12, () => ++count < 2);
    expect(count).toBe(2);
  });

  it('as long as they may be are found at their end', () => {
    store(event(60_000, 60_000 + longestMs));
    expect(eventsIn(60_000 + longestMs, 1e12)).toHaveLength(1);
  });

  it('told again have grown', () => {
    store(event(61_000));
    store(event(61_000, 66_000));
    expect(eventsIn(0, 1e12)).toMatchObject([{ startMs: 61_000, endMs: 66_000 }]);
  });

  it('go with the footage they begin in', () => {
    store(event(61_000, 130_000), event(121_000), event(185_000));
    discard(60_000);
    expect(eventsIn(0, 1e12).map(({ startMs }) => startMs)).toEqual([121_000, 185_000]);
    discard(180_000);
    expect(eventsIn(0, 1e12).map(({ startMs }) => startMs)).toEqual([121_000]);
  });

  it('that began where nothing is recorded go with what comes after', () => {
    store(event(10_000, 61_000), event(121_000));
    discard(60_000);
    expect(eventsIn(0, 1e12).map(({ startMs }) => startMs)).toEqual([121_000]);
  });
});

describe('heat maps', () => {
  it('are found for every segment a range touches', () => {
    rows.store([], [heat(60_000), heat(120_000), heat(180_000)]);
    expect(heatIn(119_999, 120_001)).toEqual([60_000, 120_000]);
    expect(heatIn(0, 1e12)).toEqual([60_000, 120_000, 180_000]);
    expect(heatIn(1_000, 60_000)).toEqual([]);
    let count = 0;
    rows.eachHeatMap(stream, 0, 1e12, () => ++count < 2);
    expect(count).toBe(2);
  });

  it('go with their segment, and come too late for one that is gone', () => {
    rows.store([], [heat(60_000)]);
    discard(60_000);
    rows.store([], [heat(60_000), heat(61_000)]);
    expect(heatIn(0, 1e12)).toEqual([]);
  });
});

describe('settings', () => {
  it('are those of the camera and of its streams', () => {
    expect(rows.settings(made.cameraId)).toBeUndefined();
    const mask = [
      { x: 0, y: 0 },
      { x: 0.5, y: 0 },
      { x: 0.25, y: 1 },
    ];
    rows.setSettings(made.cameraId, { enabled: true, sensitivity: 30, masks: [] });
    rows.setSettings(made.cameraId, { enabled: false, sensitivity: 80, masks: [mask] });
    const expected = { enabled: false, sensitivity: 80, masks: [mask] };
    expect(rows.settings(made.cameraId)).toEqual(expected);
    expect(rows.settingsOfStream(made.streamId)).toEqual(expected);
  });
});

describe('the segments of a moment', () => {
  it('are the one that holds it and the one before', () => {
    const starts = (atMs: EpochMs) => rows.segmentsBefore(stream, atMs).map(({ startMs }) => startMs);
    expect(starts(59_999)).toEqual([]);
    expect(starts(60_000)).toEqual([60_000]);
    expect(starts(185_000)).toEqual([180_000, 120_000]);
    expect(starts(185_000 + 3 * 3_600_000)).toEqual([]);
  });
});

it.each(Object.entries(motionReads))('%s is planned as a search with both bounds', (_, sql) => {
  const values = Array(sql.split('?').length - 1).fill(1_000);
  const plan = made.catalog.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as {
    detail: string;
  }[];
  const steps = plan.map(({ detail }) => detail).filter((detail) => !detail.startsWith('SCALAR SUBQUERY'));
  expect(steps.filter((step) => !/^SEARCH \S+ USING (PRIMARY KEY|INTEGER PRIMARY KEY)/.test(step))).toEqual(
    [],
  );
  expect(steps.some((step) => step.includes('start_ms>? AND start_ms<?'))).toBe(true);
});
