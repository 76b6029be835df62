// Lets recorders start one after the other: an FFmpeg that starts costs more than one that runs.

import type { Clocks, Instant } from '../model/clock.ts';

/** 16 cameras are on their way in 0.75 s, 100 in 5 s. */
const startIntervalMs = 50;

export class StartQueue {
  readonly #clocks: Clocks;
  readonly #waiting: (() => void)[] = [];
  #last: Instant | undefined;
  #armed = false;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  /** Resolves when it is this caller's turn, in the order of asking. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#next();
    });
  }

  #next(): void {
    if (this.#armed || this.#waiting.length === 0) return;
    const { monotonic, timers } = this.#clocks;
    const restMs = this.#last === undefined ? 0 : startIntervalMs - monotonic.elapsedMs(this.#last);
    if (restMs > 0) {
      this.#armed = true;
      timers.after(restMs, () => {
        this.#armed = false;
        this.#next();
      });
      return;
    }
    this.#last = monotonic.now();
    this.#waiting.shift()?.();
    this.#next();
  }
}
