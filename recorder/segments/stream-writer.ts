// The footage of one stream on its way to the disk: a bounded queue in front, one loop that does the work in order behind.

import type { Fragment } from '../media/fragment-cutter.ts';
import { stampWallTime } from '../media/producer-reference-time.ts';
import type { CancelTimer, EpochMs, Timers } from '../model/clock.ts';
import type { OpenSegment, TrackLayout } from '../model/footage.ts';
import { storeFiles } from './durable.ts';
import type { StreamPlace } from './ledger.ts';
import { type TimedFragment, wallEndMs } from './segment-file.ts';
import {
  SegmentSequence,
  type SegmentSequenceDependencies,
  type SegmentSequenceOptions,
} from './segment-sequence.ts';

export interface StreamWriterOptions extends SegmentSequenceOptions {
  /** The most footage that may wait for the disk; beyond it the disk is too slow, and footage is shed. */
  readonly queueLimitBytes: number;
  /** The most that goes to the disk in one write. */
  readonly batchLimitBytes: number;
  /**
   * How long a fragment may wait for others to be written with: a write wakes a thread, which costs more than the bytes.
   * A keyframe does not wait, nor does what stands before it; nor does more than `gatherLimitBytes`.
   */
  readonly gatherMs: number;
  readonly gatherLimitBytes: number;
}

export const defaultStreamWriterOptions: StreamWriterOptions = {
  segmentMs: 60_000,
  syncIntervalMs: 2_000,
  retryMs: 2_000,
  queueLimitBytes: 32 * 1024 * 1024,
  batchLimitBytes: 4 * 1024 * 1024,
  gatherMs: 250,
  gatherLimitBytes: 512 * 1024,
};

export type StreamWriterDependencies = Omit<SegmentSequenceDependencies, 'files'> &
  Partial<Pick<SegmentSequenceDependencies, 'files'>>;

interface Init {
  readonly bytes: Uint8Array;
  readonly layout: TrackLayout;
}

type Work =
  | { readonly kind: 'begin'; readonly init: Init }
  | ({ readonly kind: 'fragment' } & TimedFragment)
  | { readonly kind: 'shed'; readonly fromMs: EpochMs }
  | { readonly kind: 'end'; readonly done: () => void };

/**
 * One per stream for as long as the program runs. Its methods only queue. The work is done in order, so a segment is a
 * row before the next one's file exists, and no two overlap (invariant 3); a failing disk never fails a caller.
 */
export class StreamWriter {
  readonly #sequence: SegmentSequence;
  readonly #options: StreamWriterOptions;
  readonly #queue: Work[] = [];
  #queuedBytes = 0;
  #isWorking = false;
  readonly #timers: Timers;
  /** Set while fragments are gathered. */
  #gathering: CancelTimer | undefined;
  #isShedding = false;
  /** Ticks per second of the run that `append` continues; undefined outside a run. */
  #timescale: number | undefined;
  #newestStartMs: EpochMs;
  #notBeforeMs: EpochMs;

  constructor(
    place: StreamPlace,
    dependencies: StreamWriterDependencies,
    options: Partial<StreamWriterOptions> = {},
  ) {
    this.#options = { ...defaultStreamWriterOptions, ...options };
    this.#timers = dependencies.clocks.timers;
    const { gatherMs, syncIntervalMs } = this.#options;
    this.#sequence = new SegmentSequence(
      place,
      { files: storeFiles, ...dependencies },
      // What waits for its write is at risk as well, so syncs come the earlier.
      { ...this.#options, syncIntervalMs: Math.max(0, syncIntervalMs - gatherMs) },
    );
    this.#notBeforeMs = dependencies.ledger.lastSegmentEndMs(place.streamId) ?? 0;
    this.#newestStartMs = this.#notBeforeMs - 1;
  }

  /** Where the stream's footage ends: the times of a new run must not begin before. */
  get notBeforeMs(): EpochMs {
    return this.#notBeforeMs;
  }

  /** Begins a run: a time base and an init section. Closes the segment of a run that is still going. */
  beginRun(init: Init): void {
    this.#timescale = init.layout.video.timescale;
    this.#isShedding = false;
    this.#newestStartMs = this.#notBeforeMs - 1;
    this.#add({ kind: 'begin', init });
  }

