// The one camera of the wall that is heard.
import { useEffect } from 'react';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { TileFeed } from './tile-feed.ts';
import { useWall } from './wall.ts';

export function useListening(streamId: StreamId, feed: TileFeed | undefined): void {
  const isHeard = useWall((state) => state.heard === streamId);
  useEffect(() => {
    if (feed === undefined || !isHeard) return undefined;
    feed.player.listen(true);
    return () => feed.player.listen(false);
  }, [feed, isHeard]);
}
