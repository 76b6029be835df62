// What of a stream's pictures is kept: the stream's writer, and the gap rows that say why there is nothing (store invariant 5).

import type { Fragment } from '../media/fragment-cutter.ts';
import type { Clocks, EpochMs } from '../model/clock.ts';
import type { OpenSegment, Segment, TrackLayout } from '../model/footage.ts';
import type { StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import type { GapReason } from '../model/states.ts';
import type { Loss } from '../segments/footage-events.ts';
import type { FootageLedger, StreamPlace } from '../segments/ledger.ts';
import { StreamWriter } from '../segments/stream-writer.ts';
import type { Volume } from '../segments/volume.ts';

export interface Gap {
  readonly startMs: EpochMs;
  /** Undefined while it goes on. */
  readonly endMs?: EpochMs;
  readonly reason: GapReason;
}

export interface RecordingListener {
  /** End of the last complete span on disk. */
  onFootage(newestMs: EpochMs): void;
  onSegment(segment: Segment): void;
  onGap(gap: Gap): void;
  /** Footage began to be lost although pictures come, or is stored again. */
  onKeeping(): void;
}

export interface RecordingDependencies {
  readonly volume: Volume;
  readonly ledger: FootageLedger;
  readonly clocks: Clocks;
  readonly log: Log;
  readonly segmentMs: number;
}

export interface Init {
  readonly bytes: Uint8Array;
  readonly layout: TrackLayout;
}

/** Gaps whose reason is not the camera's: a new reason ends them instead of renaming what has been. */
const ofOurOwn: ReadonlySet<GapReason> = new Set([
  'recording-off',
  'disk-full',
  'disk-error',
  'volume-missing',
]);

/**
 * One per stream for as long as the program runs. When recording is switched off, runs of pictures go by unrecorded.
 * A catalog that refuses a gap row is logged; recording goes on.
 */
export class Recording {
  readonly #streamId: StreamId;
  readonly #dependencies: RecordingDependencies;
  readonly #listener: RecordingListener;
  readonly #writer: StreamWriter;
  #wanted: boolean;
  /** Of the session that shows pictures now. */
  #init: Init | undefined;
  #isWriting = false;
  #isLosing = false;
  #gap: { readonly startMs: EpochMs; readonly reason: GapReason } | undefined;
  #coveredMs: EpochMs = 0;
  /** Runs end one after the other; what their end means for the gaps follows in that order. */
  #ends: Promise<void> = Promise.resolve();

  constructor(
    place: StreamPlace,
    wanted: boolean,
    dependencies: RecordingDependencies,
    listener: RecordingListener,
  ) {
    this.#streamId = place.streamId;
    this.#wanted = wanted;
    this.#dependencies = dependencies;
    this.#listener = listener;
    const { volume, ledger, clocks, log, segmentMs } = dependencies;
    this.#writer = new StreamWriter(
      place,
      {
        volume,
        ledger,
        clocks,
        log,
        listener: {
          onBegin: (startMs) => this.#stored(startMs),
          onFootage: (newestMs) => listener.onFootage(newestMs),
          onSegment: (segment) => {
            this.#coveredMs = Math.max(this.#coveredMs, segment.endMs);
            listener.onSegment(segment);
          },
          onLost: (loss) => this.#lost(loss),
        },
      },
      { segmentMs },
    );
    this.#explainAbsence();
  }

  get wanted(): boolean {
    return this.#wanted;
  }

  /** True while pictures that come are kept. */
  get keeps(): boolean {
    return this.#isWriting && !this.#isLosing;
  }

  /** Nothing may be stored before this: the end of the footage and of the closed gaps. */
  notBeforeMs(): EpochMs {
    const rows = this.#ledger((ledger) => ledger.coveredUntilMs(this.#streamId));
    return Math.max(this.#writer.notBeforeMs, this.#coveredMs, rows ?? 0);
  }

  openSegment(): OpenSegment | undefined {
    return this.#writer.openSegment();
  }

  /** A session shows its first picture. */
  begin(init: Init): void {
    this.#init = init;
    this.#beginWriting();
  }

  /** The session goes on with other wall times: the run ends where it is, `reason` says why there may be a gap. */
  beginAgain(reason: GapReason): void {
    this.#endWriting(reason);
    this.#beginWriting();
  }

  keep(fragment: Fragment, startMs: EpochMs): void {
    if (this.#isWriting) this.#writer.append(fragment, startMs);
  }

  /** The session is over, or there was none: from now on `reason` is why there is nothing. */
  end(reason: GapReason): void {
    this.#init = undefined;
    if (this.#wanted) this.#endWriting(reason);
  }

  /** Never reconnects. `absence` is why there would be nothing at the moment although it is wanted. */
  want(wanted: boolean, absence: GapReason): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (!wanted) {
      this.#endWriting('recording-off');
    } else if (this.#init === undefined) {
      this.#endWriting(absence);
    } else {
      // The gap stays 'recording-off' up to the first keyframe that is stored.
      this.#beginWriting();
    }
  }

  /** For the end of the program (`program-stopped`), or of the stream (undefined: nobody expects anything of it any more). */
  async close(reason: 'program-stopped' | undefined): Promise<void> {
    const wasWriting = this.#isWriting;
    if (wasWriting) this.#endWriting(reason ?? 'recording-off');
    await this.#ends;
    await this.#writer.close();
    if (reason === undefined) {
      // A gap that only just begins where the footage ends leaves no row.
      this.#closeGap(wasWriting ? 0 : this.#nowMs());
    } else if (this.#wanted) {
      const nowMs = this.#nowMs();
      if (this.#gap !== undefined && this.#gap.reason !== reason) this.#closeGap(nowMs);
      this.#openGap(nowMs, reason);
    }
  }

  #beginWriting(): void {
    if (!this.#wanted || this.#init === undefined) return;
    this.#isWriting = true;
    this.#writer.beginRun(this.#init);
  }

  #endWriting(reason: GapReason): void {
    if (!this.#isWriting) {
      const nowMs = this.#nowMs();
      this.#ends = this.#ends.then(() => this.#absent(reason, nowMs));
      return;
    }
    this.#isWriting = false;
    this.#isLosing = false;
    const endMs = this.#writer.notBeforeMs;
    const ended = this.#writer.endRun();
    this.#ends = this.#ends
      .then(() => ended)
      .then(() => this.#absent(reason, Math.max(endMs, this.#coveredMs)));
  }

  /** There is no footage from `fromMs` on, or still none. */
  #absent(reason: GapReason, fromMs: EpochMs): void {
    const open = this.#gap;
    if (open !== undefined && open.reason !== reason && (ofOurOwn.has(open.reason) || ofOurOwn.has(reason))) {
      this.#closeGap(this.#nowMs());
      this.#openGap(this.#nowMs(), reason);
    } else {
      this.#openGap(fromMs, reason);
    }
  }

  /** The writer began a file. */
  #stored(startMs: EpochMs): void {
    this.#closeGap(startMs);
    if (!this.#isLosing) return;
    this.#isLosing = false;
    this.#listener.onKeeping();
  }

  #lost(loss: Loss): void {
    this.#openGap(loss.fromMs, loss.reason);
    if (loss.untilMs !== undefined) {
      this.#closeGap(loss.untilMs);
      return;
    }
    this.#isLosing = this.#isWriting;
    this.#listener.onKeeping();
  }

  /**
   * At the start of the program: what ended last, up to now. A program that was stopped left its gap open; one that was
   * killed left nothing behind its last footage.
   */
  #explainAbsence(): void {
    const covered = this.#ledger((ledger) => ledger.coveredUntilMs(this.#streamId));
    const nowMs = Math.max(this.#nowMs(), covered ?? 0);
    if (!this.#wanted) {
      this.#openGap(covered ?? nowMs, 'recording-off');
      return;
    }
    this.#ledger((ledger) => {
      ledger.closeGap(this.#streamId, nowMs);
    });
    const wasOpen = covered !== this.#ledger((ledger) => ledger.coveredUntilMs(this.#streamId));
    if (covered !== undefined && !wasOpen) {
      this.#openGap(covered, 'program-killed');
      this.#closeGap(nowMs);
    }
    this.#openGap(nowMs, 'starting');
  }

  #openGap(startMs: EpochMs, reason: GapReason): void {
    const open = this.#gap;
    if (open?.reason === reason) return;
    this.#gap = { startMs: open?.startMs ?? startMs, reason };
    this.#ledger((ledger) => {
      ledger.openGap(this.#streamId, startMs, reason);
    });
    this.#listener.onGap(this.#gap);
  }

  #closeGap(endMs: EpochMs): void {
    const open = this.#gap;
    if (open === undefined) return;
    this.#gap = undefined;
    // The clock may have been set back meanwhile.
    const closedMs = Math.max(open.startMs, endMs);
    this.#ledger((ledger) => {
      ledger.closeGap(this.#streamId, closedMs);
    });
    this.#listener.onGap({ ...open, endMs: closedMs });
  }

  #nowMs(): EpochMs {
    return this.#dependencies.clocks.wall.nowMs();
  }

  #ledger<Result>(ask: (ledger: FootageLedger) => Result): Result | undefined {
    try {
      return ask(this.#dependencies.ledger);
    } catch (error) {
      this.#dependencies.log.error(
        { err: error, streamId: this.#streamId },
        'The catalog did not take a gap',
      );
      return undefined;
    }
  }
}
