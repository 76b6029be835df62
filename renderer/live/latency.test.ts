// Frames are matched to the fragment they came in, and percentiles are those of the nearest rank.
import { describe, expect, it } from 'vitest';
import { LatencyLog, summarize } from './latency.ts';

describe('LatencyLog', () => {
  it('measures from the muxer’s write of the fragment that holds the frame', () => {
    const log = new LatencyLog();
    log.appended({ startS: 10, endS: 10.1, muxedAtMs: 1_000, startMs: 800 });
    log.appended({ startS: 10.1, endS: 10.2, muxedAtMs: 1_100, startMs: 900 });
    expect(log.shown(10.06, 1_150)).toEqual({
      shownAtMs: 1_150,
      frameMs: expect.closeTo(860, 3),
      latencyMs: 150,
    });
    expect(log.shown(10.1, 1_260)).toEqual({
      shownAtMs: 1_260,
      frameMs: expect.closeTo(900, 3),
      latencyMs: 160,
    });
    // A frame whose time was rounded down belongs to the fragment it begins.
    expect(log.shown(10.0995, 1_261)?.latencyMs).toBe(161);
  });

  it('knows nothing of frames before, between and after its fragments', () => {
    const log = new LatencyLog();
    log.appended({ startS: 10, endS: 10.1, muxedAtMs: 1_000, startMs: 800 });
    expect(log.shown(9.9, 1_150)).toBeUndefined();
    expect(log.shown(10.2, 1_150)).toBeUndefined();
    log.restart();
    expect(log.shown(10.05, 1_150)).toBeUndefined();
    expect(log.readings).toEqual([]);
  });
});

describe('summarize', () => {
  const reading = (shownAtMs: number, latencyMs: number) => ({ shownAtMs, frameMs: 0, latencyMs });

  it('says median and 95th percentile of the window', () => {
    const readings = Array.from({ length: 100 }, (_, index) => reading(1_000 + index, index + 1));
    expect(summarize(readings, 1_100, 1_000)).toEqual({ p50Ms: 50, p95Ms: 95, frames: 100 });
    expect(summarize(readings, 1_100, 11)).toEqual({ p50Ms: 95, p95Ms: 100, frames: 10 });
  });

  it('says nothing without a reading in the window', () => {
    expect(summarize([reading(0, 5)], 10_000, 1_000)).toBeUndefined();
  });
});
