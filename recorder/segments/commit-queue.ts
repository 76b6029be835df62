// Close step 4 for one stream: rows in the order of the footage, tried again while the catalog refuses them.

import type { Timers } from '../model/clock.ts';
import type { FragmentSpan, Segment, TrackLayout } from '../model/footage.ts';
import type { Log } from '../model/log.ts';
import { type FootageLedger, RowRefused } from './ledger.ts';
import { RetryQueue } from './retry-queue.ts';
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

/**
 * A row that was not written is kept here, its file lying durable and without one, and tried again for two minutes. Then all
 * that waits is let go of, or a catalog that is full would fill the memory: its files can be read again.
 */
export class CommitQueue {
  readonly #ledger: FootageLedger;
  readonly #log: Log;
  readonly #listener: CommitListener;
  readonly #waiting: RetryQueue<UncommittedSegment>;

  constructor(ledger: FootageLedger, timers: Timers, log: Log, listener: CommitListener) {
    this.#ledger = ledger;
    this.#log = log;
    this.#listener = listener;
    this.#waiting = new RetryQueue(timers, {
      take: (uncommitted, attempt) => this.#take(uncommitted, attempt),
      giveUp: (waiting) => {
        for (const uncommitted of waiting.splice(0)) listener.onLeft(uncommitted);
      },
    });
  }

  add(uncommitted: UncommittedSegment): void {
    this.#waiting.add(uncommitted);
  }

  /** One last try now, none later. */
  close(): void {
    this.#waiting.close();
  }

  #take(uncommitted: UncommittedSegment, attempt: number): boolean {
    const outcome = this.#commit(uncommitted, attempt);
    if (outcome === undefined) return false;
    if (outcome instanceof RowRefused) this.#listener.onRefused(uncommitted, outcome);
    else this.#listener.onCommitted(outcome);
    return true;
  }

  /** Step 4: row and fragment index inserted in one transaction. Undefined when the catalog may take it another time. */
  #commit(uncommitted: UncommittedSegment, attempt: number): Segment | RowRefused | undefined {
    const { segment, init, spans } = uncommitted;
    try {
      init.id ??= this.#ledger.saveInit(segment.streamId, init.bytes, init.layout);
      const row: Segment = { ...segment, initId: init.id };
      this.#ledger.commitSegment(row, spans);
      return row;
    } catch (error) {
      const { streamId, startMs } = segment;
      const subject = { err: error, streamId, startMs, attempt };
      this.#log.error(subject, 'A segment is on the disk but the catalog did not take its row');
      return error instanceof RowRefused ? error : undefined;
    }
  }
}
