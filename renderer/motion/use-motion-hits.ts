// What moved in a region, page by page; asked when the region has stood still for a moment, and again while the time searched goes on.

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { MotionHitList } from '../../electron/contract/motion.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { useSettled } from '../controls/use-settled.ts';
import { api } from '../station/client.ts';
import type { Range } from '../timeline/ranges.ts';
import type { Region } from './region.ts';
import { searchAgainMs } from './search-range.ts';

/** Between two steps of somebody who draws on. */
const drawingMs = 250;

interface Question {
  readonly streamId: StreamId;
  readonly region: Region;
  readonly range: Range;
}

export function useMotionHits(question: Question) {
  const settled = useSettled(question, drawingMs);
  // Another camera's answer never stands for this one's.
  const { streamId, region, range } = settled.streamId === question.streamId ? settled : question;
  return useInfiniteQuery(
    api.motion.search.infiniteOptions({
      input: (startMs: EpochMs) => ({
        ...{ streamId, startMs, endMs: range.endMs },
        region: [region.corners.map(({ x, y }) => ({ x, y }))],
      }),
      initialPageParam: range.startMs,
      getNextPageParam: (page) => nextStart(page, range),
      placeholderData: keepPreviousData,
      refetchInterval: () => searchAgainMs(range, Date.now()) ?? false,
      select: ({ pages }) => pages.flatMap(({ hits }) => hits),
    }),
  );
}

function nextStart({ hits, more }: MotionHitList, range: Range): EpochMs | undefined {
  const last = hits.at(-1);
  return more && last !== undefined && last.endMs + 1 < range.endMs ? last.endMs + 1 : undefined;
}