  /**
   * Hands over a fragment of the run and the wall time of its first frame, which is stamped into its `prft` at once.
   * What comes before the first keyframe of the run is dropped. RangeError when no run has begun, when `startMs` is no
   * whole number, does not rise from one fragment with video to the next, or lies before `notBeforeMs` at a run's begin.
   */
  append(fragment: Fragment, startMs: EpochMs): void {
    if (this.#timescale === undefined) throw new RangeError('a fragment outside a run');
    if (fragment.videoFrames > 0) {
      if (!Number.isSafeInteger(startMs) || startMs <= this.#newestStartMs) {
        throw new RangeError(`footage at ${startMs} ms after footage at ${this.#newestStartMs} ms`);
      }
      stampWallTime(fragment.bytes, startMs);
      this.#newestStartMs = startMs;
      this.#notBeforeMs = wallEndMs({ fragment, startMs }, this.#timescale);
    }
    if (this.#mustShed(fragment, startMs)) return;
    this.#queuedBytes += fragment.bytes.length;
    this.#add({ kind: 'fragment', fragment, startMs });
  }

  /** Closes the run's segment. Resolves when that is done or given up; never rejects. */
  endRun(): Promise<void> {
    this.#timescale = undefined;
    return new Promise((done) => {
      this.#add({ kind: 'end', done });
    });
  }

  /** Ends the run, and all trying again: for when the stream is removed or the program stops. */
  async close(): Promise<void> {
    await this.endRun();
    this.#sequence.close();
  }

  /** The file being written, once it has a complete span. */
  openSegment(): OpenSegment | undefined {
    return this.#sequence.openSegment();
  }

  /** True while the disk is so far behind that footage is shed: until a keyframe that finds half of the queue free. */
  #mustShed(fragment: Fragment, startMs: EpochMs): boolean {
    const { queueLimitBytes } = this.#options;
    if (this.#isShedding) {
      this.#isShedding = !fragment.startsWithKeyframe || this.#queuedBytes > queueLimitBytes / 2;
      return this.#isShedding;
    }
    if (this.#queuedBytes + fragment.bytes.length <= queueLimitBytes) return false;
    this.#isShedding = true;
    // Told beside the queue, too: what stands in front of it may never return.
    void Promise.resolve().then(() => this.#sequence.stalled(startMs));
    this.#add({ kind: 'shed', fromMs: startMs });
    return true;
  }

  #add(work: Work): void {
    this.#queue.push(work);
    if (this.#isWorking) return;
    if (this.#mayWait(work)) {
      this.#gathering ??= this.#timers.after(this.#options.gatherMs, () => this.#begin());
    } else {
      this.#begin();
    }
  }

  #mayWait(work: Work): boolean {
    const { gatherMs, gatherLimitBytes } = this.#options;
    if (work.kind !== 'fragment' || work.fragment.startsWithKeyframe) return false;
    return gatherMs > 0 && this.#queuedBytes < gatherLimitBytes;
  }

  #begin(): void {
    this.#gathering?.();
    this.#gathering = undefined;
    this.#isWorking = true;
    void this.#workThrough();
  }

  async #workThrough(): Promise<void> {
    // Off the caller's stack, so that no listener is called from inside a call of ours.
    await Promise.resolve();
    for (let work = this.#queue.shift(); work !== undefined; work = this.#queue.shift()) {
      switch (work.kind) {
        case 'begin':
          await this.#sequence.begin(work.init);
          break;
        case 'fragment':
          await this.#store([work, ...this.#takeMore(work)]);
          break;
        case 'shed':
          await this.#sequence.shed(work.fromMs);
          break;
        case 'end':
          await this.#sequence.end();
          work.done();
          break;
      }
    }
    this.#isWorking = false;
  }

  async #store(batch: readonly TimedFragment[]): Promise<void> {
    await this.#sequence.store(batch);
    for (const { fragment } of batch) this.#queuedBytes -= fragment.bytes.length;
  }

  /** The fragments that wait behind `first`, as many as one write may have. */
  #takeMore(first: TimedFragment): TimedFragment[] {
    const taken: TimedFragment[] = [];
    let bytes = first.fragment.bytes.length;
    for (const work of this.#queue) {
      if (work.kind !== 'fragment' || bytes + work.fragment.bytes.length > this.#options.batchLimitBytes)
        break;
      bytes += work.fragment.bytes.length;
      taken.push(work);
    }
    this.#queue.splice(0, taken.length);
    return taken;
  }
}
