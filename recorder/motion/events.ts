// Motion events: keyframes with motion that follow each other closely become one event with start, end and peak.

import type { EpochMs } from '../model/clock.ts';
import { type CellSet, noCells, unite } from './cells.ts';
import type { KeyframeMotion } from './detector.ts';

export interface MotionEvent {
  /** First keyframe with motion. Between keyframes nobody looks: what moves came in after the one before, up to a GOP earlier. */
  readonly startMs: EpochMs;
  /** Last keyframe with motion. */
  readonly endMs: EpochMs;
  readonly peakMs: EpochMs;
  /** Moving part of the picture at the peak, 0..1. */
  readonly peakLevel: number;
  /** Every cell that moved. */
  readonly cells: CellSet;
}

/** An event ends when nothing moved for this long: somebody who stands still for a moment is one event. */
export const quietMs = 8_000;
/** An event is cut after this long, so that a busy street is not one event a day. */
export const longestMs = 5 * 60_000;

export interface EventChange {
  readonly ended: MotionEvent | undefined;
  readonly began: MotionEvent | undefined;
}

export class MotionEvents {
  #open: MotionEvent | undefined;

  /** Takes the next keyframe; tells which event ended before it and which began with it. */
  add(motion: KeyframeMotion): EventChange {
    const ended = this.#endBefore(motion.atMs);
    if (motion.level === 0) return { ended, began: undefined };
    const before = this.#open;
    this.#open = extend(before, motion);
    return { ended, began: before === undefined ? this.#open : undefined };
  }

  /** Ends the event going on: the stream stopped. */
  finish(): MotionEvent | undefined {
    const ended = this.#open;
    this.#open = undefined;
    return ended;
  }

  #endBefore(nowMs: EpochMs): MotionEvent | undefined {
    const open = this.#open;
    if (open === undefined) return undefined;
    // Time that runs backwards is another run's.
    const over = nowMs - open.endMs > quietMs || nowMs - open.startMs > longestMs || nowMs < open.endMs;
    return over ? this.finish() : undefined;
  }
}

function extend(open: MotionEvent | undefined, motion: KeyframeMotion): MotionEvent {
  const cells = noCells();
  if (open !== undefined) unite(cells, open.cells);
  unite(cells, motion.cells);
  const isHigher = open === undefined || motion.level > open.peakLevel;
  return {
    startMs: open?.startMs ?? motion.atMs,
    endMs: motion.atMs,
    peakMs: isHigher ? motion.atMs : open.peakMs,
    peakLevel: isHigher ? motion.level : open.peakLevel,
    cells,
  };
}
