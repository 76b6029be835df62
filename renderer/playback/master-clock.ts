// The one clock of synchronised playback: wall time of the recording that runs at a speed, or stands.

import type { EpochMs } from '../../recorder/model/clock.ts';

export class MasterClock {
  readonly #now: () => number;
  #fromMs: EpochMs = 0;
  #since = 0;
  /** Recorded ms per ms; 0 while it stands. */
  #rate = 0;

  /** `now` in ms, never stepping back (`performance.now`). */
  constructor(now: () => number) {
    this.#now = now;
  }

  get isRunning(): boolean {
    return this.#rate !== 0;
  }

  ms(): EpochMs {
    return this.#fromMs + (this.#now() - this.#since) * this.#rate;
  }

  set(ms: EpochMs): void {
    this.#fromMs = ms;
    this.#since = this.#now();
  }

  run(rate: number): void {
    this.set(this.ms());
    this.#rate = rate;
  }
}

/** A picture that is late by this much of what a second plays stops the clock. */
const lateShare = 0.5;

/** Where a clock that is at `ms` has to stand for the picture of `askedMs`, which is late; undefined while it may run on. */
export function heldAt(ms: EpochMs, askedMs: EpochMs, speed: number): EpochMs | undefined {
  const mostMs = Math.abs(speed) * 1_000 * lateShare;
  return Math.abs(ms - askedMs) > mostMs ? askedMs + Math.sign(speed) * mostMs : undefined;
}
