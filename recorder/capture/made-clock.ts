// A made-up clock for unit tests of the recorder: time passes when the test says so.

import type { CancelTimer, Clocks, Instant } from '../model/clock.ts';

export class MadeClock implements Clocks {
  #nowMs = 0;
  /** What the wall clock shows when the monotonic one shows 0. */
  wallOffsetMs = Date.UTC(2026, 5, 1);
  #timers: { atMs: number; action: () => void }[] = [];

  readonly wall = { nowMs: () => this.wallOffsetMs + this.#nowMs };
  readonly monotonic = {
    now: () => this.#nowMs as unknown as Instant,
    elapsedMs: (since: Instant) => this.#nowMs - (since as unknown as number),
  };
  readonly timers = {
    after: (delayMs: number, action: () => void): CancelTimer => {
      const timer = { atMs: this.#nowMs + delayMs, action };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
  };

  /** How many wait. */
  get timerCount(): number {
    return this.#timers.length;
  }

  /** Time passes, but nobody is awake: timers fire late, at the next `pass`. */
  sleep(ms: number): void {
    this.#nowMs += ms;
  }

  /** Lets time pass; timers fire at their moment, and promises they settle are carried on. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.action();
      await new Promise(setImmediate);
    }
    this.#nowMs = untilMs;
    await new Promise(setImmediate);
  }
}
