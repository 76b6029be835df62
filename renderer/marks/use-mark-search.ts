// The marks that a search finds, page by page; asked a moment after the last key, kept fresh by the station's events.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { MarkPage } from '../../electron/contract/marks.ts';
import { api } from '../station/client.ts';
import { type MarkFilters, questionOf } from './panel-state.ts';

/** Between two keys of somebody who types on. */
const typingMs = 150;

type Cursor = MarkPage['next'];

export function useMarkSearch(filters: MarkFilters) {
  const settled = useSettled(filters);
  return useInfiniteQuery(
    api.marks.search.infiniteOptions({
      input: (after: Cursor) => ({ ...questionOf(settled, Date.now()), ...(after && { after }) }),
      initialPageParam: undefined as Cursor,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
      select: ({ pages }) => pages.flatMap(({ marks }) => marks),
    }),
  );
}

/** The filters as they were when the words had stood still for a moment; all else counts at once. */
function useSettled(filters: MarkFilters): MarkFilters {
  const [words, setWords] = useState(filters.words);
  useEffect(() => {
    const timer = setTimeout(() => setWords(filters.words), typingMs);
    return () => clearTimeout(timer);
  }, [filters.words]);
  return { ...filters, words };
}
