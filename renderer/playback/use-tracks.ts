// The timeline's rows: footage, motion and small pictures of each camera for as long as a screen shows them.

import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import { useTimelineLocks } from '../evidence/use-timeline-locks.ts';
import { useMotionSearch } from '../motion/motion-search.ts';
import { station } from '../station/client.ts';
import { useStationConnection } from '../station/connection.ts';
import { onStationEvent } from '../station/events.ts';
import { rangesOf } from '../timeline/ranges.ts';
import type { TimelineTrack } from '../timeline/timeline.tsx';
import type { Viewport } from '../timeline/viewport.ts';
import { type FootageKeeper, oldestOf } from './footage-keeper.ts';
import { HeatKeeper } from './heat-keeper.ts';
import { ThumbnailKeeper } from './thumbnail-keeper.ts';
import { Turns } from './turns.ts';

export interface TrackSource {
  readonly cameraId: CameraId;
  readonly name: string;
  readonly streamId: StreamId;
  readonly keeper: FootageKeeper;
}

/** Two of the six connections a browser has to a host: footage, pictures and calls go on beside them. */
const heatTurns = new Turns(2);

async function fetchThumbnail(streamId: StreamId, atMs: number, signal: AbortSignal) {
  const answer = await fetch(`/thumbnail/${streamId}/${Math.round(atMs)}.jpg`, { signal });
  const shownMs = Number(answer.headers.get('lookout-time') ?? Number.NaN);
  if (!answer.ok || Number.isNaN(shownMs)) return undefined;
  return { atMs: shownMs, url: URL.createObjectURL(await answer.blob()) };
}

function extrasOf(streamId: StreamId) {
  const heat = new HeatKeeper({
    streamId,
    ask: async (question, signal) =>
      (await station.motion.level({ streamId, ...question }, { signal })).levels,
    turns: heatTurns,
    nowMs: Date.now,
  });
  const thumbnails = new ThumbnailKeeper({
    fetch: (atMs, signal) => fetchThumbnail(streamId, atMs, signal),
    release: (url) => URL.revokeObjectURL(url),
    nowMs: Date.now,
  });
  return { heat, thumbnails };
}

type Extras = ReturnType<typeof extrasOf>;

/** Tells the keepers what happens, and ends them with the screen. */
function useExtras(streamIds: readonly StreamId[]): readonly Extras[] {
  const key = streamIds.join();
  const extras = useMemo(() => key.split(',').map((id) => extrasOf(id as StreamId)), [key]);
  const connection = useStationConnection((state) => state.connection.kind);
  useEffect(() => onStationEvent((event) => extras.forEach(({ heat }) => heat.onEvent(event))), [extras]);
  useEffect(() => {
    // What happened while nobody listened was not told.
    if (connection === 'connected') for (const { heat } of extras) heat.askAgain();
  }, [extras, connection]);
  useEffect(
    () => () => {
      for (const { heat, thumbnails } of extras) {
        heat.dispose();
        thumbnails.dispose();
      }
    },
    [extras],
  );
  return extras;
}

/** The rows of a timeline that shows `view`, in the order of their sources. */
export function useTracks(sources: readonly TrackSource[], view: Viewport): readonly TimelineTrack[] {
  const extras = useExtras(sources.map(({ streamId }) => streamId));
  useEffect(() => {
    for (const { heat } of extras) heat.look(view);
  }, [extras, view]);
  const source = useMemo(() => trackStore(sources, extras), [sources, extras]);
  const tracks = useSyncExternalStore(source.subscribe, source.get);
  const bands = useBands(sources);
  return useMemo(() => tracks.map((track, index) => ({ ...track, ...bands[index] })), [tracks, bands]);
}

/** What is said about each camera's footage: evidence locks, and what the search on screen found. */
function useBands(sources: readonly TrackSource[]) {
  const locks = useTimelineLocks();
  const found = useMotionSearch((state) => state.found);
  return useMemo(
    () =>
      sources.map(({ cameraId, streamId }): Pick<TimelineTrack, 'locks' | 'locked' | 'hits'> => {
        const locked = locks.get(cameraId);
        return {
          locked,
          locks: locked && rangesOf(locked),
          hits: found?.streamId === streamId ? found.hits : undefined,
        };
      }),
    [sources, locks, found],
  );
}

/** Begin of the oldest footage of all rows; undefined until each is known. */
export function useOldestMs(sources: readonly TrackSource[]): EpochMs | undefined {
  const stores = useMemo(() => sources.map(({ keeper }) => keeper.store), [sources]);
  const subscribe = useCallback((changed: () => void) => onAnyOf(stores, changed), [stores]);
  return useSyncExternalStore(subscribe, () => oldestOf(stores.map((store) => store.getState())));
}

function onAnyOf(
  stores: readonly { subscribe(changed: () => void): () => void }[],
  changed: () => void,
): () => void {
  const stops = stores.map((store) => store.subscribe(changed));
  return () => {
    for (const stop of stops) stop();
  };
}

/** All keepers as one store; its value stays the same until one of them has changed. */
function trackStore(sources: readonly TrackSource[], extras: readonly Extras[]) {
  let known: readonly TimelineTrack[] = [];
  const read = () =>
    sources.map(({ name, keeper }, index): TimelineTrack => {
      const extra = extras[index];
      const { footage } = keeper.store.getState();
      const heat = extra?.heat.store.getState().strip;
      const before = known[index];
      if (before !== undefined && before.footage === footage && before.heat === heat) return before;
      return { name, footage, heat, thumbnails: extra?.thumbnails };
    });
  const get = () => {
    const now = read();
    if (now.length !== known.length || now.some((track, index) => track !== known[index])) known = now;
    return known;
  };
  const stores = [...sources.map(({ keeper }) => keeper.store), ...extras.map(({ heat }) => heat.store)];
  return { get, subscribe: (changed: () => void) => onAnyOf(stores, changed) };
}
