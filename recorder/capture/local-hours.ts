// The hours of a place's local days, also on the days that have 23 or 25 of them.

import type { EpochMs } from '../model/clock.ts';

/** An hour as the clock on the wall shows it. On the night the clocks go back one hour comes twice, on the other none. */
export interface LocalHour {
  /** 0 is Monday. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  /** Asked for at or after this, and before `untilMs`, the answer is the same. */
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** Zones lie whole quarters of an hour from UTC, and change within one hour at most once. */
const probeMs = 15 * 60_000;

export class LocalHours {
  readonly #format: Intl.DateTimeFormat;
  #last: LocalHour | undefined;

  /** RangeError for a zone that is not in the IANA database. */
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  }

  at(atMs: EpochMs): LocalHour {
    const last = this.#last;
    if (last !== undefined && atMs >= last.fromMs && atMs < last.untilMs) return last;
    const text = this.#format.format(atMs);
    const [, day = '', hour = ''] = /^(\w{3}),? (\d{2})$/.exec(text) ?? [];
    this.#last = {
      day: days.indexOf(day),
      hour: Number(hour),
      fromMs: atMs,
      untilMs: this.#endOf(text, atMs),
    };
    return this.#last;
  }

  /** The first millisecond that the clock on the wall shows another hour. */
  #endOf(text: string, atMs: EpochMs): EpochMs {
    let same = atMs;
    let other = (Math.floor(atMs / probeMs) + 1) * probeMs;
    while (this.#format.format(other) === text) {
      same = other;
      other += probeMs;
    }
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.#format.format(middle) === text) same = middle;
      else other = middle;
    }
    return other;
  }
}
