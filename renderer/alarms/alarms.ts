// The alarms that stand, as every screen reads them: the gravest first, kept fresh by the station's events.
import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { Alarm, AlarmKind } from '../../electron/contract/alarms.ts';
import type { StationEvent } from '../../electron/contract/events.ts';
import { api } from '../station/client.ts';

/** While one of these stands, nothing is recorded. */
const stopsRecording: ReadonlySet<AlarmKind> = new Set(['disk-full', 'no-volume']);

/** Those that stop recording first, then the newest. */
export function byGravity(alarms: readonly Alarm[]): Alarm[] {
  const rank = ({ kind }: Alarm) => (stopsRecording.has(kind) ? 0 : 1);
  return alarms.toSorted((one, other) => rank(one) - rank(other) || other.raisedMs - one.raisedMs);
}

/** Empty until the station has said what stands. */
export function useAlarms(): readonly Alarm[] {
  return useQuery(api.alarms.list.queryOptions({ select: byGravity })).data ?? none;
}
const none: readonly Alarm[] = [];

/** An event tells all alarms; an answer that is on its way may be older, so it is asked for anew. */
export function keepAlarmsTrue(queries: QueryClient, event: StationEvent): void {
  if (event.kind !== 'alarms') return;
  const queryKey = api.alarms.list.queryKey();
  queries.setQueryData(queryKey, event.alarms);
  if (queries.isFetching({ queryKey }) === 0) return;
  void queries.cancelQueries({ queryKey }).then(() => queries.invalidateQueries({ queryKey }));
}
