// Merging what follows closely: pure, in one pass over rows in order of their start.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { GapRow } from '../catalog/footage-reads.ts';
import { seamMs } from '../catalog/holes.ts';

/**
 * Covered runs clipped to [startMs, endMs); runs closer than `mergeMs` become one. Always joined is, even when exact runs are
 * asked for, what the catalog joins: the open segment follows the last row by as little.
 */
export class CoverageMerge {
  readonly runs: { startMs: EpochMs; endMs: EpochMs }[] = [];
  readonly #startMs: EpochMs;
  readonly #endMs: EpochMs;
  readonly #mergeMs: number;

  constructor(startMs: EpochMs, endMs: EpochMs, mergeMs: number) {
    this.#startMs = startMs;
    this.#endMs = endMs;
    this.#mergeMs = mergeMs;
  }

  add(runStartMs: EpochMs, runEndMs: EpochMs): void {
    const startMs = Math.max(runStartMs, this.#startMs);
    const endMs = Math.min(runEndMs, this.#endMs);
    if (endMs <= startMs) return;
    const last = this.runs.at(-1);
    const hole = last === undefined ? Number.POSITIVE_INFINITY : startMs - last.endMs;
    if (last !== undefined && (hole < this.#mergeMs || hole <= seamMs)) {
      last.endMs = Math.max(last.endMs, endMs);
    } else {
      this.runs.push({ startMs, endMs });
    }
  }
}

/**
 * Gaps in order. Two that are closer than `mergeMs` become one when either is shorter than that, with the reason of the
 * longer: a camera that comes and goes a hundred times a minute is one stretch on a month's timeline, while an hour
 * unreachable beside an hour switched off stays two. The gap that goes on keeps its start.
 */
export class GapMerge {
  readonly gaps: GapRow[] = [];
  readonly #mergeMs: number;
  /** Length of the longest gap in the last merged one, whose reason it has. */
  #longestMs = 0;

  constructor(mergeMs: number) {
    this.#mergeMs = mergeMs;
  }

  add(gap: GapRow): void {
    const last = this.gaps.at(-1);
    const lengthMs = gap.endMs === undefined ? Number.POSITIVE_INFINITY : gap.endMs - gap.startMs;
    if (last?.endMs !== undefined && gap.endMs !== undefined && gap.startMs - last.endMs < this.#mergeMs) {
      const shorterMs = Math.min(lengthMs, last.endMs - last.startMs);
      if (shorterMs < this.#mergeMs) {
        const reason = lengthMs > this.#longestMs ? gap.reason : last.reason;
        this.gaps[this.gaps.length - 1] = { startMs: last.startMs, endMs: gap.endMs, reason };
        this.#longestMs = Math.max(this.#longestMs, lengthMs);
        return;
      }
    }
    this.gaps.push(gap);
    this.#longestMs = lengthMs;
  }
}
