// Moments in words for the timeline: local clock time of one zone, dates in the reader's language, lengths of time.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { LocalTime } from './local-time.ts';
import type { RulerUnit } from './ruler.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** `locale` is a BCP 47 tag; undefined takes the machine's. */
export class Labels {
  readonly time: LocalTime;
  readonly #day: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;

  constructor(time: LocalTime, locale: string | undefined) {
    this.time = time;
    // The local reading is handed over as if it were UTC, so that one formatter serves every zone.
    const formatter = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    this.#day = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
    this.#weekday = formatter({ weekday: 'short' });
    this.#month = formatter({ month: 'long', year: 'numeric' });
  }

  /** `14:03`, `14:03:10` or `14:03:10.250`. */
  clock(ms: EpochMs, unit: Exclude<RulerUnit, 'day'> = 'second'): string {
    const { hour, minute, second, millisecond } = this.time.read(ms);
    const minutes = `${two(hour)}:${two(minute)}`;
    if (unit === 'minute') return minutes;
    if (unit === 'second') return `${minutes}:${two(second)}`;
    return `${minutes}:${two(second)}.${String(millisecond).padStart(3, '0')}`;
  }

  /** As `clock`, with the UTC offset where the reading alone is ambiguous: `02:30:00 UTC+1`. */
  exactClock(ms: EpochMs, unit: Exclude<RulerUnit, 'day'> = 'second'): string {
    const clock = this.clock(ms, unit);
    return this.time.isRepeated(ms) ? `${clock} ${this.offset(ms)}` : clock;
  }

  /** `UTC+1`, `UTC+5:45`, `UTC`. */
  offset(ms: EpochMs): string {
    const minutes = this.time.read(ms).offsetMs / 60_000;
    if (minutes === 0) return 'UTC';
    const size = Math.abs(minutes);
    const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`;
    return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
  }

  /** The local day with its year. */
  day(ms: EpochMs): string {
    return this.#day.format(ms + this.time.read(ms).offsetMs);
  }

  /** Weekday and number: `Mon 29`. */
  dayOfMonth(ms: EpochMs): string {
    return `${this.#weekday.format(ms + this.time.read(ms).offsetMs)} ${this.time.read(ms).day}`;
  }

  /** The month with its year. */
  month(ms: EpochMs): string {
    return this.#month.format(ms + this.time.read(ms).offsetMs);
  }
}

/** A length of time in its two largest units, language-neutral: `2 d 4 h`, `1 min 50 s`, `0.4 s`. */
export function lengthOf(ms: number): string {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
