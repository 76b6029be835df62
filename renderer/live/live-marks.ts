// What is marked and kept as a picture on the wall: that of the tile that is meant, see meant-tile.ts.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Subject, useLiveMarkCommands } from '../marks/use-mark-commands.ts';
import { feedIn } from './diagnostics.ts';
import { meantCamera } from './meant-tile.ts';
import { replayIn, replayVideoIn } from './replay-players.ts';
import { askForTile } from './tile-commands.ts';
import type { CameraTile, ShownPage } from './use-wall-page.ts';
import { useWall } from './wall.ts';

/** What a tile shows: a recorded picture once it is there, else the live one, which is of now only while it says so itself. */
export function subjectOf({ camera, slot }: CameraTile): Subject {
  const feed = () => feedIn(slot);
  /** Undefined until it covers the live picture: by a frame, or by saying that there is none. */
  const past = () => {
    const player = useWall.getState().replays.has(camera.streamId) ? replayIn(slot) : undefined;
    const hasFailed = player?.store.getState().phase.kind === 'failed';
    return player?.shown() !== undefined || hasFailed || feed() === undefined ? player : undefined;
  };
  return {
    camera,
    get isPast() {
      return past() !== undefined;
    },
    get video() {
      return past() === undefined ? feed()?.player.video : replayVideoIn(slot);
    },
    shownMs: () => {
      const player = past();
      if (player !== undefined) return player.shown()?.wallMs;
      const { status, player: live } = feed() ?? {};
      return status?.kind === 'live' && live?.state.kind === 'showing' ? live.state.frameMs : undefined;
    },
  };
}

export function useLiveMarks(page: ShownPage): void {
  const { t } = useTranslation('live');
  const subject = useCallback(() => {
    const meant = meantCamera(page);
    return meant && subjectOf(meant);
  }, [page]);
  useLiveMarkCommands(
    subject,
    useCallback(() => askForTile(t), [t]),
  );
}
