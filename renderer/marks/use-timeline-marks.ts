// The marks of one or more cameras that a timeline draws, kept fresh by the station's events.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CameraId } from '../../recorder/model/ids.ts';
import { api } from '../station/client.ts';
import type { TimelineMark } from '../timeline/marks.ts';
import type { Viewport } from '../timeline/viewport.ts';
import { stretchAround } from './stretch.ts';

interface TimelineMarks {
  /** By start. What was drawn stays until the next stretch is there. */
  readonly marks: readonly TimelineMark[];
  /** False when the stretch has more than one answer holds. */
  readonly isComplete: boolean;
}

const none: TimelineMarks = { marks: [], isComplete: true };

export function useTimelineMarks(cameraIds: readonly CameraId[], view: Viewport): TimelineMarks {
  const { data } = useQuery({
    ...api.marks.list.queryOptions({ input: { cameraIds: [...cameraIds], ...stretchAround(view) } }),
    placeholderData: keepPreviousData,
  });
  return data ?? none;
}
