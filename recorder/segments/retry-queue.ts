// What the catalog does not take at once, in its order: tried again every two seconds, for two minutes.

import type { CancelTimer, Timers } from '../model/clock.ts';

/** A catalog may be locked by another for half a minute and more; after two minutes it is another trouble, and takes longer. */
const retryMs = 2_000;
export const attemptLimit = 60;

export interface RetryRules<Item> {
  /** Counts from 1; false when it is to be tried again. */
  readonly take: (item: Item, attempt: number) => boolean;
  /** The first was tried often enough, or no time is left: takes what is given up off the list, the first at least. */
  readonly giveUp: (waiting: Item[]) => void;
}

export class RetryQueue<Item> {
  readonly #timers: Timers;
  readonly #rules: RetryRules<Item>;
  readonly #waiting: Item[] = [];
  #attempts = 0;
  #cancelRetry: CancelTimer | undefined;
  #isClosed = false;

  constructor(timers: Timers, rules: RetryRules<Item>) {
    this.#timers = timers;
    this.#rules = rules;
  }

  get length(): number {
    return this.#waiting.length;
  }

  add(item: Item): void {
    this.#waiting.push(item);
    if (this.#cancelRetry === undefined) this.#takeAll();
  }

  /** Without a try: something else is worth more. */
  dropFirst(): void {
    this.#waiting.shift();
  }

  /** One last try now, none later. */
  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#takeAll();
  }

  #takeAll(): void {
    for (let first = this.#waiting.shift(); first !== undefined; first = this.#waiting.shift()) {
      this.#attempts += 1;
      if (!this.#rules.take(first, this.#attempts)) {
        this.#waiting.unshift(first);
        if (!this.#isClosed && this.#attempts < attemptLimit) {
          this.#retryLater();
          return;
        }
        this.#rules.giveUp(this.#waiting);
      }
      this.#attempts = 0;
    }
  }

  #retryLater(): void {
    this.#cancelRetry = this.#timers.after(retryMs, () => {
      this.#cancelRetry = undefined;
      this.#takeAll();
    });
  }
}
