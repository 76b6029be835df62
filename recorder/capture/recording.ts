// What of a stream's pictures is kept: by its mode, through the stream's writer, and with a reason where nothing is.

import type { Fragment } from '../media/fragment-cutter.ts';
import type { CancelTimer, Clocks, EpochMs } from '../model/clock.ts';
import type { OpenSegment, Segment, TrackLayout } from '../model/footage.ts';
import type { Log } from '../model/log.ts';
import type { RecordingMode } from '../model/modes.ts';
import type { GapReason, Idleness } from '../model/states.ts';
import type { Loss } from '../segments/footage-events.ts';
import type { StreamPlace } from '../segments/ledger.ts';
import { StreamWriter } from '../segments/stream-writer.ts';
import type { VolumeSource } from '../segments/volumes.ts';
import { Absence, type AbsenceDependencies, type Gap } from './absence.ts';
import type { LocalHours } from './local-hours.ts';
import { type Plan, planAt } from './mode.ts';
import { PreRoll } from './pre-roll.ts';

/** A plan that changes is looked at this often at least: the wall clock may have been set meanwhile. */
const planCheckMs = 30_000;
/** Movement in a keyframe is told at most this much later: it is decoded and compared first. */
const motionDelayMs = 3_000;

export interface RecordingListener {
  /** End of the last complete span on disk. */
  onFootage(newestMs: EpochMs): void;
  onSegment(segment: Segment): void;
  onGap(gap: Gap): void;
  /** `keeps` or `idle` changed. */
  onKeeping(): void;
}

export interface RecordingDependencies extends AbsenceDependencies {
  readonly volumes: VolumeSource;
  readonly clocks: Clocks;
  readonly log: Log;
  /** The hours that a schedule is read in. */
  readonly hours: LocalHours;
  readonly segmentMs: number;
  /** How often an open segment is synced: what a power cut may cost of it. */
  readonly syncIntervalMs: number;
}

export interface Init {
  readonly bytes: Uint8Array;
  readonly layout: TrackLayout;
}

/**
 * One per stream for as long as the program runs. Plans are read at the time of the footage, so that it is cut where it
 * should be, however late it comes: keeping begins with the GOP that is under way, so that nothing wanted is lost, and
 * ends at a keyframe. Only switching off ends it at once.
 */
export class Recording {
  readonly #dependencies: RecordingDependencies;
  readonly #listener: RecordingListener;
  readonly #writer: StreamWriter;
  readonly #absence: Absence;
  readonly #preRoll = new PreRoll();
  #mode: RecordingMode;
  #plan: Plan | undefined;
  #cancelCheck: CancelTimer = () => undefined;
  /** Of the session that shows pictures now. */
  #init: Init | undefined;
  /** Why there would be nothing although it is wanted, as long as no session shows pictures. */
  #away: GapReason = 'starting';
  /** Why nothing is written; undefined while something is. */
  #explained: GapReason | undefined;
  #newestMs: EpochMs | undefined;
  #motionUntilMs = Number.NEGATIVE_INFINITY;
  #seesMotion = true;
  #isWriting = false;
  #isLosing = false;
  #coveredMs: EpochMs = 0;
  /** The next picture that is written begins here at the earliest. */
  #leastMs: EpochMs = 0;
  /** Runs end one after the other; what their end means for the gaps follows in that order. */
  #ends: Promise<void> = Promise.resolve();

  constructor(
    place: StreamPlace,
    mode: RecordingMode,
    dependencies: RecordingDependencies,
    listener: RecordingListener,
  ) {
    this.#mode = mode;
    this.#dependencies = dependencies;
    this.#listener = listener;
    this.#absence = new Absence(place.streamId, dependencies, (gap) => listener.onGap(gap));
    const { volumes, ledger, clocks, log, segmentMs, syncIntervalMs } = dependencies;
    this.#writer = new StreamWriter(
      place,
      {
        volumes,
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
      { segmentMs, syncIntervalMs },
    );
    this.#absence.explainStart(this.#isOff);
    this.#explain(this.#nowMs());
    this.#arm();
  }

  /** True while pictures that come are kept. */
  get keeps(): boolean {
    return this.#isWriting && !this.#isLosing;
  }

  /** Why pictures that come are not kept, when somebody wants it so. */
  get idle(): Idleness | undefined {
    return this.#isWriting ? undefined : this.#idleness(this.#newestMs ?? this.#nowMs());
  }

