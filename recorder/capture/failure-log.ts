// What a failing camera writes into the log: at most a line per half minute, however often it fails.

import type { Instant, MonotonicClock } from '../model/clock.ts';
import type { StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import type { CaptureFailure } from '../model/states.ts';

const lineIntervalMs = 30_000;

export class FailureLog {
  readonly #streamId: StreamId;
  readonly #clock: MonotonicClock;
  readonly #log: Log;
  #lastLine: Instant | undefined;
  #unsaid = 0;
  #failures = 0;

  constructor(streamId: StreamId, clock: MonotonicClock, log: Log) {
    this.#streamId = streamId;
    this.#clock = clock;
    this.#log = log;
  }

  report(reason: CaptureFailure, detail: string, retryInMs: number): void {
    this.#failures += 1;
    if (!this.#mayWrite()) {
      this.#unsaid += 1;
      return;
    }
    const fields = {
      streamId: this.#streamId,
      reason,
      detail,
      retryInMs: Math.round(retryInMs),
      unsaid: this.#unsaid,
    };
    this.#log.warn(fields, 'A camera gives no pictures');
    this.#unsaid = 0;
  }

  /** Pictures come. Said once after a failure, within the same limit. */
  recovered(): void {
    const failures = this.#failures;
    this.#failures = 0;
    if (failures === 0 || !this.#mayWrite()) return;
    this.#log.info({ streamId: this.#streamId, failures }, 'A camera gives pictures again');
    this.#unsaid = 0;
  }

  #mayWrite(): boolean {
    if (this.#lastLine !== undefined && this.#clock.elapsedMs(this.#lastLine) < lineIntervalMs) return false;
    this.#lastLine = this.#clock.now();
    return true;
  }
}
