// From live into the recording and back without a black picture: the live one stays until the recorded one is there, and
// the recorded one until the live one moves.
import { useCallback, useEffect, useState } from 'react';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { TileStatus } from './tile-status.ts';
import { useWall } from './wall.ts';

/** A live picture that does not come is waited for so long; then the tile says why. */
const returnLimitMs = 2_000;

export interface Replay {
  /** The moment at which the replay began, UTC ms; undefined while the tile is live. */
  readonly fromMs: number | undefined;
  /** The replay that has to be on the screen, perhaps only until live is back. */
  readonly mounted: number | undefined;
  /** False while the recorded picture covers the live one. */
  readonly needsLive: boolean;
  /** To be called when the recorded picture is there. */
  readonly onShown: () => void;
  readonly end: () => void;
}

export function useReplay(streamId: StreamId): Replay {
  const fromMs = useWall((state) => state.replays.get(streamId));
  const [mounted, setMounted] = useState(fromMs);
  const [covers, setCovers] = useState(false);
  if (fromMs !== undefined && fromMs !== mounted) {
    setMounted(fromMs);
    setCovers(false);
  }
  return {
    fromMs,
    mounted: fromMs ?? mounted,
    needsLive: fromMs === undefined || !covers,
    onShown: useCallback(() => setCovers(true), []),
    end: useCallback(() => {
      setMounted(undefined);
      setCovers(false);
    }, []),
  };
}

/** Takes the recorded picture away when the live one under it moves, or says why it does not. */
export function useReturnToLive({ fromMs, mounted, end }: Replay, status: TileStatus['kind']): void {
  const isReturning = fromMs === undefined && mounted !== undefined;
  useEffect(() => {
    if (!isReturning) return undefined;
    if (status !== 'connecting') {
      end();
      return undefined;
    }
    const timer = setTimeout(end, returnLimitMs);
    return () => clearTimeout(timer);
  }, [isReturning, status, end]);
}
