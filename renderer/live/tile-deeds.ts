// What is done to cameras from the wall: rewinding, further back or to live again, and recording by hand.
import i18next from 'i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { byHandMs, isByHand } from '../cameras/by-hand.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { station } from '../station/client.ts';
import { clockTime } from '../words/moments.ts';
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

/** Begins recording by hand, or ends it, and says so or why not: of a camera that is recorded anyway the tile shows nothing. */
export async function recordByHand(camera: Camera): Promise<void> {
  const { id, name } = camera;
  try {
    const forMs = isByHand(camera, Date.now()) ? 0 : byHandMs;
    const { mode } = await station.cameras.recordByHand({ cameraId: id, forMs });
    const words = i18next.getFixedT(null, 'live');
    const until = { camera: name, time: clockTime(mode.manualUntilMs ?? 0) };
    remark({ text: forMs === 0 ? words('byHandEnded', { camera: name }) : words('byHandUntil', until) });
  } catch (error) {
    remark({ text: refusalWords(error) });
  }
}
