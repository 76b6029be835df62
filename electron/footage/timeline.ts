// What the timeline draws of a stream: where there is footage, where there is none and why.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { FootageReads, type GapRow } from '../catalog/footage-reads.ts';
import type { Catalog } from '../catalog/open.ts';
import { type OpenSegments, playableEndMs } from '../catalog/open-segments.ts';
import { LookoutError } from '../contract/errors.ts';
import type { RecordedDays, Timeline } from '../contract/shapes.ts';
import { CoverageMerge, GapMerge } from './timeline-merge.ts';

/** More runs or gaps than any screen has pixels are merged further, so that no answer grows without bound. */
export const runsPerAnswerLimit = 20_000;

export interface TimelineRequest {
  readonly streamId: StreamId;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly mergeMs: number;
}

export class TimelineService {
  readonly #reads: FootageReads;
  readonly #openSegments: OpenSegments;

  constructor(catalog: Catalog, openSegments: OpenSegments) {
    this.#reads = new FootageReads(catalog);
    this.#openSegments = openSegments;
  }

  /**
   * Coverage clipped to the range, gaps with their true start and end. With `mergeMs`, runs closer than that come as one,
   * and so do neighbouring gaps of which one is shorter than that (the reason of the longer stays).
   * Throws LookoutError STREAM_NOT_FOUND.
   */
  range(request: TimelineRequest): Timeline {
    const stream = this.#stream(request.streamId, 'streamId');
    // Rows first: both reads are one turn of the event loop, in which no segment is committed.
    const openRun = this.#openRun(request.streamId);
    const exact = this.#read(stream, request, request.mergeMs, openRun);
    const runs = Math.max(exact.coverage.length, exact.gaps.length);
    const coarserMs = (request.endMs - request.startMs) / (runsPerAnswerLimit / 2);
    const drawn = runs > runsPerAnswerLimit ? this.#read(stream, request, coarserMs, openRun) : exact;

    const newestMs = openRun?.endMs ?? this.#reads.newestMs(stream);
    const oldestMs = this.#reads.oldestMs(stream) ?? openRun?.startMs;
    return {
      ...drawn,
      ...(newestMs === undefined ? {} : { newestMs }),
      ...(oldestMs === undefined ? {} : { oldestMs }),
    };
  }

  /** For each stretch between two borders, whether any of the streams has footage in it. Throws as `range` does. */
  days({
    streamIds,
    bordersMs,
  }: {
    readonly streamIds: readonly StreamId[];
    readonly bordersMs: readonly EpochMs[];
  }): RecordedDays {
    const streams = streamIds.map((id, index) => ({
      number: this.#stream(id, `streamIds.${index}`),
      open: this.#openRun(id),
    }));
    const recorded = bordersMs.slice(1).map((endMs, index) => {
      const startMs = bordersMs[index] ?? endMs;
      return streams.some(
        ({ number, open }) =>
          (open !== undefined && open.startMs < endMs && open.endMs > startMs) ||
          this.#reads.isCovered(number, startMs, endMs),
      );
    });
    return { recorded };
  }

  /** `field` is where the caller named it. */
  #stream(id: StreamId, field: string): number {
    const stream = this.#reads.stream(id)?.number;
    if (stream === undefined)
      throw new LookoutError('STREAM_NOT_FOUND', 'This camera does not exist.', { field });
    return stream;
  }

  /** What can be played of the segment that is being written. */
  #openRun(id: StreamId): { startMs: EpochMs; endMs: EpochMs } | undefined {
    const open = this.#openSegments.openSegment(id);
    const endMs = open && playableEndMs(open);
    return open === undefined || endMs === undefined ? undefined : { startMs: open.startMs, endMs };
  }

  #read(
    stream: number,
    { startMs, endMs }: TimelineRequest,
    mergeMs: number,
    openRun: { startMs: EpochMs; endMs: EpochMs } | undefined,
  ): { coverage: { startMs: EpochMs; endMs: EpochMs }[]; gaps: GapRow[] } {
    const coverage = new CoverageMerge(startMs, endMs, mergeMs);
    this.#reads.eachCovered(stream, startMs, endMs, (from, until) => coverage.add(from, until));
    if (openRun !== undefined) coverage.add(openRun.startMs, openRun.endMs);
    const gaps = new GapMerge(mergeMs);
    this.#reads.eachGap(stream, startMs, endMs, (gap) => gaps.add(gap));
    return { coverage: coverage.runs, gaps: gaps.gaps };
  }
}
