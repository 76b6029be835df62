// The marks a timeline draws: asked for a stretch wider than the view, so that panning meets what is there already.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CameraId } from '../../recorder/model/ids.ts';
import { api } from '../station/client.ts';
import type { TimelineMark } from '../timeline/marks.ts';
import type { Viewport } from '../timeline/viewport.ts';

const noMarks: readonly TimelineMark[] = [];

/** Bounds on a grid of the view's own span, so that a question serves while the view is panned and zoomed a little. */
export function stretchAround({ startMs, spanMs }: Viewport): { startMs: number; endMs: number } {
  const gridMs = 2 ** Math.ceil(Math.log2(spanMs));
  const first = Math.floor(startMs / gridMs) - 1;
  const last = Math.floor((startMs + spanMs) / gridMs) + 2;
  return { startMs: Math.max(0, first * gridMs), endMs: Math.max(1, last * gridMs) };
}

/** By start. What was drawn stays until the next stretch is there. */
export function useTimelineMarks(cameraId: CameraId, view: Viewport): readonly TimelineMark[] {
  const { data } = useQuery({
    ...api.marks.list.queryOptions({ input: { cameraIds: [cameraId], ...stretchAround(view) } }),
    placeholderData: keepPreviousData,
  });
  return data?.marks ?? noMarks;
}
