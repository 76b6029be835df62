// What waits for one window to be told: the newest of each subject, in order, bounded.

import type { StationEvent } from '../contract/events.ts';

/** More subjects than a large site changes between two reads of a window that is alive. */
export const waitingEventsLimit = 2_000;

/** Two events with the same subject: the newer one tells all there is to know. */
function subjectOf(event: StationEvent): string {
  switch (event.kind) {
    case 'camera':
      return `camera ${event.camera.id}`;
    case 'camera-removed':
      return `camera ${event.cameraId}`;
    case 'stream-state':
      return `state ${event.streamId}`;
    case 'footage':
      return `footage ${event.streamId}`;
    case 'gap':
      return `gap ${event.streamId} ${event.gap.startMs}`;
    case 'mark':
      return `mark ${event.mark.id}`;
    case 'mark-removed':
      return `mark ${event.markId}`;
    case 'motion':
      return `motion ${event.streamId} ${event.event.startMs}`;
    case 'motion-settings':
      return `motion-settings ${event.cameraId}`;
    case 'tags':
    case 'views':
    case 'locks':
    case 'alarms':
    case 'resync':
      return event.kind;
  }
}

/**
 * An async iterator over events, for one reader. An event replaces a waiting one of the same subject; when more than
 * `limit` subjects wait, all are dropped and the reader is told to `resync`.
 */
export class EventQueue implements AsyncIteratorObject<StationEvent, undefined, undefined> {
  readonly #waiting = new Map<string, StationEvent>();
  readonly #limit: number;
  readonly #onClose: () => void;
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(onClose: () => void, limit = waitingEventsLimit) {
    this.#onClose = onClose;
    this.#limit = limit;
  }

  push(event: StationEvent): void {
    if (this.#closed) return;
    const subject = subjectOf(event);
    this.#waiting.delete(subject);
    if (this.#waiting.size >= this.#limit) {
      this.#waiting.clear();
      this.#waiting.set('resync', { kind: 'resync' });
    }
    this.#waiting.set(subject, event);
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<StationEvent, undefined>> {
    for (;;) {
      const first = this.#waiting.entries().next();
      if (!first.done) {
        this.#waiting.delete(first.value[0]);
        return { done: false, value: first.value[1] };
      }
      if (this.#closed) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  /** Ends the iteration; what waits is dropped. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting.clear();
    this.#wake?.();
    this.#onClose();
  }

  async return(): Promise<IteratorResult<StationEvent, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
