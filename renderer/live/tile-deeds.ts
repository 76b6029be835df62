// What is done to cameras from the wall: rewinding, further back or to live again, and recording by hand.
import i18next from 'i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { byHandMs, isByHand } from '../cameras/by-hand.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { station } from '../station/client.ts';
import { clockTime } from '../words/moments.ts';
import { feedIn } from './diagnostics.ts';
import { replayIn, replayStepMs } from './replay-players.ts';
import { livePictureOf, newestLiveMs, shownMsIn } from './shown-moment.ts';
import type { CameraTile } from './use-wall-page.ts';
import { useWall, wall } from './wall.ts';

/** Ten seconds back from what is shown, all tiles from the same moment; those in the past already go further back. */
export function rewind(tiles: readonly CameraTile[]): void {
  const { replays } = useWall.getState();
  const live = tiles.filter(({ camera }) => !replays.has(camera.streamId));
  for (const { slot } of tiles) replayIn(slot)?.skip(-replayStepMs);
  const [first] = live;
  if (first === undefined) return;
  const fromMs = live.every(({ camera }) => camera.id === first.camera.id)
    ? shownMsIn(first.slot)
    : newestLiveMs(
        live.map(({ slot }) => livePictureOf(feedIn(slot))),
        Date.now(),
      );
  wall.replay(
    live.map(({ camera }) => camera.streamId),
    Math.max(0, fromMs - replayStepMs),
  );
}

export function forward(tiles: readonly CameraTile[]): void {
  for (const { slot } of tiles) replayIn(slot)?.skip(replayStepMs);
}

/** Pauses all of them, or plays all when the first one stands. */
export function togglePlaying(tiles: readonly CameraTile[]): void {
  const players = tiles.flatMap(({ slot }) => replayIn(slot) ?? []);
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
