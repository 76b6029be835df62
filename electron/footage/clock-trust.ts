// Whether the clock may be believed when footage is deleted for its age: not for a while after it jumped.

import { type Clocks, type EpochMs, hourMs, type Instant } from '../../recorder/model/clock.ts';

/** A step larger than this between two looks is a jump; NTP slews by far less. */
export const jumpMs = 60_000;
const leastHoldMs = hourMs;
/** A clock that was wrong by years and still is after a week is taken to be right. */
const longestHoldMs = 7 * 24 * hourMs;
/** A station that has been off for longer than this looks as if its clock had jumped, and waits as long. */
const awayMs = 24 * hourMs;

export interface Distrust {
  /** By how much the clock is ahead of what was expected; negative when it is behind. */
  readonly jumpMs: number;
  /** For how much longer it is not believed. */
  readonly leftMs: number;
}

interface Hold {
  readonly byMs: number;
  readonly since: Instant;
  readonly lengthMs: number;
}

export class ClockTrust {
  readonly #clocks: Pick<Clocks, 'wall' | 'monotonic'>;
  /** Wall and monotonic time at a moment when the clock was believed. */
  #wallMs: EpochMs;
  #at: Instant;
  #hold: Hold | undefined;

  /**
   * @param newestMs the newest moment the catalog knows of: the clock of the last run ended about there
   * @param distrustedMs by how much the clock was ahead when the last run ended without believing it. What was recorded since
   * the jump lies on its side of it, so that nothing of the jump would be seen any more; and how long the program was off
   * nobody knows, so that the wait begins anew.
   */
  constructor(
    clocks: Pick<Clocks, 'wall' | 'monotonic'>,
    newestMs: EpochMs | undefined,
    distrustedMs?: number,
  ) {
    this.#clocks = clocks;
    this.#wallMs = clocks.wall.nowMs();
    this.#at = clocks.monotonic.now();
    if (distrustedMs !== undefined) {
      this.#wallMs -= distrustedMs;
      this.#hold = holdOf(distrustedMs, this.#at);
      return;
    }
    const awayForMs = newestMs === undefined ? 0 : this.#wallMs - newestMs;
    // A clock that is behind deletes too little, which harms nobody.
    if (awayForMs > awayMs) {
      this.#wallMs = newestMs ?? this.#wallMs;
      this.#hold = holdOf(awayForMs, this.#at);
    }
  }

  /** To be asked regularly. Undefined while the clock is believed. */
  look(): Distrust | undefined {
    const { wall, monotonic } = this.#clocks;
    const elapsedMs = monotonic.elapsedMs(this.#at);
    const byMs = wall.nowMs() - this.#wallMs - elapsedMs;
    if (Math.abs(byMs) <= jumpMs) return this.believe();
    const now = monotonic.now();
    if (this.#hold === undefined || Math.abs(byMs - this.#hold.byMs) > jumpMs) this.#hold = holdOf(byMs, now);
    const leftMs = this.#hold.lengthMs - monotonic.elapsedMs(this.#hold.since);
    return leftMs > 0 ? { jumpMs: byMs, leftMs } : this.believe();
  }

  /** Somebody looked at the clock, or it has been steady for long enough. */
  believe(): undefined {
    this.#hold = undefined;
    this.#wallMs = this.#clocks.wall.nowMs();
    this.#at = this.#clocks.monotonic.now();
  }
}

function holdOf(byMs: number, since: Instant): Hold {
  return { byMs, since, lengthMs: Math.min(longestHoldMs, Math.max(leastHoldMs, Math.abs(byMs))) };
}
