// Motion over time: how much of the picture moved in each of many equal stretches, in tiles that fit every pan and zoom.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { endMs, msPerPixel, type Viewport } from './viewport.ts';

/** Levels 0 to 100, one for each `bucketMs` from `startMs` on. */
export interface HeatStrip {
  readonly startMs: EpochMs;
  readonly bucketMs: number;
  readonly levels: Uint8Array;
}

/** A stretch that is asked about as one: always the same borders, so that what is known serves the next view as well. */
export interface HeatTile {
  readonly startMs: EpochMs;
  readonly bucketMs: number;
}

/** One answer's worth: two or three tiles fill a screen. */
export const tileBuckets = 256;
/** A keyframe tells of the pictures up to the next one, usually one to four seconds later: finer would be stripes. */
const finestPower = 12;
/** 256 buckets of 2^24 ms are 50 days; an answer is about at most 62. */
const coarsestPower = 24;
/** A bucket is this wide or up to twice as wide. */
const leastPixels = 1.5;

export function tileEndMs({ startMs, bucketMs }: HeatTile): EpochMs {
  return startMs + tileBuckets * bucketMs;
}

/** The tiles a view needs, from left to right; none for what has not happened yet. */
export function tilesFor(view: Viewport, nowMs: EpochMs): HeatTile[] {
  const power = Math.ceil(Math.log2(msPerPixel(view) * leastPixels));
  const bucketMs = 2 ** Math.min(coarsestPower, Math.max(finestPower, power));
  const tileMs = tileBuckets * bucketMs;
  const tiles: HeatTile[] = [];
  const lastMs = Math.min(endMs(view), nowMs);
  if (lastMs <= view.startMs) return tiles;
  for (let startMs = Math.max(0, Math.floor(view.startMs / tileMs) * tileMs); startMs < lastMs; ) {
    tiles.push({ startMs, bucketMs });
    startMs += tileMs;
  }
  return tiles;
}

/** Neighbouring tiles of one size as one strip. */
export function stripOf(
  tiles: readonly (HeatTile & { readonly levels: ArrayLike<number> })[],
): HeatStrip | undefined {
  const [first] = tiles;
  if (first === undefined) return undefined;
  const levels = new Uint8Array(tiles.length * tileBuckets);
  tiles.forEach((tile, index) => levels.set(tile.levels, index * tileBuckets));
  return { startMs: first.startMs, bucketMs: first.bucketMs, levels };
}

/** The level at a moment; 0 where nothing is known. */
export function levelAt({ startMs, bucketMs, levels }: HeatStrip, ms: EpochMs): number {
  return levels[Math.floor((ms - startMs) / bucketMs)] ?? 0;
}

/**
 * How high a level is drawn, in parts of the track. The root spreads what is usual: a person far away moves one cell in a
 * hundred, a lorry through the gate a third of them.
 */
export function heatShare(level: number): number {
  return level === 0 ? 0 : 0.1 + 0.75 * Math.sqrt(level / 100);
}
