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
