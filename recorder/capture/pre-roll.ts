// The newest pictures of a stream that is not recorded at the moment, in memory: what recording may begin with.

import type { Fragment } from '../media/fragment-cutter.ts';
import type { EpochMs } from '../model/clock.ts';

/** Pre-roll of 30 s at 8 Mbit/s. A camera that sends more has less of it. */
export const preRollLimitBytes = 32 * 1024 * 1024;

export interface KeptFragment {
  readonly fragment: Fragment;
  readonly startMs: EpochMs;
}

interface Gop {
  readonly startMs: EpochMs;
  readonly fragments: KeptFragment[];
  bytes: number;
}

/** Whole GOPs, the newest still growing. Fragments come in the order of their time. */
export class PreRoll {
  readonly #limitBytes: number;
  #gops: Gop[] = [];
  #bytes = 0;

  constructor(limitBytes = preRollLimitBytes) {
    this.#limitBytes = limitBytes;
  }

  /** Where its newest GOP begins; undefined when it holds none. */
  get newestGopMs(): EpochMs | undefined {
    return this.#gops.at(-1)?.startMs;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the next fragment; what is not needed to reach `reachMs` back from it is dropped. */
  push(fragment: Fragment, startMs: EpochMs, reachMs: number): void {
    if (fragment.startsWithKeyframe) this.#gops.push({ startMs, fragments: [], bytes: 0 });
    const newest = this.#gops.at(-1);
    // Nothing can begin without a keyframe.
    if (newest === undefined) return;
    newest.fragments.push({ fragment, startMs });
    newest.bytes += fragment.bytes.length;
    this.#bytes += fragment.bytes.length;
    while ((this.#gops[1]?.startMs ?? Number.POSITIVE_INFINITY) <= startMs - reachMs) this.#dropOldest();
    while (this.#bytes > this.#limitBytes) this.#dropOldest();
  }

  /** Empties it: all from the last keyframe at or before `fromMs` on, or as much as there is. */
  take(fromMs: EpochMs): KeptFragment[] {
    const first = Math.max(
      0,
      this.#gops.findLastIndex(({ startMs }) => startMs <= fromMs),
    );
    const taken = this.#gops.slice(first).flatMap(({ fragments }) => fragments);
    this.clear();
    return taken;
  }

  /** Drops all but the newest GOP. */
  keepNewestGop(): void {
    while (this.#gops.length > 1) this.#dropOldest();
  }

  clear(): void {
    this.#gops = [];
    this.#bytes = 0;
  }

  #dropOldest(): void {
    this.#bytes -= this.#gops.shift()?.bytes ?? 0;
  }
}
