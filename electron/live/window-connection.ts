// One window's live connection: a bounded queue of live messages on one streaming response.

import type { Clocks, Instant } from '../../recorder/model/clock.ts';
import { encodeLiveMessage, type LiveMessage } from '../contract/live-wire.ts';

/** The current GOPs of the largest layout, delivered at once when it opens, fit; past it the window skips. */
export const queueLimitBytes = 64 * 1024 * 1024;
/** A fragment that waits longer makes the window skip: an operator must never watch the past as if it were live. */
export const queueLimitMs = 1_500;

interface Waiting {
  readonly kind: LiveMessage['kind'];
  readonly channel: number;
  readonly bytes: Uint8Array;
  readonly since: Instant;
}

export class WindowConnection {
  /** The response's body: read as fast as the window takes it. */
  readonly body: ReadableStream<Uint8Array>;
  readonly #clocks: Clocks;
  readonly #onClose: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  /** The reader asked for bytes when none were waiting. */
  #wanted = false;
  #closed = false;

  constructor(clocks: Clocks, onClose: () => void) {
    this.#clocks = clocks;
    this.#onClose = onClose;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: () => this.close(),
      },
      { highWaterMark: 0 },
    );
  }

  /**
   * Queues a message; false means that the window is behind: this fragment, and what waited of its channel, is dropped,
   * and the sender goes on with a keyframe. Only fragments are refused; states and inits are small and always kept.
   */
  send(message: LiveMessage): boolean {
    if (this.#closed) return false;
    const channel = message.kind === 'beat' ? 0 : message.channel;
    if (message.kind === 'fragment' && this.#isBehind()) {
      this.#drop((waiting) => waiting.kind === 'fragment' && waiting.channel === channel);
      return false;
    }
    if (message.kind === 'state' || message.kind === 'beat') {
      // Only the newest says anything.
      this.#drop((waiting) => waiting.kind === message.kind && waiting.channel === channel);
    }
    const bytes = encodeLiveMessage(message);
    if (this.#wanted) {
      this.#wanted = false;
      this.#controller?.enqueue(bytes);
    } else {
      this.#waiting.push({ kind: message.kind, channel, bytes, since: this.#clocks.monotonic.now() });
      this.#waitingBytes += bytes.length;
    }
    return true;
  }

  /** Drops all that waits for a channel: its tile now shows another stream, or none. */
  clear(channel: number): void {
    this.#drop((waiting) => waiting.channel === channel && waiting.kind !== 'beat');
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = [];
    try {
      this.#controller?.close();
    } catch {
      // Cancelled by the window: closed already.
    }
    this.#onClose();
  }

  #pull(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#wanted = true;
      return;
    }
    this.#waitingBytes -= next.bytes.length;
    this.#controller?.enqueue(next.bytes);
  }

  #isBehind(): boolean {
    if (this.#waitingBytes > queueLimitBytes) return true;
    const oldest = this.#waiting.find((waiting) => waiting.kind === 'fragment');
    return oldest !== undefined && this.#clocks.monotonic.elapsedMs(oldest.since) > queueLimitMs;
  }

  #drop(isDropped: (waiting: Waiting) => boolean): void {
    this.#waiting = this.#waiting.filter((waiting) => {
      if (!isDropped(waiting)) return true;
      this.#waitingBytes -= waiting.bytes.length;
      return false;
    });
  }
}
