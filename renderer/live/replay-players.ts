// The players of tiles that show the past, for the keys that move all or one of them.
import type { StreamId } from '../../recorder/model/ids.ts';
import type { Player } from '../playback/player.ts';

/** One press of the keys. */
export const replayStepMs = 10_000;

const players = new Map<StreamId, Player>();

/** Lists a player until the answer is called. */
export function enlistReplay(streamId: StreamId, player: Player): () => void {
  players.set(streamId, player);
  return () => {
    if (players.get(streamId) === player) players.delete(streamId);
  };
}

export function replayOf(streamId: StreamId): Player | undefined {
  return players.get(streamId);
}
