// What the footage's readers ask of the recorder: the segment being written, which has no row yet.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { FragmentSpan, OpenSegment } from '../../recorder/model/footage.ts';
import type { StreamId } from '../../recorder/model/ids.ts';

export interface OpenSegments {
  /** Undefined when the stream is not being recorded. A closing segment stays open until its row is committed. */
  openSegment(streamId: StreamId): OpenSegment | undefined;
}

/** Wall time at which a span's video ends, whole milliseconds. `timescale` is the video track's, ticks per second. */
export function spanEndMs(span: FragmentSpan, timescale: number): EpochMs {
  return span.startMs + Math.round((span.durationTicks * 1_000) / timescale);
}

/** End of what can be played of an open segment; undefined before its first complete span. */
export function playableEndMs(segment: OpenSegment): EpochMs | undefined {
  const last = segment.spans.at(-1);
  return last && spanEndMs(last, segment.init.video.timescale);
}
