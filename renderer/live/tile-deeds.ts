// What is done to cameras from the wall: rewinding, further back or to live again, and recording by hand.
import type { Camera } from '../../electron/contract/shapes.ts';
import { byHandMs } from '../cameras/by-hand.tsx';
import { station } from '../station/client.ts';
import { feedOf } from './diagnostics.ts';
import { replayOf, replayStepMs } from './replay-players.ts';
import { useWall, wall } from './wall.ts';

/** Wall time of the picture on a tile, live or of the past; of now while there is none. */
export function shownMsOf({ streamId }: Camera): number {
  const past = replayOf(streamId)?.shown()?.wallMs;
  if (past !== undefined) return Math.round(past);
  const state = feedOf(streamId)?.player.state;
  return state?.kind === 'showing' ? Math.round(state.frameMs) : Date.now();
}

/** Ten seconds back from what is shown, all tiles from the same moment; those in the past already go further back. */
export function rewind(cameras: readonly Camera[]): void {
  const { replays } = useWall.getState();
  const live = cameras.filter(({ streamId }) => !replays.has(streamId));
  for (const { streamId } of cameras) replayOf(streamId)?.skip(-replayStepMs);
  const [first] = live;
  if (first === undefined) return;
  wall.replay(
    live.map(({ streamId }) => streamId),
    Math.max(0, Math.round(shownMsOf(first) - replayStepMs)),
  );
}

export function forward(cameras: readonly Camera[]): void {
  for (const { streamId } of cameras) replayOf(streamId)?.skip(replayStepMs);
}

/** Pauses all of them, or plays all when the first one stands. */
export function togglePlaying(cameras: readonly Camera[]): void {
  const players = cameras.flatMap(({ streamId }) => replayOf(streamId) ?? []);
  const isPlaying = players[0]?.store.getState().playing === true;
  for (const player of players) {
    if (isPlaying) player.pause();
    else player.play();
  }
}

/** Begins recording by hand, or ends it. A refusal shows by nothing happening: the tile says whether it is recorded. */
export function recordByHand({ id, mode: { manualUntilMs = 0 } }: Camera): void {
  const goesOn = manualUntilMs > Date.now();
  station.cameras.recordByHand({ cameraId: id, forMs: goesOn ? 0 : byHandMs }).catch(() => undefined);
}
