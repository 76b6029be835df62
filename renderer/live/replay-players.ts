// The players of tiles that show the past, for the keys that move all or one of them and for what is kept of their pictures.
import type { Player } from '../playback/player.ts';

/** One press of the keys. */
export const replayStepMs = 10_000;

interface Replayed {
  readonly player: Player;
  readonly video: HTMLVideoElement;
}

/** By the slots of their tiles: a hotspot shows a camera that has a tile of its own, too. */
const replayed = new Map<number, Replayed>();

/** Lists a player and the element of its picture until the answer is called. */
export function enlistReplay(slot: number, player: Player, video: HTMLVideoElement): () => void {
  replayed.set(slot, { player, video });
  return () => {
    if (replayed.get(slot)?.player === player) replayed.delete(slot);
  };
}

export function replayIn(slot: number): Player | undefined {
  return replayed.get(slot)?.player;
}

/** The element a recorded picture is in; undefined while the tile shows none of the past. */
export function replayVideoIn(slot: number): HTMLVideoElement | undefined {
  return replayed.get(slot)?.video;
}
