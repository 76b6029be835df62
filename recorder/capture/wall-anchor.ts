// Gives media time its wall time (architecture.md, Time): anchored by the least delayed fragments, slewed, never stepped.
//
// Each fragment is timed by our own clock as it leaves FFmpeg. The end of its media cannot be later than that, and the
// network, the camera's buffers and our machine only ever add delay. So of all fragments of the last half minute the one
// with the smallest (arrival - end of its media) is closest to the truth, and the anchor (wall time of media time 0) walks
// towards it by at most `slewLimit`. A single late or early fragment moves nothing. FFmpeg's own stamp is not used: once RTCP
// sender reports come, it is the camera's clock (rtpdec.c, `rtp_set_prft`), which may be wrong by anything.
//
// A new run begins at a keyframe, with an anchor of its own, when
// - the wall clock is stepped by more than `stepLimitMs` against the monotonic one (somebody set it, or the machine slept), or
// - media time has fallen behind wall time by more than that.
// Media time that runs ahead of wall time by more than that has lost its meaning (the camera's clock jumped, and the
// fragment before the jump claims the whole jump as its length): the session is over, a new one anchors afresh.
// What is stored is never overlapped (store invariant 3): a run begins at `notBefore` at the earliest. A run that would
// have begun before it (the clock was set back) goes on right after what is stored, ahead of the clock, and walks back
// with the slew; nothing is lost, and the order of the footage stays true.

import type { EpochMs } from '../model/clock.ts';

/** A clock that moved by more than this was stepped; media that is off by more has lost its anchor. */
const stepLimitMs = 2_000;
/** How fast the anchor may walk: 5 ms per second, ten times the worst crystal of a camera. */
const slewLimit = 0.005;
/** Delays are compared over one to two of these; longer than any stall that a session survives. */
const windowMs = 15_000;
/** A new session may begin with what FFmpeg gathered while it analysed the stream; it is placed once the burst is over. */
const settleLimitMs = 1_000;

export interface TimedFragment {
  readonly startTicks: number;
  readonly durationTicks: number;
  readonly startsWithKeyframe: boolean;
  /** 0 for a fragment of sound alone: it is placed, but tells nothing about time. */
  readonly videoFrames: number;
}

export interface Placed<F extends TimedFragment> {
  readonly fragment: F;
  /** Whole ms, rising from fragment to fragment with video. */
  readonly startMs: EpochMs;
  /** When it left FFmpeg. */
  readonly arrivedMs: EpochMs;
  /** Set on the first fragment of a run: why it began. */
  readonly newRun: 'session' | 'clock' | 'drift' | undefined;
}

/** Both clocks, read together when the fragment arrived. */
export interface Arrival {
  readonly wallMs: EpochMs;
  readonly monotonicMs: number;
}

interface Run {
  /** Wall time of media time 0, fractional. */
  anchorMs: number;
  /** Began ahead of the clock by more than the step limit, because what is stored reaches beyond it. */
  ahead: boolean;
}

/** Smallest value of the last one to two windows. */
class WindowedMinimum {
  #current = Number.POSITIVE_INFINITY;
  #before = Number.POSITIVE_INFINITY;
  #sinceMs: number | undefined;

  add(value: number, nowMs: number): void {
    this.#sinceMs ??= nowMs;
    if (nowMs - this.#sinceMs > windowMs) {
      this.#before = this.#current;
      this.#current = Number.POSITIVE_INFINITY;
      this.#sinceMs = nowMs;
    }
    this.#current = Math.min(this.#current, value);
  }

  get value(): number {
    return Math.min(this.#current, this.#before);
  }
}

/** Places the fragments of one session, in order. */
export class WallAnchor<F extends TimedFragment> {
  readonly #ticksPerMs: number;
  readonly #notBefore: () => EpochMs;
  #held: { fragment: F; offsetMs: number; arrival: Arrival }[] = [];
  #offsets = new WindowedMinimum();
  #run: Run | undefined;
  #clockMs: number | undefined;
  #stepped = false;
  #lastStartMs = Number.NEGATIVE_INFINITY;
  /** End of what was placed last, in wall time. */
  #endMs = Number.NEGATIVE_INFINITY;
  #floorMs = Number.NEGATIVE_INFINITY;
  #lost = false;

  /** `notBefore` is asked at the begin of each run: the wall end of all footage known of the stream. */
  constructor(timescale: number, notBefore: () => EpochMs) {
    this.#ticksPerMs = timescale / 1000;
    this.#notBefore = notBefore;
  }

