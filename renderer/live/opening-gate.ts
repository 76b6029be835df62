// Lets few players open at a time. All tiles of a layout at once would decode their groups of pictures side by side: the
// last first picture comes no sooner, the first ones come late, and every one of them begins behind the edge.
import type { CancelTimer, Timers } from '../../recorder/model/clock.ts';

/** More than the cores of a small desk gain nothing. */
const openAtOnce = 2;
/** A camera that sends nothing decodable may not hold the others up. */
const turnLimitMs = 400;

export class OpeningGate {
  readonly #timers: Timers;
  readonly #waiting: (() => void)[] = [];
  #open = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Calls `begin` when it is this one's turn, perhaps at once; what it returns gives the turn back and may be called twice. */
  enter(begin: () => void): () => void {
    let stop: CancelTimer = () => undefined;
    let state: 'waits' | 'has its turn' | 'left' = 'waits';
    const start = () => {
      state = 'has its turn';
      this.#open += 1;
      stop = this.#timers.after(turnLimitMs, leave);
      begin();
    };
    const leave = () => {
      if (state === 'waits') this.#waiting.splice(this.#waiting.indexOf(start), 1);
      if (state === 'has its turn') {
        stop();
        this.#open -= 1;
      }
      state = 'left';
      while (this.#open < openAtOnce && this.#waiting.length > 0) this.#waiting.shift()?.();
    };
    if (this.#open < openAtOnce) start();
    else this.#waiting.push(start);
    return leave;
  }
}
