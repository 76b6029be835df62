// How often a station that found its catalog damaged is opened again: as long as that seems to help.

import { hourMs, type Instant, type MonotonicClock } from '../../recorder/model/clock.ts';

/** A catalog that is damaged again and again lies on a disk that is; putting it back once more would not help. */
export const reopenLimit = 3;
/** What happened longer ago says nothing of the disk as it is now: a station runs for months. */
export const reopenPeriodMs = hourMs;

export class Reopenings {
  readonly #clock: MonotonicClock;
  #recent: Instant[] = [];

  constructor(clock: MonotonicClock) {
    this.#clock = clock;
  }

  /** True when it is worth another try, which is counted then. */
  allowsAnother(): boolean {
    this.#recent = this.#recent.filter((at) => this.#clock.elapsedMs(at) < reopenPeriodMs);
    if (this.#recent.length >= reopenLimit) return false;
    this.#recent.push(this.#clock.now());
    return true;
  }
}
