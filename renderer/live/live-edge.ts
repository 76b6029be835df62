// Decides how a tile stays at the live edge: play a little faster or slower, or jump. Pure; the player asks and obeys.
//
// At speed 1 the distance between the clock and the playhead, `now - playhead`, is constant: the tile's delay. A fragment
// arrives in time when it is appended before the playhead reaches the end of the one before it. So each append tells the
// least delay at which it would have been in time, and the tile rests where nearly all of the last seconds' fragments
// were in time, plus a margin that grows when the picture stalls all the same.

/** Longest memory of late fragments: a rough patch costs delay for this long. */
const memoryMs = 6_000;
/** The latest few are not waited for: one hiccup of the machine would delay every frame of the next seconds. */
const inTimeShare = 0.95;
/** From append to a decoded frame ready for the compositor; raised by every stall, lowered with time. */
const margin = { leastMs: 30, mostMs: 250, stallMs: 25, easeMsPerS: 1 };
/** One late fragment may not push the tile further back than this beyond the usual. */
const outlierMs = 400;
/** Closer than this the speed stays 1. */
const deadbandMs = 8;
/** Error that is corrected within one second by speed alone; faster is seen by the eye. */
const speed = { least: 0.95, most: 1.1 };
/** Further behind than this a tile jumps instead of hurrying. */
export const jumpBehindMs = 1_000;
/** Between two jumps, so that a player that cannot keep up is not thrown about. */
const jumpPauseMs = 1_500;

export interface TimeSpan {
  readonly startS: number;
  readonly endS: number;
}

export interface EdgeView {
  /** Monotonic. */
  readonly nowMs: number;
  readonly playheadS: number;
  /** What is buffered, in order; the last span holds the live edge. */
  readonly buffered: readonly TimeSpan[];
}

export interface EdgeMove {
  readonly speed: number;
  readonly jumpToS?: number;
}

export class LiveEdge {
  #arrivals: { readonly atMs: number; readonly leastDelayMs: number }[] = [];
  #marginMs = margin.leastMs;
  #easedAtMs: number | undefined;
  #jumpedAtMs: number | undefined;

  /** A fragment that continues at `endBeforeS` was appended at `atMs` (monotonic). */
  appended(atMs: number, endBeforeS: number): void {
    this.#arrivals.push({ atMs, leastDelayMs: atMs - endBeforeS * 1_000 });
    while ((this.#arrivals[0]?.atMs ?? atMs) < atMs - memoryMs) this.#arrivals.shift();
  }

  /** The picture stopped for want of data at the resting delay: rest a little further back. */
  stalled(): void {
    this.#marginMs = Math.min(margin.mostMs, this.#marginMs + margin.stallMs);
  }

  /** A new media timeline: what was learned about arrivals does not hold for it. */
  restart(): void {
    this.#arrivals = [];
    this.#jumpedAtMs = undefined;
  }

  move(view: EdgeView): EdgeMove {
    const live = view.buffered.at(-1);
    if (live === undefined) return { speed: 1 };
    const delayMs = view.nowMs - view.playheadS * 1_000;
    const restMs = this.#restingDelayMs(view.nowMs) ?? view.nowMs - live.endS * 1_000;
    const behindMs = delayMs - restMs;
    const outside = view.playheadS < live.startS - 0.001 || view.playheadS > live.endS + 0.5;
    if ((outside || behindMs > jumpBehindMs) && this.#mayJump(view.nowMs)) {
      this.#jumpedAtMs = view.nowMs;
      const restS = (view.nowMs - restMs) / 1_000;
      // A frame before the end: a seek to the very end waits for data that is not there yet.
      return { speed: 1, jumpToS: Math.max(live.startS, Math.min(restS, live.endS - 0.05)) };
    }
    if (Math.abs(behindMs) < deadbandMs) return { speed: 1 };
    return { speed: Math.min(speed.most, Math.max(speed.least, 1 + behindMs / 1_000)) };
  }

  #mayJump(nowMs: number): boolean {
    return this.#jumpedAtMs === undefined || nowMs - this.#jumpedAtMs >= jumpPauseMs;
  }

  #restingDelayMs(nowMs: number): number | undefined {
    const easedMs = nowMs - (this.#easedAtMs ?? nowMs);
    this.#easedAtMs = nowMs;
    this.#marginMs = Math.max(margin.leastMs, this.#marginMs - (easedMs / 1_000) * margin.easeMsPerS);
    if (this.#arrivals.length === 0) return undefined;
    const delays = this.#arrivals.map((arrival) => arrival.leastDelayMs).sort((a, b) => a - b);
    const usual = delays[delays.length >> 1] ?? 0;
    const nearlyAll = delays[Math.ceil(delays.length * inTimeShare) - 1] ?? usual;
    return Math.min(nearlyAll, usual + outlierMs) + this.#marginMs;
  }
}
