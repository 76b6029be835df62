// The tag catalogue and who is signed in, as the screens of marks read them.
import { useQuery } from '@tanstack/react-query';
import type { Mark, Tag } from '../../electron/contract/marks.ts';
import { api } from '../station/client.ts';
import { useMay } from '../station/person.ts';

const noTags: readonly Tag[] = [];

export function useTags(): readonly Tag[] {
  return useQuery(api.tags.list.queryOptions()).data ?? noTags;
}

/** What the person at this window may do; nothing until the station has said who it is. */
export function useRights() {
  const person = useQuery(api.session.me.queryOptions()).data;
  const may = useMay();
  return {
    mayMark: may('operator'),
    mayManageTags: may('supervisor'),
    mayChange: (mark: Mark) => may('supervisor') || (may('operator') && mark.author === person?.name),
  };
}
