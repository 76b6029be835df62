// A wait that ends after its time, or sooner when something has changed.

import type { Timers } from '../model/clock.ts';

export class Pause {
  readonly #timers: Timers;
  #end: () => void = () => undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** One at a time. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#timers.after(ms, () => this.#end());
      this.#end = () => {
        cancel();
        this.#end = () => undefined;
        resolve();
      };
    });
  }

  /** Harmless while nobody waits. */
  end(): void {
    this.#end();
  }
}
