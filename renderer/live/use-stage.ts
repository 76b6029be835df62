// A tile's stage for as long as the tile is there: puts pictures into `place` and says what is shown.
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { StreamId } from '../../recorder/model/ids.ts';
import { enlist } from './diagnostics.ts';
import type { TileFeed } from './tile-feed.ts';
import { TileStage } from './tile-stage.ts';
import type { TileStatus } from './tile-status.ts';
import { liveConnection } from './window-connection.ts';

export interface Staged {
  /** Whose picture is shown; undefined while nobody can see the tile. */
  readonly feed: TileFeed | undefined;
  readonly status: TileStatus;
}

const nothing: Staged = { feed: undefined, status: { kind: 'connecting' } };

export interface StageWish {
  /** Names the tile to diagnostics and commands, whichever of its camera's streams is shown; undefined beside the wall. */
  readonly slot: number | undefined;
  readonly wanted: StreamId;
  readonly other: StreamId | undefined;
  /** False while the tile shows something else than the present. */
  readonly isLive: boolean;
}

export function useStage(place: RefObject<HTMLElement | null>, wish: StageWish): Staged {
  const { slot, wanted, other, isLive } = wish;
  const stage = useRef<TileStage>(undefined);
  const [staged, setStaged] = useState(nothing);
  useEffect(() => {
    if (place.current === null || !isLive) return undefined;
    const made = new TileStage(place.current, liveConnection, (feed) =>
      setStaged(feed === undefined ? nothing : { feed, status: feed.status }),
    );
    stage.current = made;
    return () => {
      stage.current = undefined;
      made.dispose();
      setStaged(nothing);
    };
  }, [place, isLive]);
  useEffect(() => stage.current?.show({ wanted, other }), [wanted, other, isLive]);
  const { feed } = staged;
  useEffect(() => (feed === undefined ? undefined : enlist(slot, feed)), [slot, feed]);
  return staged;
}
