// The players of tiles that show the past, for the keys that move all or one of them and for what is kept of their pictures.
import type { StreamId } from '../../recorder/model/ids.ts';
import type { Player } from '../playback/player.ts';

/** One press of the keys. */
export const replayStepMs = 10_000;

interface Replayed {
  readonly player: Player;
  readonly video: HTMLVideoElement;
}

const replayed = new Map<StreamId, Replayed>();

/** Lists a player and the element of its picture until the answer is called. */
export function enlistReplay(streamId: StreamId, player: Player, video: HTMLVideoElement): () => void {
  replayed.set(streamId, { player, video });
  return () => {
    if (replayed.get(streamId)?.player === player) replayed.delete(streamId);
  };
}

export function replayOf(streamId: StreamId): Player | undefined {
  return replayed.get(streamId)?.player;
}

/** The element a recorded picture is in; undefined while the tile shows none of the past. */
export function replayVideoOf(streamId: StreamId): HTMLVideoElement | undefined {
  return replayed.get(streamId)?.video;
}
