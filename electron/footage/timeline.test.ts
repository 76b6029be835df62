// The timeline of a stream: rows and the open segment as one truth.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenSegment } from '../../recorder/model/footage.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { createLedger } from '../catalog/ledger.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { madeOpenSegment, madeSegment, wholeSpan } from '../catalog/made-segment.ts';
import { runsPerAnswerLimit, TimelineService } from './timeline.ts';

const layout = {
  video: { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 },
  audio: undefined,
};
let made: MadeCatalog;
let ledger: FootageLedger;
let initId: number;
let open: OpenSegment | undefined;
let timeline: TimelineService;
beforeEach(() => {
  made = madeCatalog();
  ledger = createLedger(made.catalog);
  initId = ledger.saveInit(made.streamId, Uint8Array.of(1), layout);
  open = undefined;
  timeline = new TimelineService(made.catalog, { openSegment: () => open });
});
afterEach(() => made.remove());

const commit = (startMs: number, endMs: number) => {
  const segment = madeSegment(made, initId, startMs, endMs);
  ledger.commitSegment(segment, [wholeSpan(segment)]);
};
const range = (startMs: number, endMs: number, mergeMs = 0) =>
  timeline.range({ streamId: made.streamId, startMs, endMs, mergeMs });

describe('the timeline', () => {
  it('is empty for a camera that never recorded', () => {
    expect(range(0, 1_000)).toEqual({ coverage: [], gaps: [] });
  });

  it('tells footage clipped to the range, gaps as they are, and the ends of it all', () => {
    commit(10_000, 20_000);
    ledger.openGap(made.streamId, 20_000, 'unreachable');
    ledger.closeGap(made.streamId, 30_000);
    commit(30_000, 40_000);
    expect(range(15_000, 32_000)).toEqual({
      coverage: [
        { startMs: 15_000, endMs: 20_000 },
        { startMs: 30_000, endMs: 32_000 },
      ],
      gaps: [{ startMs: 20_000, endMs: 30_000, reason: 'unreachable' }],
      oldestMs: 10_000,
      newestMs: 40_000,
    });
  });

  it('goes on to the last complete span of the segment being written', () => {
    commit(10_000, 20_000);
    open = madeOpenSegment(made, initId, 20_001, [1_000, 1_000]);
    expect(range(0, 100_000)).toEqual({
      coverage: [{ startMs: 10_000, endMs: 22_001 }],
      gaps: [],
      oldestMs: 10_000,
      newestMs: 22_001,
    });
  });

  it('shows a first segment that has no row yet', () => {
    open = madeOpenSegment(made, initId, 5_000, [1_000]);
    expect(range(0, 100_000)).toMatchObject({
      coverage: [{ startMs: 5_000, endMs: 6_000 }],
      oldestMs: 5_000,
      newestMs: 6_000,
    });
  });

  it('shows nothing of an open segment without a complete span', () => {
    open = madeOpenSegment(made, initId, 5_000, []);
    expect(range(0, 100_000)).toEqual({ coverage: [], gaps: [] });
  });

  it('refuses a stream that is not there', () => {
    const streamId = newId<StreamId>();
    expect(() => timeline.range({ streamId, startMs: 0, endMs: 1, mergeMs: 0 })).toThrow(
      expect.objectContaining({ code: 'STREAM_NOT_FOUND', detail: { field: 'streamId' } }),
    );
  });

  it('stays bounded when a camera comes and goes all day', () => {
    const insert = made.catalog.database.prepare('INSERT INTO coverage VALUES (1, ?, ?)');
    const add = made.catalog.database.prepare("INSERT INTO gaps VALUES (1, ?, ?, 'unreachable')");
    made.catalog.database.transaction(() => {
      for (let index = 0; index < runsPerAnswerLimit + 1; index += 1) {
        insert.run(index * 1_000, index * 1_000 + 500);
        add.run(index * 1_000 + 500, index * 1_000 + 1_000);
      }
    })();
    const { coverage, gaps } = range(0, (runsPerAnswerLimit + 1) * 1_000);
    expect(coverage.length).toBeLessThan(runsPerAnswerLimit);
    expect(gaps.length).toBeLessThan(runsPerAnswerLimit);
    expect(coverage.at(-1)?.endMs).toBe(runsPerAnswerLimit * 1_000 + 500);
  });
});

describe('the calendar', () => {
  const days = (...bordersMs: number[]) => timeline.days({ streamIds: [made.streamId], bordersMs }).recorded;

  it('knows the days with footage, also where a run goes over midnight', () => {
    commit(10_000, 20_000);
    commit(39_000, 41_000);
    expect(days(0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000)).toEqual([
      ...[false, true, false, true, true, false],
    ]);
    // A day of another length, and one whose only footage lies in its middle.
    expect(days(5_000, 30_000, 31_000)).toEqual([true, false]);
  });

  it('counts what is being written and has no row yet', () => {
    open = madeOpenSegment(made, initId, 70_000, [5_000]);
    expect(days(60_000, 70_000, 75_000, 80_000)).toEqual([false, true, false]);
  });

  it('of a camera that does not exist is refused', () => {
    expect(() => timeline.days({ streamIds: [made.streamId, newId<StreamId>()], bordersMs: [0, 1] })).toThrow(
      expect.objectContaining({ code: 'STREAM_NOT_FOUND', detail: { field: 'streamIds.1' } }),
    );
  });
});