  /** Nothing may be stored before this: the end of the footage and of the closed gaps. */
  notBeforeMs(): EpochMs {
    return Math.max(this.#footageEndMs, this.#absence.coveredUntilMs() ?? 0);
  }

  openSegment(): OpenSegment | undefined {
    return this.#writer.openSegment();
  }

  /** A session shows its first picture. */
  begin(init: Init): void {
    this.#init = init;
    this.#newestMs = undefined;
  }

  /** The session goes on with other wall times: the run ends where it is, `reason` says why there may be a gap. */
  beginAgain(reason: GapReason): void {
    this.#preRoll.clear();
    if (this.#isWriting) this.#endWriting(reason);
  }

  /** Takes the fragments of a session in order; `startMs` is the wall time of the first frame. */
  keep(fragment: Fragment, startMs: EpochMs): void {
    const hasVideo = fragment.videoFrames > 0;
    if (hasVideo) this.#newestMs = startMs;
    if (this.#isWriting && fragment.startsWithKeyframe) {
      const idle = this.#idleness(startMs);
      if (idle !== undefined) {
        this.#endWriting(idle);
        this.#listener.onKeeping();
      }
    }
    if (this.#isWriting) {
      this.#append(fragment, startMs);
      return;
    }
    const onMotion = this.#planAt(startMs).keep === 'motion';
    this.#preRoll.push(fragment, startMs, onMotion ? this.#mode.preRollMs + motionDelayMs : 0);
    if (!hasVideo) return;
    if (this.#idleness(startMs) === undefined) this.#beginWriting(startMs);
    else if (fragment.startsWithKeyframe) this.#explain(startMs);
  }

  /** Something moved in the keyframe of this time. */
  motionSeen(atMs: EpochMs): void {
    this.#motionUntilMs = atMs + this.#mode.postRollMs;
    if (this.#init === undefined || this.#isWriting || this.#newestMs === undefined) return;
    if (this.#idleness(this.#newestMs) === undefined) this.#beginWriting(atMs - this.#mode.preRollMs);
  }

  /** The session is over, or there was none: from now on `reason` is why there is nothing. */
  end(reason: GapReason): void {
    this.#init = undefined;
    this.#away = reason;
    this.#preRoll.clear();
    if (this.#isWriting) this.#endWriting(reason);
    this.#explain(this.#nowMs());
  }

  /** Never reconnects. */
  setMode(mode: RecordingMode): void {
    this.#mode = mode;
    this.#plan = undefined;
    this.#arm();
    this.#decide();
  }

  /** Where nobody can tell whether something moves, recording on motion keeps everything: too much rather than nothing. */
  setSight(seesMotion: boolean): void {
    if (seesMotion === this.#seesMotion) return;
    this.#seesMotion = seesMotion;
    this.#decide();
  }

  /** For the end of the program (`program-stopped`), or of the stream (undefined: nobody expects anything of it any more). */
  async close(reason: 'program-stopped' | undefined): Promise<void> {
    this.#cancelCheck();
    const wasWriting = this.#isWriting;
    if (wasWriting) this.#endWriting(reason ?? 'recording-off');
    this.#init = undefined;
    this.#preRoll.clear();
    await this.#ends;
    await this.#writer.close();
    const nowMs = Math.max(this.#nowMs(), this.#footageEndMs);
    // A gap that only just begins where the footage ends leaves no row.
    if (reason === undefined) this.#absence.end(wasWriting ? 0 : nowMs);
    else if (!this.#isOff) {
      if (this.#absence.reason !== reason) this.#absence.end(nowMs);
      this.#absence.begin(nowMs, reason);
    }
    this.#absence.close();
  }

  get #isOff(): boolean {
    return this.#planAt(this.#nowMs()).keep !== 'all' && this.#mode.kind === 'off';
  }

  /** Footage may lie ahead of a clock that was set back. */
  get #footageEndMs(): EpochMs {
    return Math.max(this.#writer.notBeforeMs, this.#coveredMs);
  }

  #planAt(atMs: EpochMs): Plan {
    const plan = this.#plan;
    if (plan !== undefined && atMs >= plan.fromMs && atMs < plan.untilMs) return plan;
    this.#plan = planAt(this.#mode, this.#dependencies.hours, atMs);
    return this.#plan;
  }

  /** What is wanted has changed: begins or ends keeping, or says why there is nothing. */
  #decide(): void {
    // Until a session shows pictures its moment is now; then it is that of the pictures, which lie a little behind.
    const atMs = (this.#init && this.#newestMs) ?? this.#nowMs();
    const idle = this.#idleness(atMs);
    if (!this.#isWriting && idle === undefined) this.#beginWriting(atMs);
    if (this.#isWriting && idle === 'recording-off') this.#endWriting(idle);
    this.#explain(atMs);
    this.#listener.onKeeping();
  }

  /** Undefined when a picture of this time is wanted. */
  #idleness(atMs: EpochMs): Idleness | undefined {
    const plan = this.#planAt(atMs);
    if (plan.keep === 'nothing') return plan.why;
    const waitsForMotion = plan.keep === 'motion' && this.#seesMotion;
    return waitsForMotion && atMs > this.#motionUntilMs ? 'no-motion' : undefined;
  }

  /** Begins with the last keyframe at or before `fromMs`; when none is at hand, with the next that comes. */
  #beginWriting(fromMs: EpochMs): void {
    const first = this.#preRoll.take(fromMs);
    if (this.#init === undefined || first.length === 0) return;
    this.#isWriting = true;
    this.#explained = undefined;
    this.#writer.beginRun(this.#init);
    this.#leastMs = this.#writer.notBeforeMs;
    for (const { fragment, startMs } of first) this.#append(fragment, startMs);
    this.#listener.onKeeping();
  }

  /** Where the run before ended a moment ago, rounding may lay its end a millisecond behind the begin of this one. */
  #append(fragment: Fragment, startMs: EpochMs): void {
    const atMs = Math.max(startMs, this.#leastMs);
    this.#writer.append(fragment, atMs);
    if (fragment.videoFrames > 0) this.#leastMs = atMs + 1;
  }

  #endWriting(reason: GapReason): void {
    this.#isWriting = false;
    this.#isLosing = false;
    this.#explained = reason;
    const endMs = this.#writer.notBeforeMs;
    const ended = this.#writer.endRun();
    this.#ends = this.#ends
      .then(() => ended)
      .then(() => this.#absence.go(reason, Math.max(endMs, this.#coveredMs)));
  }

  /** Says why nothing is written, when the reason is another than before. Footage that follows must not begin before. */
  #explain(atMs: EpochMs): void {
    if (this.#isWriting) return;
    const idle = this.#idleness(atMs);
    // Without pictures nobody knows whether something moves.
    const isAway = this.#init === undefined && (idle === undefined || idle === 'no-motion');
    const reason = isAway ? this.#away : idle;
    if (reason === undefined || reason === this.#explained) return;
    this.#explained = reason;
    this.#preRoll.keepNewestGop();
    const switchMs = Math.max(this.#preRoll.newestGopMs ?? atMs, this.#footageEndMs);
    this.#ends = this.#ends.then(() => this.#absence.go(reason, switchMs));
    // Whoever ends a session tells what follows.
    if (this.#init !== undefined) this.#listener.onKeeping();
  }

  /** The writer began a file. */
  #stored(startMs: EpochMs): void {
    this.#absence.end(startMs);
    if (!this.#isLosing) return;
    this.#isLosing = false;
    this.#listener.onKeeping();
  }

  #lost(loss: Loss): void {
    const { reason, fromMs, untilMs } = loss;
    if (untilMs !== undefined) {
      this.#absence.past(reason, fromMs, untilMs);
      return;
    }
    this.#absence.go(reason, fromMs);
    this.#isLosing = this.#isWriting;
    this.#listener.onKeeping();
  }

  /** Plans end also when no pictures come. */
  #arm(): void {
    this.#cancelCheck();
    const nowMs = this.#nowMs();
    const { untilMs } = this.#planAt(nowMs);
    if (!Number.isFinite(untilMs)) return;
    const delayMs = Math.min(planCheckMs, Math.max(1, untilMs - nowMs));
    this.#cancelCheck = this.#dependencies.clocks.timers.after(delayMs, () => {
      if (this.#init === undefined) this.#explain(this.#nowMs());
      this.#arm();
    });
  }

  #nowMs(): EpochMs {
    return this.#dependencies.clocks.wall.nowMs();
  }
}
