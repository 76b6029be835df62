// The recorder's ledger on a real catalog file: store invariants 1 and 3, gaps, garbage, and the coverage kept by triggers.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackLayout } from '../../recorder/model/footage.ts';
import { newId, type StreamId, type VolumeId } from '../../recorder/model/ids.ts';
import { type FootageLedger, RowRefused } from '../../recorder/segments/ledger.ts';
import { FootageReads } from './footage-reads.ts';
import { createLedger } from './ledger.ts';
import { addCamera, type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { madeSegment, wholeSpan } from './made-segment.ts';

const layout: TrackLayout = {
  video: { trackId: 1, codec: 'avc1.64001f', width: 640, height: 360, timescale: 1_000 },
  audio: undefined,
};
let made: MadeCatalog;
let ledger: FootageLedger;
let initId: number;
beforeEach(() => {
  made = madeCatalog();
  ledger = createLedger(made.catalog);
  initId = ledger.saveInit(made.streamId, Uint8Array.of(1, 2, 3), layout);
});
afterEach(() => made.remove());

const commit = (startMs: number, endMs: number) => {
  const segment = madeSegment(made, initId, startMs, endMs);
  ledger.commitSegment(segment, [wholeSpan(segment)]);
  return segment;
};
const rows = (sql: string) => made.catalog.database.prepare(sql).raw().all() as unknown[][];
const coverage = () => rows('SELECT start_ms, end_ms FROM coverage ORDER BY start_ms');
const gaps = () => rows('SELECT start_ms, end_ms, reason FROM gaps ORDER BY start_ms');

describe('init sections', () => {
  it('are stored once per stream and content', () => {
    expect(ledger.saveInit(made.streamId, Uint8Array.of(1, 2, 3), layout)).toBe(initId);
    expect(ledger.saveInit(made.streamId, Uint8Array.of(1, 2, 4), layout)).not.toBe(initId);
    const other = addCamera(made.catalog, 'Yard');
    expect(ledger.saveInit(other.streamId, Uint8Array.of(1, 2, 3), layout)).not.toBe(initId);
  });

  it('are refused for a stream that is not there', () => {
    expect(() => ledger.saveInit(newId<StreamId>(), Uint8Array.of(1), layout)).toThrow('unknown stream');
  });
});

describe('committing a segment', () => {
  it('stores row and fragment index together', () => {
    const segment = commit(1_000, 61_000);
    const reads = new FootageReads(made.catalog);
    const stream = reads.stream(made.streamId)?.number ?? 0;
    const [row] = reads.segments(stream, 0, 100_000);
    expect(row).toMatchObject({ startMs: 1_000, endMs: 61_000, initId });
    expect(reads.spans(stream, 1_000)).toEqual([wholeSpan(segment)]);
    expect(reads.file(stream, 1_000)).toMatchObject({ sizeBytes: 1_200, volumeId: made.volumeId });
    expect(ledger.lastSegmentEndMs(made.streamId)).toBe(61_000);
    expect(ledger.newestOnVolumeMs(made.streamId, made.volumeId)).toBe(1_000);
    expect(ledger.knows(made.volumeId, segment.path)).toBe(true);
  });

  it('tells what a file found at a moment may continue, and what may continue it', () => {
    expect(ledger.neighbours(made.streamId, 50_000)).toEqual({ before: undefined, after: undefined });
    commit(1_000, 61_000);
    commit(61_000, 81_000);
    const newest = { runStartMs: 61_000, initId, endMs: 81_000, endTicks: 20_000 };
    expect(ledger.neighbours(made.streamId, Number.POSITIVE_INFINITY)).toMatchObject({ before: newest });
    const { before, after } = ledger.neighbours(made.streamId, 61_000);
    expect(before).toMatchObject({ runStartMs: 1_000, endMs: 61_000, endTicks: 60_000 });
    expect(after).toMatchObject({ startMs: 61_000, startTicks: 0, initId });
  });

  it.each([
    [
      'around it',
      0,
      90_000,
      [
        [0, 20_000],
        [50_000, 90_000],
      ],
    ],
    ['inside it', 25_000, 30_000, []],
    ['over its start', 10_000, 30_000, [[10_000, 20_000]]],
    ['over its end', 30_000, 60_000, [[50_000, 60_000]]],
    ['beside it', 0, 20_000, [[0, 20_000]]],
  ])('found late, makes a gap give way: %s', (_, startMs, endMs, left) => {
    ledger.openGap(made.streamId, startMs, 'stalled');
    ledger.closeGap(made.streamId, endMs);
    commit(20_000, 50_000);
    expect(rows('SELECT start_ms, end_ms FROM gaps ORDER BY start_ms')).toEqual(left);
  });

  it('found late, leaves an open gap open behind it', () => {
    ledger.openGap(made.streamId, 10_000, 'unreachable');
    commit(20_000, 50_000);
    expect(rows('SELECT start_ms, end_ms, reason FROM gaps ORDER BY start_ms')).toEqual([
      [10_000, 20_000, 'unreachable'],
      [50_000, null, 'unreachable'],
    ]);
  });

  it.each([
    ['the same', 10_000, 20_000],
    ['inside', 12_000, 13_000],
    ['around', 9_000, 21_000],
    ['over its start', 9_000, 10_001],
    ['over its end', 19_999, 25_000],
  ])('refuses one that overlaps another: %s', (_, startMs, endMs) => {
    commit(0, 5_000);
    commit(10_000, 20_000);
    commit(30_000, 40_000);
    expect(() => commit(startMs, endMs)).toThrow(/never overlap|UNIQUE/);
    expect(() => commit(startMs, endMs)).toThrow(RowRefused);
    expect(rows('SELECT count(*) FROM segments UNION ALL SELECT count(*) FROM fragment_indexes')).toEqual([
      [3],
      [3],
    ]);
  });

  it('lets two streams record the same time', () => {
    commit(0, 5_000);
    const other = { ...made, ...addCamera(made.catalog, 'Yard') };
    const otherInit = ledger.saveInit(other.streamId, Uint8Array.of(1), layout);
    const segment = madeSegment(other, otherInit, 0, 5_000);
    expect(() => ledger.commitSegment(segment, [wholeSpan(segment)])).not.toThrow();
  });

  it('writes nothing when the index cannot be stored', () => {
    const segment = madeSegment(made, initId, 0, 5_000);
    expect(() => ledger.commitSegment(segment, [])).toThrow('without spans');
    made.catalog.database.exec('DROP TABLE fragment_indexes');
    expect(() => ledger.commitSegment(segment, [wholeSpan(segment)])).toThrow();
    expect(() => ledger.commitSegment(segment, [wholeSpan(segment)])).not.toThrow(RowRefused);
    expect(rows('SELECT count(*) FROM segments')).toEqual([[0]]);
  });

  it('refuses a path, volume or init of something else', () => {
    const refused = (changes: Parameters<typeof madeSegment>[4]) => {
      const segment = madeSegment(made, initId, 0, 5_000, changes);
      return () => ledger.commitSegment(segment, [wholeSpan(segment)]);
    };
    expect(refused({ path: '../../etc/passwd' })).toThrow('path of another segment');
    expect(refused({ volumeId: newId<VolumeId>() })).toThrow('unknown volume');
    expect(refused({ initId: 999 })).toThrow('FOREIGN KEY');
    expect(refused({ sha256: new Uint8Array(31) })).toThrow('CHECK');
    expect(refused({ sizeBytes: 0 })).toThrow('CHECK');
  });

  it('keeps the times of a row for ever', () => {
    commit(0, 5_000);
    expect(() => made.catalog.database.exec('UPDATE segments SET end_ms = 6000')).toThrow('keeps its times');
  });
});

describe('discarding', () => {
  it('moves the row to the garbage, which knows the file until it is dropped', () => {
    const segment = commit(0, 5_000);
    ledger.discard([segment], 77);
    expect(rows('SELECT count(*) FROM segments UNION ALL SELECT count(*) FROM fragment_indexes')).toEqual([
      [0],
      [0],
    ]);
    expect(ledger.listGarbage(made.volumeId)).toEqual([segment.path]);
    expect(ledger.knows(made.volumeId, segment.path)).toBe(true);
    ledger.discard([segment], 78);
    ledger.dropGarbage(made.volumeId, [segment.path]);
    expect(ledger.listGarbage(made.volumeId)).toEqual([]);
    expect(ledger.knows(made.volumeId, segment.path)).toBe(false);
  });

  it('lists the garbage of one volume alone', () => {
    ledger.discard([commit(0, 5_000)], 77);
    expect(ledger.listGarbage(newId<VolumeId>())).toEqual([]);
  });
});

describe('knowing a file', () => {
  it('does not know what no row names', () => {
    const { path } = commit(0, 5_000);
    const unknown = [
      path.replace('0.mp4', '00.mp4'),
      `/${path}`,
      path.replace('main', 'sub'),
      `${path}/x`,
      'a',
      '',
      '../x.mp4',
      path.toUpperCase(),
    ];
    expect(unknown.filter((name) => ledger.knows(made.volumeId, name))).toEqual([]);
    expect(ledger.knows(newId<VolumeId>(), path)).toBe(false);
  });
});

describe('gaps', () => {
  it('begin once, take the newest reason, and end', () => {
    ledger.openGap(made.streamId, 1_000, 'starting');
    ledger.openGap(made.streamId, 2_000, 'unreachable');
    expect(gaps()).toEqual([[1_000, null, 'unreachable']]);
    ledger.closeGap(made.streamId, 3_000);
    ledger.closeGap(made.streamId, 4_000);
    expect(gaps()).toEqual([[1_000, 3_000, 'unreachable']]);
    expect(ledger.coveredUntilMs(made.streamId)).toBe(3_000);
  });

  it.each([1_000, 999])('leave no row when they end at %i, without length', (endMs) => {
    ledger.openGap(made.streamId, 1_000, 'starting');
    ledger.closeGap(made.streamId, endMs);
    expect(gaps()).toEqual([]);
  });

  it('never overlap after the clock was set back', () => {
    ledger.openGap(made.streamId, 1_000, 'unreachable');
    ledger.closeGap(made.streamId, 9_000);
    ledger.openGap(made.streamId, 2_000, 'clock-changed');
    expect(gaps()).toEqual([
      [1_000, 9_000, 'unreachable'],
      [9_000, null, 'clock-changed'],
    ]);
    ledger.closeGap(made.streamId, 3_000);
    expect(gaps()).toEqual([[1_000, 9_000, 'unreachable']]);
  });

  it('count as covered with the segments', () => {
    expect(ledger.coveredUntilMs(made.streamId)).toBeUndefined();
    expect(ledger.lastSegmentEndMs(made.streamId)).toBeUndefined();
    expect(ledger.newestOnVolumeMs(made.streamId, made.volumeId)).toBeUndefined();
    commit(0, 5_000);
    ledger.openGap(made.streamId, 5_000, 'stalled');
    expect(ledger.coveredUntilMs(made.streamId)).toBe(5_000);
    ledger.closeGap(made.streamId, 8_000);
    expect(ledger.coveredUntilMs(made.streamId)).toBe(8_000);
  });
});

describe('coverage', () => {
  it('joins what follows, over a rounding of 100 ms', () => {
    commit(0, 5_000);
    commit(5_000, 9_000);
    commit(9_100, 10_000);
    commit(10_101, 11_000);
    expect(coverage()).toEqual([
      [0, 10_000],
      [10_101, 11_000],
    ]);
  });

  it('is what the segments say, whatever is committed and discarded in whatever order', () => {
    const actions = fc.array(
      fc.record({ slot: fc.nat(30), from: fc.nat(150), keep: fc.integer({ min: 0, max: 3 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(actions, (list) => {
        for (const { slot, from, keep } of list) {
          const present = rows(`SELECT 1 FROM segments WHERE start_ms / 1000 = ${slot}`).length > 0;
          if (!present) commit(slot * 1_000 + from, slot * 1_000 + 1_000 - (from % 7) * 20);
          else if (keep === 0)
            ledger.discard(
              rows(`SELECT start_ms FROM segments WHERE start_ms / 1000 = ${slot}`).map(([startMs]) => ({
                streamId: made.streamId,
                startMs: Number(startMs),
              })),
              1,
            );
        }
        const expected: [number, number][] = [];
        for (const [startMs, endMs] of rows('SELECT start_ms, end_ms FROM segments ORDER BY start_ms') as [
          number,
          number,
        ][]) {
          const last = expected.at(-1);
          if (last !== undefined && startMs - last[1] <= 100) last[1] = endMs;
          else expected.push([startMs, endMs]);
        }
        const actual = coverage();
        made.catalog.database.exec('DELETE FROM segments');
        return JSON.stringify(actual) === JSON.stringify(expected) && coverage().length === 0;
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});
