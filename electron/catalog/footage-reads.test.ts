// The hot reads: right at every edge, and planned as searches of a key with both bounds.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { FootageReads, hotReads } from './footage-reads.ts';
import { createLedger } from './ledger.ts';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { madeSegment, wholeSpan } from './made-segment.ts';

let made: MadeCatalog;
let reads: FootageReads;
let ledger: FootageLedger;
let stream: number;
beforeEach(() => {
  made = madeCatalog();
  reads = new FootageReads(made.catalog);
  ledger = createLedger(made.catalog);
  stream = reads.stream(made.streamId)?.number ?? -1;
  const layout = {
    video: { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 },
    audio: undefined,
  };
  const initId = ledger.saveInit(made.streamId, Uint8Array.of(1), layout);
  for (const [startMs, endMs] of [
    [1_000, 2_000],
    [2_000, 3_000],
    [5_000, 6_000],
  ] as const) {
    const segment = madeSegment(made, initId, startMs, endMs);
    ledger.commitSegment(segment, [wholeSpan(segment)]);
  }
});
afterEach(() => made.remove());

const covered = (startMs: number, endMs: number) => {
  const runs: number[][] = [];
  reads.eachCovered(stream, startMs, endMs, (from, until) => runs.push([from, until]));
  return runs;
};
const starts = (startMs: number, endMs: number) =>
  reads.segments(stream, startMs, endMs).map((row) => row.startMs);

describe('the plans of the hot reads', () => {
  it.each(Object.entries(hotReads))('%s searches and never scans or sorts', (_, sql) => {
    const values = Array(sql.split('?').length - 1).fill(1_000);
    const plan = made.catalog.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as {
      detail: string;
    }[];
    const steps = plan
      .map(({ detail }) => detail)
      .filter((detail) => !/^(SCALAR|CORRELATED) SUBQUERY/.test(detail));
    expect(steps.length).toBeGreaterThan(0);
    expect(
      steps.filter(
        (step) => !/^SEARCH \S+ USING (PRIMARY KEY|INTEGER PRIMARY KEY|COVERING INDEX)/.test(step),
      ),
    ).toEqual([]);
  });

  it.each(['coverage', 'gaps', 'segments'] as const)('%s bounds the range on both sides', (name) => {
    const plan = made.catalog.database.prepare(`EXPLAIN QUERY PLAN ${hotReads[name]}`).all(1, 2, 1, 1, 1) as {
      detail: string;
    }[];
    expect(plan[0]?.detail).toBe(
      `SEARCH ${name} USING PRIMARY KEY (stream_number=? AND start_ms>? AND start_ms<?)`,
    );
  });
});

describe('reading coverage', () => {
  it('finds runs that touch the range, also from before it', () => {
    expect(covered(0, 10_000)).toEqual([
      [1_000, 3_000],
      [5_000, 6_000],
    ]);
    expect(covered(2_500, 2_600)).toEqual([[1_000, 3_000]]);
    expect(covered(3_000, 5_000)).toEqual([]);
    expect(covered(2_999, 5_001)).toEqual([
      [1_000, 3_000],
      [5_000, 6_000],
    ]);
  });

  it('knows the oldest and the newest', () => {
    expect([reads.oldestMs(stream), reads.newestMs(stream)]).toEqual([1_000, 6_000]);
    expect([reads.oldestMs(99), reads.newestMs(99)]).toEqual([undefined, undefined]);
  });
});

describe('reading gaps', () => {
  it('finds the one that goes on, and those that touch the range', () => {
    ledger.openGap(made.streamId, 3_000, 'unreachable');
    ledger.closeGap(made.streamId, 5_000);
    ledger.openGap(made.streamId, 6_000, 'stalled');
    const found = (startMs: number, endMs: number) => {
      const reasons: string[] = [];
      reads.eachGap(stream, startMs, endMs, ({ reason }) => reasons.push(reason));
      return reasons;
    };
    expect(found(0, 10_000)).toEqual(['unreachable', 'stalled']);
    expect(found(4_999, 5_500)).toEqual(['unreachable']);
    expect(found(5_000, 6_000)).toEqual([]);
    expect(found(900_000, 900_001)).toEqual(['stalled']);
  });
});

describe('reading segments', () => {
  it('finds those that touch a range', () => {
    expect(starts(0, 10_000)).toEqual([1_000, 2_000, 5_000]);
    expect(starts(1_999, 2_000)).toEqual([1_000]);
    expect(starts(2_000, 2_001)).toEqual([2_000]);
    expect(starts(3_000, 5_000)).toEqual([]);
  });

  it('finds the one at a moment, or else the next', () => {
    const at = (atMs: number) => reads.segmentAtOrAfter(stream, atMs)?.startMs;
    expect([0, 1_000, 1_999, 2_000, 3_000, 5_999, 6_000].map(at)).toEqual([
      1_000,
      1_000,
      1_000,
      2_000,
      5_000,
      5_000,
      undefined,
    ]);
  });

  it('tells whether anything begins from a moment on', () => {
    expect([5_000, 5_001].map((atMs) => reads.beginsFrom(stream, atMs))).toEqual([true, false]);
  });
});
