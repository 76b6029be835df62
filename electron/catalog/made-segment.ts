// Rows of segments for tests.

import type { FragmentSpan, OpenSegment, Segment } from '../../recorder/model/footage.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import type { MadeCatalog } from './made-catalog.ts';

/** A segment's row as the recorder would commit it; the file behind it is up to the test. */
export function madeSegment(
  made: Pick<MadeCatalog, 'cameraId' | 'streamId' | 'volumeId'>,
  initId: number,
  startMs: number,
  endMs: number,
  changes: Partial<Segment> = {},
): Segment {
  return {
    streamId: made.streamId,
    startMs,
    endMs,
    runStartMs: startMs,
    volumeId: made.volumeId,
    initId,
    path: segmentPath({ ...made, role: 'main' }, startMs),
    sizeBytes: 1_200,
    sha256: new Uint8Array(32).fill(7),
    ...changes,
  };
}

/** One span over the whole segment, in milliseconds as ticks. */
export function wholeSpan({ startMs, endMs, sizeBytes }: Segment): FragmentSpan {
  return {
    startMs,
    startTicks: 0,
    durationTicks: endMs - startMs,
    offsetBytes: 0,
    sizeBytes,
    startsWithKeyframe: true,
  };
}

/** A segment being written, with complete spans of the given milliseconds (which are ticks as well). */
export function madeOpenSegment(
  made: Pick<MadeCatalog, 'cameraId' | 'streamId' | 'volumeId'>,
  initId: number,
  startMs: number,
  spanMs: readonly number[],
): OpenSegment {
  let endMs = startMs;
  const spans = spanMs.map((durationTicks, index): FragmentSpan => {
    const span = {
      startMs: endMs,
      startTicks: endMs - startMs,
      durationTicks,
      offsetBytes: 100 + index * 50,
      sizeBytes: 50,
    };
    endMs += durationTicks;
    return { ...span, startsWithKeyframe: true };
  });
  const video = { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 };
  return {
    streamId: made.streamId,
    startMs,
    endMs: endMs + 300,
    runStartMs: startMs,
    volumeId: made.volumeId,
    init: { id: initId, bytes: Uint8Array.of(1), video, audio: undefined },
    path: segmentPath({ ...made, role: 'main' }, startMs),
    spans,
  };
}
