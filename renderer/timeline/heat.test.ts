// Tiles of motion: the same for every view of a zoom, enough for each view, never more than an answer may hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatShare, levelAt, stripOf, tileBuckets, tileEndMs, tilesFor } from './heat.ts';
import { endMs, longestSpanMs, msPerPixel, shortestSpanMs } from './viewport.ts';

const nowMs = Date.UTC(2026, 10, 26, 3);
const anyView = fc.record({
  startMs: fc.integer({ min: nowMs - 2 * longestSpanMs, max: nowMs - 1 }),
  spanMs: fc.integer({ min: shortestSpanMs, max: longestSpanMs }),
  width: fc.integer({ min: 320, max: 3_840 }),
});

describe('tilesFor', () => {
  it('covers what has happened of a view, in answers of at most 62 days, fine enough to see', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const tiles = tilesFor(view, nowMs);
        const [first, last] = [tiles[0], tiles.at(-1)];
        if (first === undefined || last === undefined) throw new Error('a view of the past needs tiles');
        expect(first.startMs).toBeLessThanOrEqual(view.startMs);
        expect(tileEndMs(last)).toBeGreaterThanOrEqual(Math.min(endMs(view), nowMs));
        expect(tiles.length).toBeLessThan(40);
        for (const tile of tiles) {
          expect(tile.startMs % (tileBuckets * tile.bucketMs)).toBe(0);
          expect(tileEndMs(tile) - tile.startMs).toBeLessThanOrEqual(62 * 86_400_000);
        }
        expect(tiles.slice(1).map(({ startMs }) => startMs)).toEqual(tiles.slice(0, -1).map(tileEndMs));
        // Up to three pixels, unless that is shorter than from one keyframe to the next.
        expect(first.bucketMs).toBeLessThanOrEqual(Math.max(4_096, 3 * msPerPixel(view)));
      }),
    );
  });

  it('asks the same of views that are panned a little', () => {
    const view = { startMs: nowMs - 20 * 3_600_000, spanMs: 3_600_000, width: 1_100 };
    const tiles = tilesFor(view, nowMs);
    expect(tilesFor({ ...view, startMs: view.startMs + 60_000 }, nowMs)).toEqual(tiles);
  });

  it('asks nothing of the future', () => {
    expect(tilesFor({ startMs: nowMs + 1, spanMs: 3_600_000, width: 1_000 }, nowMs)).toEqual([]);
  });
});

describe('a strip', () => {
  it('knows the level of each moment of its tiles', () => {
    const tile = (startMs: number, level: number) => ({
      startMs,
      bucketMs: 1_000,
      levels: Array.from({ length: tileBuckets }, () => level),
    });
    const strip = stripOf([tile(0, 3), tile(256_000, 7)]);
    if (strip === undefined) throw new Error('no strip');
    expect([-1, 0, 255_999, 256_000, 511_999, 512_000].map((ms) => levelAt(strip, ms))).toEqual([
      ...[0, 3, 3, 7, 7, 0],
    ]);
    expect(stripOf([])).toBeUndefined();
  });
});

describe('heatShare', () => {
  it('leaves what does not move away, shows the least motion, and keeps room above the most', () => {
    expect(heatShare(0)).toBe(0);
    expect(heatShare(1)).toBeGreaterThan(0.15);
    expect(heatShare(100)).toBeLessThan(0.9);
    expect(heatShare(25)).toBeGreaterThan(2 * heatShare(1));
  });
});
