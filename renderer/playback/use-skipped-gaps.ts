// Why there was no video in a stretch that was skipped: the station's own gap rows, exact to the millisecond.

import { useQuery } from '@tanstack/react-query';
import type { StreamId } from '../../recorder/model/ids.ts';
import { api } from '../station/client.ts';
import type { Gap } from '../timeline/footage.ts';
import { longestQuestionMs } from '../timeline/footage.ts';
import type { Range } from '../timeline/ranges.ts';

/** The gaps in the stretch, longest first; undefined while they are asked for. */
export function useSkippedGaps(streamId: StreamId, skipped: Range | undefined): readonly Gap[] | undefined {
  const startMs = Math.floor(skipped?.startMs ?? 0);
  const endMs = Math.max(startMs + 1, Math.min(Math.ceil(skipped?.endMs ?? 0), startMs + longestQuestionMs));
  const { data } = useQuery({
    ...api.timeline.range.queryOptions({ input: { streamId, startMs, endMs, mergeMs: 0 } }),
    enabled: skipped !== undefined,
  });
  if (skipped === undefined) return undefined;
  const lengthOf = (gap: Gap) => (gap.endMs ?? endMs) - gap.startMs;
  return data?.gaps.toSorted((a, b) => lengthOf(b) - lengthOf(a));
}
