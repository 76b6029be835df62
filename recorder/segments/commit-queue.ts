// Close step 4 for one stream: rows in the order of the footage, tried again while the catalog refuses them.

import type { CancelTimer, Timers } from '../model/clock.ts';
import type { FragmentSpan, Segment, TrackLayout } from '../model/footage.ts';
import type { Log } from '../model/log.ts';
import type { FootageLedger } from './ledger.ts';
import type { Volume } from './volume.ts';

/** The init section of a run; its number is known as soon as the ledger could take it. */
export interface RunInit {
  readonly bytes: Uint8Array;
  readonly layout: TrackLayout;
  id: number | undefined;
}

/** A segment whose file is durable and whose row is still to come. */
export interface UncommittedSegment {
  readonly segment: Omit<Segment, 'initId'>;
  readonly volume: Volume;
  readonly init: RunInit;
  readonly spans: readonly FragmentSpan[];
}

export interface CommitListener {
  onCommitted(segment: Segment): void;
  /** The catalog refused it too often; it is not tried again. */
  onGivenUp(uncommitted: UncommittedSegment, error: unknown): void;
}

/** A catalog may be locked by another for half a minute and more; a minute after that it will not take the row. */
const retryMs = 2_000;
const attemptLimit = 60;

/**
 * A row that was not written is kept here, its file lying durable and without one, and tried again every 2 seconds,
 * 60 times. Whatever is still here when the process ends is found by the next start.
 */
export class CommitQueue {
  readonly #ledger: FootageLedger;
  readonly #timers: Timers;
  readonly #log: Log;
  readonly #listener: CommitListener;
  readonly #waiting: UncommittedSegment[] = [];
  #attempts = 0;
  #cancelRetry: CancelTimer | undefined;
  #isClosed = false;

  constructor(ledger: FootageLedger, timers: Timers, log: Log, listener: CommitListener) {
    this.#ledger = ledger;
    this.#timers = timers;
    this.#log = log;
    this.#listener = listener;
  }

  add(uncommitted: UncommittedSegment): void {
    this.#waiting.push(uncommitted);
    if (this.#cancelRetry === undefined) this.#commitAll();
  }

  /** One last try now, none later. */
  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
    this.#commitAll();
  }

  #commitAll(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const committed = this.#commit(first);
      if (committed === undefined && this.#attempts < attemptLimit) {
        if (!this.#isClosed) this.#retryLater();
        return;
      }
      this.#waiting.shift();
      this.#attempts = 0;
      if (committed !== undefined) this.#listener.onCommitted(committed);
    }
  }

  #retryLater(): void {
    this.#cancelRetry = this.#timers.after(retryMs, () => {
      this.#cancelRetry = undefined;
      this.#commitAll();
    });
  }

  /** Step 4: row and fragment index inserted in one transaction. Undefined when the catalog did not take it. */
  #commit(uncommitted: UncommittedSegment): Segment | undefined {
    const { segment, init, spans } = uncommitted;
    this.#attempts += 1;
    try {
      init.id ??= this.#ledger.saveInit(segment.streamId, init.bytes, init.layout);
      const row: Segment = { ...segment, initId: init.id };
      this.#ledger.commitSegment(row, spans);
      return row;
    } catch (error) {
      const { streamId, startMs } = segment;
      const subject = { err: error, streamId, startMs, attempt: this.#attempts };
      this.#log.error(subject, 'A segment is on the disk but the catalog did not take its row');
      if (this.#attempts >= attemptLimit) this.#listener.onGivenUp(uncommitted, error);
      return undefined;
    }
  }
}
