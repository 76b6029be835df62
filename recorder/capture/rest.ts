// How long something that a camera did not do well is left alone before it is tried again.

import { type CancelTimer, dayMs, type Timers } from '../model/clock.ts';

/** Trying again costs a moment of footage: the rest is longer each time, up to a day. */
const firstRestMs = 10 * 60_000;
const longestRestMs = dayMs;

export class Rest {
  readonly #timers: Timers;
  readonly #onOver: () => void;
  #restMs = firstRestMs;
  #cancel: CancelTimer | undefined;

  constructor(timers: Timers, onOver: () => void) {
    this.#timers = timers;
    this.#onOver = onOver;
  }

  get isOn(): boolean {
    return this.#cancel !== undefined;
  }

  /** Returns how long it lasts. */
  begin(): number {
    const restMs = this.#restMs;
    this.#restMs = Math.min(longestRestMs, restMs * 2);
    this.#cancel?.();
    this.#cancel = this.#timers.after(restMs, () => {
      this.#cancel = undefined;
      this.#onOver();
    });
    return restMs;
  }

  /** It went well: the next rest is a short one again. */
  proven(): void {
    this.#restMs = firstRestMs;
  }

  /** Ends it without a word, as if there had been none. */
  forget(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.proven();
  }
}
