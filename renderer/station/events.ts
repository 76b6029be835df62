// Listens to the station for as long as the window lives and keeps what the window has cached true.
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { StationEvent } from '../../electron/contract/events.ts';
import { keepAlarmsTrue } from '../alarms/alarms.ts';
import { CamerasKeeper } from './cameras-cache.ts';
import { api, refusalOf, station } from './client.ts';
import { reportConnection } from './connection.ts';

/** Between two attempts to hear the station again; it is on the same machine, so a steady short wait is kind enough. */
const retryMs = 1_000;

type Listener = (event: StationEvent) => void;
const listeners = new Set<Listener>();

/** Calls `listener` with every event from now on, after the caches are updated. Returns how to stop. */
export function onStationEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What has to be asked again after an event: lists that it may have changed and that no event tells whole. */
function keysOutdatedBy(event: StationEvent): readonly QueryKey[] {
  switch (event.kind) {
    case 'camera-removed':
      return [api.playback.former.key()];
    case 'mark':
    case 'mark-removed':
      return [api.marks.key()];
    case 'tags':
      return [api.tags.key(), api.marks.key()];
    case 'views':
      return [api.views.key()];
    case 'locks':
      return [api.locks.key(), api.storage.key()];
    default:
      return [];
  }
}

async function listen(queries: QueryClient, cameras: CamerasKeeper, signal: AbortSignal): Promise<void> {
  const events = await station.events.watch(undefined, { signal });
  reportConnection('connected');
  // Whatever happened while nobody listened is asked for once.
  void queries.invalidateQueries();
  for await (const event of events) {
    if (event.kind === 'resync') void queries.invalidateQueries();
    cameras.tell(event);
    keepAlarmsTrue(queries, event);
    for (const key of keysOutdatedBy(event)) void queries.invalidateQueries({ queryKey: key });
    for (const listener of listeners) listener(event);
  }
}

/** Starts listening and reconnects by itself; returns how to stop. */
export function followStation(queries: QueryClient): () => void {
  const stop = new AbortController();
  const cameras = new CamerasKeeper(queries, api.cameras.list.queryKey());
  const run = async () => {
    while (!stop.signal.aborted) {
      try {
        await listen(queries, cameras, stop.signal);
        reportConnection('lost');
      } catch (error) {
        if (stop.signal.aborted) return;
        reportConnection(refusalOf(error).code === 'NOT_SIGNED_IN' ? 'signed-out' : 'lost');
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  };
  void run();
  return () => {
    stop.abort();
    cameras.stop();
  };
}
