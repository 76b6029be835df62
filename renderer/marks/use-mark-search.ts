// The marks that a search finds, page by page; asked a moment after the last key, kept fresh by the station's events.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { MarkPage } from '../../electron/contract/marks.ts';
import { useSettled } from '../controls/use-settled.ts';
import { api } from '../station/client.ts';
import { type MarkFilters, questionOf } from './panel-state.ts';

/** Between two keys of somebody who types on. */
const typingMs = 150;

type Cursor = MarkPage['next'];

export function useMarkSearch(filters: MarkFilters) {
  // Only words are typed: all else counts at once.
  const settled = { ...filters, words: useSettled(filters.words, typingMs) };
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
