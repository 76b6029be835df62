// The one camera of the wall that is heard.
import { useEffect } from 'react';
import type { StreamId } from '../../recorder/model/ids.ts';
import { OneVoice } from './one-voice.ts';
import type { TileFeed } from './tile-feed.ts';
import { useWall } from './wall.ts';

const voice = new OneVoice();

export function useListening(streamId: StreamId, feed: TileFeed | undefined): void {
  const isHeard = useWall((state) => state.heard === streamId);
  useEffect(() => (feed === undefined || !isHeard ? undefined : voice.join(feed.player)), [feed, isHeard]);
}
