// What is known of how one stream does: what it sends now, how often it was interrupted, and why the last time.

import type { Failure } from '../ffmpeg/classify.ts';
import type { Encoder } from '../ffmpeg/encoders.ts';
import type { Fragment } from '../media/fragment-cutter.ts';
import type { Clocks, EpochMs, Instant } from '../model/clock.ts';
import type { CaptureFailure } from '../model/states.ts';
import type { FailureLog } from './failure-log.ts';

/** Rates are those of the newest footage of this length. */
const windowMs = 10_000;
/** Less footage than this has no rate worth telling. */
const leastMs = 1_000;
/** A stream that has sent nothing for so long has no rate now; within it a slow one sends something. */
const silenceMs = 5_000;

export interface StreamHealth {
  /** What comes now; undefined while nothing comes. */
  readonly fps?: number;
  readonly kilobits?: number;
  /** Between the newest two keyframes. */
  readonly keyframeIntervalMs?: number;
  /** Set while the pictures are encoded here. */
  readonly encoder?: Encoder | undefined;
  /** Its pictures cannot be decoded here for now: no movement is found, no thumbnails are made. */
  readonly isBlind?: boolean;
  /** How often pictures broke off by a failure since the program started. */
  readonly interruptions: number;
  /** Why there were no pictures the last time. */
  readonly last?:
    | { readonly reason: CaptureFailure; readonly detail: string; readonly atMs: EpochMs }
    | undefined;
}

interface Piece {
  readonly durationMs: number;
  readonly frames: number;
  readonly bytes: number;
}

/** Fed by the supervisor; asked by whoever shows it. */
export class StreamHealthRecord {
  readonly #clocks: Clocks;
  readonly #log: FailureLog;
  readonly #pieces: Piece[] = [];
  #heldMs = 0;
  #ticksPerMs = 1;
  #arrivedAt: Instant | undefined;
  #keyframeMs: number | undefined;
  #keyframeIntervalMs: number | undefined;
  #encoder: Encoder | undefined;
  #isBlind = false;
  #interruptions = 0;
  #last: StreamHealth['last'];

  constructor(clocks: Clocks, log: FailureLog) {
    this.#clocks = clocks;
    this.#log = log;
  }

  /** A session begins; `encoder` is what it encodes with, if it does. */
  attempt(encoder: Encoder | undefined): void {
    this.#encoder = encoder;
    this.#forget();
  }

  /** Whether movement can be found in what comes. */
  setSight(seesMotion: boolean): void {
    this.#isBlind = !seesMotion;
  }

  /** `timescale` is that of the session's video, in ticks a second. */
  init(timescale: number): void {
    this.#ticksPerMs = timescale / 1_000;
    this.#forget();
  }

  fragment({ bytes, videoFrames, startTicks, durationTicks, startsWithKeyframe }: Fragment): void {
    const piece = { durationMs: durationTicks / this.#ticksPerMs, frames: videoFrames, bytes: bytes.length };
    this.#pieces.push(piece);
    this.#heldMs += piece.durationMs;
    while (this.#pieces.length > 1 && this.#heldMs - (this.#pieces[0]?.durationMs ?? 0) >= windowMs) {
      this.#heldMs -= this.#pieces.shift()?.durationMs ?? 0;
    }
    this.#arrivedAt = this.#clocks.monotonic.now();
    if (!startsWithKeyframe) return;
    const mediaMs = startTicks / this.#ticksPerMs;
    if (this.#keyframeMs !== undefined) this.#keyframeIntervalMs = mediaMs - this.#keyframeMs;
    this.#keyframeMs = mediaMs;
  }

  /** The first picture of an attempt is there. */
  recovered(): void {
    this.#log.recovered();
  }

  /** An attempt failed after it showed pictures for `shownMs`, if any; the next follows in `retryInMs`. */
  failed({ reason, detail }: Failure, shownMs: number, retryInMs: number): void {
    this.#log.report(reason, detail, retryInMs);
    if (shownMs > 0) this.#interruptions += 1;
    this.#last = { reason, detail, atMs: this.#clocks.wall.nowMs() };
    this.#encoder = undefined;
    this.#forget();
  }

  read(): StreamHealth {
    const keyframeIntervalMs = this.#keyframeIntervalMs;
    return {
      ...this.#rates(),
      ...(keyframeIntervalMs === undefined ? {} : { keyframeIntervalMs }),
      encoder: this.#encoder,
      isBlind: this.#isBlind,
      interruptions: this.#interruptions,
      last: this.#last,
    };
  }

  #rates(): Pick<StreamHealth, 'fps' | 'kilobits'> {
    const isSilent =
      this.#arrivedAt === undefined || this.#clocks.monotonic.elapsedMs(this.#arrivedAt) > silenceMs;
    if (isSilent || this.#heldMs < leastMs) return {};
    const sum = (of: (piece: Piece) => number) => this.#pieces.reduce((total, piece) => total + of(piece), 0);
    return {
      fps: (sum(({ frames }) => frames) * 1_000) / this.#heldMs,
      kilobits: (sum(({ bytes }) => bytes) * 8) / this.#heldMs,
    };
  }

  #forget(): void {
    this.#pieces.length = 0;
    this.#heldMs = 0;
    this.#arrivedAt = undefined;
    this.#keyframeMs = undefined;
    this.#keyframeIntervalMs = undefined;
  }
}
