// The timeline's knowledge of a stream for as long as a screen shows it.

import { useEffect, useMemo } from 'react';
import type { StreamId } from '../../recorder/model/ids.ts';
import { station } from '../station/client.ts';
import { useStationConnection } from '../station/connection.ts';
import { onStationEvent } from '../station/events.ts';
import { FootageKeeper } from './footage-keeper.ts';

export function useFootageKeeper(streamId: StreamId): FootageKeeper {
  const keeper = useMemo(
    () =>
      new FootageKeeper(streamId, (question, signal) =>
        station.timeline.range({ streamId, ...question }, { signal }),
      ),
    [streamId],
  );
  useEffect(() => onStationEvent((event) => keeper.onEvent(event)), [keeper]);
  const connection = useStationConnection((state) => state.connection.kind);
  useEffect(() => {
    // What happened while nobody listened was not told.
    if (connection === 'connected') keeper.askAgain();
  }, [keeper, connection]);
  useEffect(() => () => keeper.dispose(), [keeper]);
  return keeper;
}
