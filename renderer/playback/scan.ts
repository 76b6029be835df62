// Plays one stream at speeds no video element plays: a clock runs, and the frame of its moment is sought, one after the other.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { type Footage, stateAt } from '../timeline/footage.ts';
import { holeAt, type Range } from '../timeline/ranges.ts';
import { heldAt, MasterClock } from './master-clock.ts';
import { showsKeyframesOnly } from './speeds.ts';

/** Where a scan goes on: at a frame, or nowhere, because the footage is over on that side. */
export type ScanStep =
  | { readonly kind: 'show'; readonly ms: EpochMs }
  | { readonly kind: 'newest' }
  | { readonly kind: 'oldest' };

/** The step at `ms` of a clock that runs at `speed`; over holes to the next footage on its way. */
export function scanStep(ms: EpochMs, speed: number, footage: Footage): ScanStep {
  const { oldestMs, newestMs } = footage;
  if (speed > 0 && newestMs !== undefined && ms >= newestMs) return { kind: 'newest' };
  if (speed < 0 && oldestMs !== undefined && ms <= oldestMs) return { kind: 'oldest' };
  return { kind: 'show', ms: overHole(ms, speed, footage) };
}

/** The moment itself, or in a hole the nearest one with footage on the way: forward (above 0) or back. */
export function overHole(ms: EpochMs, direction: number, footage: Footage): EpochMs {
  const state = stateAt(footage, ms, Number.POSITIVE_INFINITY);
  if (state.kind !== 'gap' && state.kind !== 'empty') return ms;
  const hole = holeAt(footage.coverage, ms);
  const border = direction > 0 ? hole?.endMs : hole && hole.startMs - 1;
  // A hole that reaches out of what is loaded is stepped through until its end is known.
  return border !== undefined && Number.isFinite(border) ? border : ms;
}

/** What a scan plays: the player it belongs to. */
export interface Scanned {
  isSeeking(): boolean;
  show(ms: EpochMs): void;
  /** Begin of the GOP that holds the moment, where it is known. */
  keyframeMs(ms: EpochMs): EpochMs | undefined;
  footage(): Footage;
  loop(): Range | undefined;
  /** There is no more to show in this direction. */
  end(side: 'newest' | 'oldest'): void;
}

/** Nearer than this to the one asked for last is the same frame. */
const leastStepMs = 15;

export class Scan {
  readonly #scanned: Scanned;
  readonly #clock = new MasterClock(() => performance.now());
  #speed = 0;
  #frame = 0;
  #fromMs: EpochMs = 0;
  #askedMs: EpochMs | undefined;

  constructor(scanned: Scanned) {
    this.#scanned = scanned;
  }

  get isRunning(): boolean {
    return this.#speed !== 0;
  }

  /** From `fromMs` on; while it runs already, from there at another speed. */
  run(fromMs: EpochMs, speed: number): void {
    this.stop();
    this.#speed = speed;
    this.#fromMs = fromMs;
    this.#askedMs = undefined;
    this.#clock.set(fromMs);
    this.#clock.run(speed);
    this.#turn();
  }

  stop(): void {
    this.#speed = 0;
    this.#clock.run(0);
    cancelAnimationFrame(this.#frame);
  }

  readonly #turn = (): void => {
    this.#frame = requestAnimationFrame(this.#turn);
    const ms = this.#clock.ms();
    if (this.#scanned.isSeeking()) {
      this.#waitFor(ms);
      return;
    }
    const loop = this.#scanned.loop();
    const turned = loop && turnedBack(ms, this.#speed, loop);
    if (turned !== undefined) this.#clock.set(turned);
    const step = scanStep(turned ?? ms, this.#speed, this.#scanned.footage());
    if (step.kind !== 'show') {
      this.#scanned.end(step.kind);
      return;
    }
    if (step.ms !== (turned ?? ms)) this.#clock.set(step.ms);
    this.#show(step.ms);
  };

  #show(ms: EpochMs): void {
    const isKeyframe = showsKeyframesOnly(this.#speed);
    const wantedMs = (isKeyframe ? this.#scanned.keyframeMs(ms) : undefined) ?? ms;
    // The key frame before the one it began at lies on no way forward.
    if (this.#askedMs === undefined && (wantedMs - this.#fromMs) * this.#speed < 0) return;
    if (this.#askedMs !== undefined && Math.abs(wantedMs - this.#askedMs) < leastStepMs) return;
    this.#askedMs = wantedMs;
    this.#scanned.show(wantedMs);
  }

  #waitFor(ms: EpochMs): void {
    const heldMs = this.#askedMs === undefined ? undefined : heldAt(ms, this.#askedMs, this.#speed);
    if (heldMs !== undefined) this.#clock.set(heldMs);
  }
}

/** Where a loop goes on once its end is reached, or its begin backwards; undefined inside of it. */
export function turnedBack(ms: EpochMs, speed: number, { startMs, endMs }: Range): EpochMs | undefined {
  if (speed > 0 && ms >= endMs) return startMs;
  if (speed < 0 && ms <= startMs) return endMs - 1;
  return undefined;
}

/** Whether nothing of a stretch can be shown, because the way to it led past it. */
export function skipsAll(skipped: Range | undefined, { startMs, endMs }: Range): boolean {
  return skipped !== undefined && skipped.startMs <= startMs && skipped.endMs >= endMs;
}
