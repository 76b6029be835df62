// The timeline's knowledge of streams for as long as a screen shows them.

import { useEffect, useMemo } from 'react';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { station } from '../station/client.ts';
import { useStationConnection } from '../station/connection.ts';
import { onStationEvent } from '../station/events.ts';
import { FootageKeeper } from './footage-keeper.ts';
import type { Playable } from './playable.ts';

function keeperOf(streamId: StreamId): FootageKeeper {
  return new FootageKeeper(streamId, (question, signal) =>
    station.timeline.range({ streamId, ...question }, { signal }),
  );
}

/** Tells the keepers what happens, and ends them with the screen. */
function useNews(keepers: readonly FootageKeeper[]): void {
  useEffect(
    () =>
      onStationEvent((event) => {
        for (const keeper of keepers) keeper.onEvent(event);
      }),
    [keepers],
  );
  const connection = useStationConnection((state) => state.connection.kind);
  useEffect(() => {
    // What happened while nobody listened was not told.
    if (connection === 'connected') for (const keeper of keepers) keeper.askAgain();
  }, [keepers, connection]);
  useEffect(
    () => () => {
      for (const keeper of keepers) keeper.dispose();
    },
    [keepers],
  );
}

export function useFootageKeeper(streamId: StreamId): FootageKeeper {
  const keeper = useMemo(() => keeperOf(streamId), [streamId]);
  useNews(useMemo(() => [keeper], [keeper]));
  return keeper;
}

/** One for each stream, in their order. */
export function useFootageKeepers(streamIds: readonly StreamId[]): readonly FootageKeeper[] {
  const key = streamIds.join();
  const keepers = useMemo(() => key.split(',').map((id) => keeperOf(id as StreamId)), [key]);
  useNews(keepers);
  return keepers;
}

const askedAgainAfterMs = 2_000;

/**
 * Keeps what players know of their streams true around the moment they show, wherever the timeline looks: at first around
 * `firstMs`, without one around the present. A question that failed is asked again by itself.
 */
export function useAccompanied(
  kept: FootageKeeper | readonly FootageKeeper[],
  playable: Playable | undefined,
  firstMs: EpochMs | undefined,
): void {
  const keepers = useMemo(() => [kept].flat(), [kept]);
  useEffect(() => {
    const accompany = () => {
      const ms = playable?.targetMs() ?? firstMs ?? Date.now();
      for (const keeper of keepers) keeper.accompany(ms);
    };
    accompany();
    return playable?.onFrame(accompany);
  }, [keepers, playable, firstMs]);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stops = keepers.map((keeper) =>
      keeper.store.subscribe(({ error }, before) => {
        if (error === undefined || error === before.error) return;
        timers.add(setTimeout(() => keeper.askAgain(), askedAgainAfterMs));
      }),
    );
    return () => {
      for (const stop of stops) stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [keepers]);
}
