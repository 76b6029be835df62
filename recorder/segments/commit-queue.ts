// Close step 4 for one stream: rows in the order of the footage, tried again while the catalog refuses them.

import type { CancelTimer, Timers } from '../model/clock.ts';
import type { FragmentSpan, Segment, TrackLayout } from '../model/footage.ts';
import type { Log } from '../model/log.ts';
import { type FootageLedger, RowRefused } from './ledger.ts';
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
  /** The row itself is refused, so that there is none for this file. */
  onRefused(uncommitted: UncommittedSegment, error: unknown): void;
  /** The catalog took no row for too long, or no time is left: the file stays where it is, for recovery to find. */
  onLeft(uncommitted: UncommittedSegment): void;
}

/** A catalog may be locked by another for half a minute and more; after two minutes it is another trouble, and takes longer. */
const retryMs = 2_000;
const attemptLimit = 60;

/**
 * A row that was not written is kept here, its file lying durable and without one, and tried again every 2 seconds,
 * 60 times. Then all that waits is let go of, or a catalog that is full would fill the memory: its files can be read again.
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
      const outcome = this.#commit(first);
      if (outcome === undefined) {
        if (this.#isClosed || this.#attempts >= attemptLimit) this.#leaveAll();
        else this.#retryLater();
        return;
      }
      this.#waiting.shift();
      this.#attempts = 0;
      if (outcome instanceof RowRefused) this.#listener.onRefused(first, outcome);
      else this.#listener.onCommitted(outcome);
    }
  }

  #leaveAll(): void {
    this.#attempts = 0;
    for (const uncommitted of this.#waiting.splice(0)) this.#listener.onLeft(uncommitted);
  }

  #retryLater(): void {
    this.#cancelRetry = this.#timers.after(retryMs, () => {
      this.#cancelRetry = undefined;
      this.#commitAll();
    });
  }

  /** Step 4: row and fragment index inserted in one transaction. Undefined when the catalog may take it another time. */
  #commit(uncommitted: UncommittedSegment): Segment | RowRefused | undefined {
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
      return error instanceof RowRefused ? error : undefined;
    }
  }
}
