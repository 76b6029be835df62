// Keeps the cached list of cameras true between the station's answers and its events, which overtake each other.
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { StationEvent } from '../../electron/contract/events.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { camerasAfter } from './cameras-after.ts';

const none: readonly Camera[] = [];

/**
 * Puts the event into the list under `queryKey`. An answer that is on its way may be older than the event and would undo
 * it, so it is asked for anew.
 */
export function keepCamerasTrue(queries: QueryClient, queryKey: QueryKey, event: StationEvent): void {
  const known = queries.getQueryData<readonly Camera[]>(queryKey);
  const before = known ?? none;
  const after = camerasAfter(before, event);
  if (after === before) return;
  if (known !== undefined) queries.setQueryData(queryKey, after);
  if (queries.isFetching({ queryKey }) === 0) return;
  void queries.cancelQueries({ queryKey }).then(() => queries.invalidateQueries({ queryKey }));
}
