// Local time of one zone as plain arithmetic: Temporal is asked for the zone's offset changes, once per stretch of time.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Range } from './ranges.ts';

/** A stretch with one UTC offset: local reading = UTC + offset. */
interface OffsetPiece extends Range {
  readonly offsetMs: number;
}

/** A date of the calendar, e.g. `{year: 2026, month: 3, day: 29}`. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What a wall clock of the zone reads at a moment. */
export interface LocalReading extends LocalDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 1 = Monday … 7 = Sunday (ISO 8601). */
  readonly weekday: number;
  readonly offsetMs: number;
}

/** Reads and finds moments in the time zone `zone` (an IANA name). RangeError when there is no such zone. */
export class LocalTime {
  readonly zone: string;
  #pieces: OffsetPiece[] = [];

  constructor(zone: string) {
    this.zone = zone;
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  }

  /** The pieces of constant offset that cover the range, in order; the first and last may reach beyond it. */
  pieces(range: Range): OffsetPiece[] {
    const found: OffsetPiece[] = [];
    for (let ms = range.startMs; ms < range.endMs; ) {
      const piece = this.#pieceAt(ms);
      found.push(piece);
      ms = piece.endMs;
    }
    return found;
  }

  read(ms: EpochMs): LocalReading {
    const { offsetMs } = this.#pieceAt(ms);
    // The local reading told as if it were UTC: the calendar's arithmetic without the machine's own zone.
    const date = new Date(Math.floor(ms) + offsetMs);
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      millisecond: date.getUTCMilliseconds(),
      weekday: date.getUTCDay() || 7,
      offsetMs,
    };
  }

  /** First moment of a day; where the clocks change at midnight, the first that exists. */
  startOfDay(date: LocalDate): EpochMs {
    return Temporal.PlainDate.from(date).toZonedDateTime(this.zone).epochMilliseconds;
  }

  /** The date `days` later (earlier when negative). */
  addDays(date: LocalDate, days: number): LocalDate {
    const { year, month, day } = Temporal.PlainDate.from(date).add({ days });
    return { year, month, day };
  }

  /** True where the same reading comes twice: in the hour that is repeated when the clocks are set back. */
  isRepeated(ms: EpochMs): boolean {
    const piece = this.#pieceAt(ms);
    const setBackMs = (earlier: OffsetPiece, later: OffsetPiece) => earlier.offsetMs - later.offsetMs;
    const atStart =
      Number.isFinite(piece.startMs) &&
      ms - piece.startMs < setBackMs(this.#pieceAt(piece.startMs - 1), piece);
    const atEnd =
      Number.isFinite(piece.endMs) && piece.endMs - ms <= setBackMs(piece, this.#pieceAt(piece.endMs));
    return atStart || atEnd;
  }

  #pieceAt(ms: EpochMs): OffsetPiece {
    const known = this.#pieces.find((piece) => ms >= piece.startMs && ms < piece.endMs);
    if (known !== undefined) return known;
    const here = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(this.zone);
    // Asked from the next millisecond on, because a change at this very moment begins the piece itself.
    const since = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
    const until = here.getTimeZoneTransition('next');
    const piece: OffsetPiece = {
      startMs: since?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      endMs: until?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offsetMs: here.offsetNanoseconds / 1e6,
    };
    // A month's view touches two or three; the few of a long session cost nothing to keep.
    this.#pieces.push(piece);
    return piece;
  }
}
