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
const margin = { leastMs: 30, mostMs: 250, stallMs: 25, easeMsPerS: 4 };
/** A rough moment stops the picture several times in a row; it counts once. */
const stallPauseMs = 1_000;
/** Late fragments may not push the tile further back than this beyond the usual. */
const outlierMs = 150;
/** Closer than this the speed stays 1. */
const deadbandMs = 8;
/** Errors up to `smallMs` are made good within a second, which the eye does not see; larger ones at once, which it may. */
const speed = { least: 0.95, smallMs: 100, hurryWithinMs: 400, most: 2.5 };
/** Further behind than this a tile jumps to a keyframe that lies ahead, so that the frames between are never decoded. */
const jumpBehindMs = 300;
/** So far behind it jumps although the frames from the last keyframe on are decoded once more. */
const jumpAnywayMs = 1_500;
/** Between two jumps, so that a player that cannot keep up is not thrown about. */
const jumpPauseMs = 1_500;
/** A seek to the very end waits for data that is not there yet: a frame before it at most. */
const lastFrameS = 0.04;

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
  /** Where the newest group of pictures begins. */
  readonly keyframeS: number;
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
  #stalledAtMs: number | undefined;

  /** A fragment that begins at `startS` came at `atMs` (monotonic). */
  arrived(atMs: number, startS: number): void {
    this.#arrivals.push({ atMs, leastDelayMs: atMs - startS * 1_000 });
    while ((this.#arrivals[0]?.atMs ?? atMs) < atMs - memoryMs) this.#arrivals.shift();
  }

  /** The picture stopped for want of data at the resting delay: rest a little further back. */
  stalled(nowMs: number): void {
    if (this.#stalledAtMs !== undefined && nowMs - this.#stalledAtMs < stallPauseMs) return;
    this.#stalledAtMs = nowMs;
    this.#marginMs = Math.min(margin.mostMs, this.#marginMs + margin.stallMs);
  }

  /** A new media timeline: what was learned about arrivals does not hold for it. */
  restart(): void {
    this.#arrivals = [];
    this.#jumpedAtMs = undefined;
  }

  /** Where to begin in `live`, the newest span. */
  entry(nowMs: number, live: TimeSpan): number {
    return within(live, (nowMs - this.#restingDelayMs(nowMs, live)) / 1_000);
  }

  move(view: EdgeView): EdgeMove {
    const { nowMs, playheadS } = view;
    const live = view.buffered.at(-1);
    if (live === undefined) return { speed: 1 };
    const behindMs = nowMs - playheadS * 1_000 - this.#restingDelayMs(nowMs, live);
    const outside = playheadS < live.startS - 0.001 || playheadS > live.endS + 0.5;
    const skips = behindMs > jumpBehindMs && view.keyframeS > playheadS + lastFrameS;
    if ((outside || skips || behindMs > jumpAnywayMs) && this.#mayJump(nowMs)) {
      this.#jumpedAtMs = nowMs;
      // Not before the keyframe: behind it lies what is being skipped.
      const from = { startS: Math.max(live.startS, view.keyframeS), endS: live.endS };
      return { speed: 1, jumpToS: within(skips ? from : live, playheadS + behindMs / 1_000) };
    }
    return { speed: speedFor(behindMs) };
  }

  #mayJump(nowMs: number): boolean {
    return this.#jumpedAtMs === undefined || nowMs - this.#jumpedAtMs >= jumpPauseMs;
  }

  /** While nothing is known about arrivals: at the end. */
  #restingDelayMs(nowMs: number, live: TimeSpan): number {
    const easedMs = nowMs - (this.#easedAtMs ?? nowMs);
    this.#easedAtMs = nowMs;
    this.#marginMs = Math.max(margin.leastMs, this.#marginMs - (easedMs / 1_000) * margin.easeMsPerS);
    if (this.#arrivals.length === 0) return nowMs - live.endS * 1_000;
    const delays = this.#arrivals.map((arrival) => arrival.leastDelayMs).sort((a, b) => a - b);
    const usual = delays[delays.length >> 1] ?? 0;
    const nearlyAll = delays[Math.ceil(delays.length * inTimeShare) - 1] ?? usual;
    return Math.min(nearlyAll, usual + outlierMs) + this.#marginMs;
  }
}

function within(live: TimeSpan, atS: number): number {
  return Math.max(live.startS, Math.min(atS, live.endS - lastFrameS));
}

function speedFor(behindMs: number): number {
  if (Math.abs(behindMs) < deadbandMs) return 1;
  const withinMs = behindMs > speed.smallMs ? speed.hurryWithinMs : 1_000;
  return Math.min(speed.most, Math.max(speed.least, 1 + behindMs / withinMs));
}
