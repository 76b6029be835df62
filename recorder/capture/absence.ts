// Why a stream has no footage, as gap rows of the catalog (store invariant 5).

import type { Clocks, EpochMs } from '../model/clock.ts';
import type { StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import type { GapReason } from '../model/states.ts';
import type { FootageLedger } from '../segments/ledger.ts';
import { attemptLimit, RetryQueue } from '../segments/retry-queue.ts';

export interface Gap {
  readonly startMs: EpochMs;
  /** Undefined while it goes on. */
  readonly endMs?: EpochMs;
  readonly reason: GapReason;
}

export interface AbsenceDependencies {
  readonly ledger: FootageLedger;
  readonly clocks: Pick<Clocks, 'wall' | 'timers'>;
  readonly log: Log;
  /** A moment at which the program before was still at work, as late as it is known. */
  readonly aliveUntilMs?: EpochMs | undefined;
}

/** Gaps whose reason is not the camera's: a new reason ends them instead of renaming what has been. */
const ofOurOwn: ReadonlySet<GapReason> = new Set([
  'recording-off',
  'not-scheduled',
  'no-motion',
  'disk-full',
  'disk-error',
  'volume-missing',
]);

/** Far more gaps than begin and end while the catalog is asked again. */
const waitingLimit = 1_000;

type Write = (ledger: FootageLedger) => void;

/** The one gap of a stream that is open, if any. What the catalog refuses is tried again, in order; recording goes on. */
export class Absence {
  readonly #streamId: StreamId;
  readonly #dependencies: AbsenceDependencies;
  readonly #onGap: (gap: Gap) => void;
  #open: { readonly startMs: EpochMs; readonly reason: GapReason } | undefined;
  readonly #waiting: RetryQueue<Write>;

  constructor(streamId: StreamId, dependencies: AbsenceDependencies, onGap: (gap: Gap) => void) {
    this.#streamId = streamId;
    this.#dependencies = dependencies;
    this.#onGap = onGap;
    this.#waiting = new RetryQueue(dependencies.clocks.timers, {
      take: (write, attempt) => this.#take(write, attempt),
      // The next may be of a catalog that is in order again.
      giveUp: (waiting) => void waiting.shift(),
    });
  }

  /** Undefined while there is footage, or nobody knows better. */
  get reason(): GapReason | undefined {
    return this.#open?.reason;
  }

  /** End of the footage and the closed gaps in the catalog. */
  coveredUntilMs(): EpochMs | undefined {
    return this.#ask((ledger) => ledger.coveredUntilMs(this.#streamId));
  }

  /**
   * At the start of the program: what ended last, up to now. A program that was stopped left its gap open; one that was
   * killed left nothing behind its last footage, or a gap whose reason held until it was killed.
   */
  explainStart(isOff: boolean): void {
    const covered = this.coveredUntilMs();
    const nowMs = Math.max(this.#nowMs(), covered ?? 0);
    if (isOff) {
      this.begin(covered ?? nowMs, 'recording-off');
      return;
    }
    const left = this.#ask((ledger) => ledger.openGapOf(this.#streamId));
    if (left === undefined) {
      if (covered !== undefined) this.#killed(covered, nowMs);
    } else {
      const { aliveUntilMs = nowMs } = this.#dependencies;
      const heldUntilMs = left.reason === 'program-stopped' ? nowMs : aliveUntilMs;
      const untilMs = Math.min(nowMs, Math.max(left.startMs, heldUntilMs));
      this.#write((ledger) => ledger.closeGap(this.#streamId, untilMs));
      if (untilMs < nowMs) this.#killed(untilMs, nowMs);
    }
    this.begin(nowMs, 'starting');
  }

  /** There is no footage from `fromMs` on. A gap that is open takes the new reason. */
  begin(fromMs: EpochMs, reason: GapReason): void {
    const open = this.#open;
    if (open?.reason === reason) return;
    this.#open = { startMs: open?.startMs ?? fromMs, reason };
    this.#write((ledger) => ledger.openGap(this.#streamId, fromMs, reason));
    this.#onGap(this.#open);
  }

  /**
   * There is no footage from `fromMs` on, or still none. Where the older reason and the new one are both true in their
   * time, the older gap ends there and another begins.
   */
  go(reason: GapReason, fromMs: EpochMs): void {
    const open = this.#open;
    if (open !== undefined && open.reason !== reason && (ofOurOwn.has(open.reason) || ofOurOwn.has(reason))) {
      this.end(fromMs);
      this.begin(Math.max(fromMs, open.startMs), reason);
    } else {
      this.begin(fromMs, reason);
    }
  }

  /** Footage begins, or nobody expects any more; a gap without length leaves no row. */
  end(endMs: EpochMs): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    // The clock may have been set back meanwhile.
    const closedMs = Math.max(open.startMs, endMs);
    this.#write((ledger) => ledger.closeGap(this.#streamId, closedMs));
    this.#onGap({ ...open, endMs: closedMs });
  }

  /** There was no footage in [fromMs, untilMs), which is over: a gap that is open since then goes on with its own reason. */
  past(reason: GapReason, fromMs: EpochMs, untilMs: EpochMs): void {
    const open = this.#open;
    // The catalog knows one open gap of a stream: this one makes way for a moment. Without length it leaves no row.
    if (open !== undefined) this.#write((ledger) => ledger.closeGap(this.#streamId, open.startMs));
    this.#open = undefined;
    this.begin(fromMs, reason);
    this.end(open === undefined ? untilMs : Math.min(untilMs, open.startMs));
    if (open !== undefined) this.begin(open.startMs, open.reason);
  }

  /** One last try for what the catalog did not take, none later. The next start says what it can. */
  close(): void {
    this.#waiting.close();
  }

  #killed(fromMs: EpochMs, untilMs: EpochMs): void {
    this.begin(fromMs, 'program-killed');
    this.end(untilMs);
  }

  #nowMs(): EpochMs {
    return this.#dependencies.clocks.wall.nowMs();
  }

  #write(write: Write): void {
    if (this.#waiting.length >= waitingLimit) this.#waiting.dropFirst();
    this.#waiting.add(write);
  }

  #take(write: Write, attempt: number): boolean {
    const { ledger, log } = this.#dependencies;
    try {
      write(ledger);
      return true;
    } catch (error) {
      const subject = { err: error, streamId: this.#streamId };
      if (attempt === 1) log.error(subject, 'The catalog did not take a gap; it is tried again');
      if (attempt === attemptLimit) log.error(subject, 'The catalog did not take a gap');
      return false;
    }
  }

  #ask<Result>(question: (ledger: FootageLedger) => Result): Result | undefined {
    try {
      return question(this.#dependencies.ledger);
    } catch (error) {
      const { log } = this.#dependencies;
      log.error({ err: error, streamId: this.#streamId }, 'The catalog did not answer about gaps');
      return undefined;
    }
  }
}