  /** True when media time means nothing any more: nothing further is placed, the session has to be ended. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Takes the next fragment; returns those whose wall time is known now, in order. */
  push(fragment: F, arrival: Arrival): Placed<F>[] {
    this.#watchClock(arrival);
    const offsetMs = this.#offset(fragment, arrival);
    if (fragment.videoFrames > 0) this.#offsets.add(offsetMs, arrival.monotonicMs);
    if (this.#run === undefined) {
      const settled = this.#settled(fragment, arrival);
      this.#held.push({ fragment, offsetMs, arrival });
      return settled ? this.flush() : [];
    }
    const newRun = this.#newRunWith(fragment, offsetMs, arrival);
    return this.#lost ? [] : [this.#place(fragment, arrival.wallMs, newRun)];
  }

  /** Places what is still held; for the end of a session. */
  flush(): Placed<F>[] {
    const held = this.#held;
    this.#held = [];
    const first = held.find(({ fragment }) => fragment.videoFrames > 0);
    if (first === undefined) return [];
    this.#begin(first.fragment, Math.min(...held.map(({ offsetMs }) => offsetMs)));
    return held.map(({ fragment, arrival }, index) =>
      this.#place(fragment, arrival.wallMs, index === 0 ? 'session' : undefined),
    );
  }

  #watchClock(arrival: Arrival): void {
    const clockMs = arrival.wallMs - arrival.monotonicMs;
    if (this.#clockMs !== undefined && Math.abs(clockMs - this.#clockMs) > stepLimitMs) {
      this.#stepped = true;
      this.#offsets = new WindowedMinimum();
    }
    this.#clockMs = clockMs;
  }

  /** Wall time of media time 0 if this fragment had no delay. */
  #offset(fragment: F, arrival: Arrival): number {
    return arrival.wallMs - (fragment.startTicks + fragment.durationTicks) / this.#ticksPerMs;
  }

  /** True when fragments come at the pace of their media: the burst of the start is over. */
  #settled(fragment: F, arrival: Arrival): boolean {
    const before = this.#held.at(-1);
    const oldest = this.#held[0];
    if (before === undefined || oldest === undefined || fragment.videoFrames === 0) return false;
    const paceMs = fragment.durationTicks / this.#ticksPerMs / 2;
    return (
      arrival.monotonicMs - before.arrival.monotonicMs >= paceMs ||
      arrival.monotonicMs - oldest.arrival.monotonicMs > settleLimitMs
    );
  }

  /** Begins a new run when there is a reason to; else lets the anchor walk. */
  #newRunWith(fragment: F, offsetMs: number, arrival: Arrival): Placed<F>['newRun'] {
    const run = this.#run;
    if (run === undefined || fragment.videoFrames === 0) return undefined;
    if (this.#stepped) {
      // The old anchor holds until the next keyframe: media goes on, and nothing before a keyframe can be stored.
      if (!fragment.startsWithKeyframe) return undefined;
      this.#begin(fragment, offsetMs);
      return 'clock';
    }
    const errorMs = this.#offsets.value - run.anchorMs;
    if (run.ahead && errorMs >= -stepLimitMs) run.ahead = false;
    if (errorMs < -stepLimitMs && !run.ahead) {
      this.#lost = true;
      return undefined;
    }
    if (errorMs > stepLimitMs && fragment.startsWithKeyframe) {
      this.#offsets = new WindowedMinimum();
      this.#offsets.add(offsetMs, arrival.monotonicMs);
      this.#begin(fragment, offsetMs);
      return 'drift';
    }
    const limitMs = (slewLimit * fragment.durationTicks) / this.#ticksPerMs;
    run.anchorMs += Math.max(-limitMs, Math.min(limitMs, errorMs));
    return undefined;
  }

  #begin(first: F, offsetMs: number): void {
    const mediaMs = first.startTicks / this.#ticksPerMs;
    this.#floorMs = Math.max(this.#notBefore(), this.#endMs);
    const earliestMs = this.#floorMs - mediaMs;
    this.#run = {
      anchorMs: Math.max(offsetMs, earliestMs),
      ahead: earliestMs - offsetMs > stepLimitMs,
    };
    this.#stepped = false;
  }

  #place(fragment: F, arrivedMs: EpochMs, newRun: Placed<F>['newRun']): Placed<F> {
    const anchorMs = this.#run?.anchorMs ?? 0;
    let startMs = Math.max(Math.round(anchorMs + fragment.startTicks / this.#ticksPerMs), this.#floorMs);
    if (fragment.videoFrames > 0) {
      // Frames closer than a millisecond (broken timestamps) keep their order.
      startMs = Math.max(startMs, this.#lastStartMs + 1);
      this.#lastStartMs = startMs;
      this.#endMs = Math.max(this.#endMs, Math.ceil(startMs + fragment.durationTicks / this.#ticksPerMs));
    }
    return { fragment, startMs, arrivedMs, newRun };
  }
}
