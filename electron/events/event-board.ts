// Where the station's services say what happened, and every window's queue hears it.

import type { CancelTimer, Clocks, Instant } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { LookoutError } from '../contract/errors.ts';
import type { StationEvent } from '../contract/events.ts';
import { EventQueue } from './event-queue.ts';

/** Windows that can watch at once; more is a page that connects without end. */
export const watchersLimit = 100;
/** At most one `footage` event in this time and stream (the event's own promise). */
export const footageIntervalMs = 1_000;

interface FootageNews {
  lastTold: Instant | undefined;
  newestMs: number;
  cancel: CancelTimer | undefined;
}

export class EventBoard {
  readonly #clocks: Clocks;
  readonly #queues = new Set<EventQueue>();
  readonly #footage = new Map<StreamId, FootageNews>();
  readonly #listeners: ((event: StationEvent) => void)[] = [];
  #closed = false;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  /** Events from now on. The iterator ends with `signal` or when the board closes. Throws LookoutError. */
  watch(signal?: AbortSignal): EventQueue {
    if (this.#closed) throw new LookoutError('STOPPING', 'Lookout is stopping.');
    if (this.#queues.size >= watchersLimit) {
      throw new LookoutError('NOT_ALLOWED', 'Too many windows are open.', { hint: 'Close some of them.' });
    }
    const close = () => queue.close();
    const queue = new EventQueue(() => {
      this.#queues.delete(queue);
      signal?.removeEventListener('abort', close);
    });
    this.#queues.add(queue);
    signal?.addEventListener('abort', close);
    if (signal?.aborted) close();
    return queue;
  }

  /** For the station's own services: called at once with every event that windows are told. */
  listen(listener: (event: StationEvent) => void): void {
    this.#listeners.push(listener);
  }

  publish(event: StationEvent): void {
    for (const listener of this.#listeners) listener(event);
    for (const queue of this.#queues) queue.push(event);
  }

  /** Playable footage of the stream reaches to `newestMs`: told at once, or at the end of the interval. */
  publishFootage(streamId: StreamId, newestMs: number): void {
    const news = this.#footage.get(streamId) ?? { lastTold: undefined, newestMs, cancel: undefined };
    this.#footage.set(streamId, news);
    news.newestMs = newestMs;
    if (news.cancel !== undefined || this.#closed) return;
    const waitMs =
      news.lastTold === undefined ? 0 : footageIntervalMs - this.#clocks.monotonic.elapsedMs(news.lastTold);
    const tell = () => {
      news.cancel = undefined;
      news.lastTold = this.#clocks.monotonic.now();
      this.publish({ kind: 'footage', streamId, newestMs: news.newestMs });
    };
    if (waitMs <= 0) tell();
    else news.cancel = this.#clocks.timers.after(waitMs, tell);
  }

  /** The stream is gone: nothing more is told about its footage. */
  forget(streamId: StreamId): void {
    this.#footage.get(streamId)?.cancel?.();
    this.#footage.delete(streamId);
  }

  /** Ends every watch. */
  close(): void {
    this.#closed = true;
    for (const streamId of [...this.#footage.keys()]) this.forget(streamId);
    for (const queue of [...this.#queues]) queue.close();
  }
}
