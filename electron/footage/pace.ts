// Slows long reading of footage down, so that recording and playback keep the disks.

import type { Clocks } from '../../recorder/model/clock.ts';

/** Rests shorter than this are saved up: timers are no finer. */
const leastRestMs = 5;

export class Pace {
  readonly #bytesPerMs: number;
  readonly #timers: Clocks['timers'];
  readonly #signal: AbortSignal;
  #owedMs = 0;

  /** @param signal ends every rest, and there are none afterwards */
  constructor(bytesPerSecond: number, timers: Clocks['timers'], signal: AbortSignal) {
    this.#bytesPerMs = bytesPerSecond / 1_000;
    this.#timers = timers;
    this.#signal = signal;
  }

  /** Call it after each piece of work; resolves when the next may begin. Never rejects. */
  async rest(readBytes: number): Promise<void> {
    this.#owedMs += readBytes / this.#bytesPerMs;
    if (this.#owedMs < leastRestMs || this.#signal.aborted) return;
    const restMs = this.#owedMs;
    this.#owedMs = 0;
    await new Promise<void>((resolve) => {
      const cancel = this.#timers.after(restMs, () => {
        this.#signal.removeEventListener('abort', wake);
        resolve();
      });
      const wake = (): void => {
        cancel();
        resolve();
      };
      this.#signal.addEventListener('abort', wake, { once: true });
    });
  }
}
