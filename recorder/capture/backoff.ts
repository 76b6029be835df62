// How long a stream waits before its next attempt.

import type { CaptureFailure } from '../model/states.ts';

/** A recorder that had been running comes back at once: with FFmpeg's start this stays below 2 s (product R6). */
const quickRetryMs = 250;
const firstDelayMs = 500;
const longestDelayMs = 60_000;
/** So that cameras that went away together do not come back together. */
const jitter = 0.2;
/** A camera locks users out that try too often (faults.md): never sooner than this. */
const wrongPasswordDelayMs = 60_000;
/** Pictures for this long prove that a camera is well; a shorter session counts as another failure. */
const provenMs = 1_000;

export class Backoff {
  readonly #random: () => number;
  #failures = 0;

  /** `random` gives numbers from 0 to 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds until the next attempt, after one that showed pictures for `shownMs` and ended with `reason`. */
  next(reason: CaptureFailure, shownMs: number): number {
    if (reason === 'wrong-password') return wrongPasswordDelayMs * (1 + jitter * this.#random());
    if (shownMs >= provenMs) {
      this.#failures = 0;
      return quickRetryMs;
    }
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    return delayMs * (1 - jitter + 2 * jitter * this.#random());
  }

  /** Another camera takes the place: that this one stayed away says nothing of it. */
  forget(): void {
    this.#failures = 0;
  }
}
