// What is marked and kept as a picture on the wall: that of the tile that is meant, see meant-tile.ts.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { type Subject, useLiveMarkCommands } from '../marks/use-mark-commands.ts';
import { feedOf } from './diagnostics.ts';
import { meantTile } from './meant-tile.ts';
import { replayOf, replayVideoOf } from './replay-players.ts';
import { askForTile } from './tile-commands.ts';
import type { ShownPage } from './use-wall-page.ts';
import { useWall } from './wall.ts';

/** What a tile shows: a recorded picture once it is there, else the live one, which is of now only while it says so itself. */
export function subjectOf(camera: Camera): Subject {
  const { streamId } = camera;
  const feed = () => feedOf(streamId);
  /** Undefined until it covers the live picture: by a frame, or by saying that there is none. */
  const past = () => {
    const player = useWall.getState().replays.has(streamId) ? replayOf(streamId) : undefined;
    const hasFailed = player?.store.getState().phase.kind === 'failed';
    return player?.shown() !== undefined || hasFailed || feed() === undefined ? player : undefined;
  };
  return {
    camera,
    get isPast() {
      return past() !== undefined;
    },
    get video() {
      return past() === undefined ? feed()?.player.video : replayVideoOf(streamId);
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
    const camera = meantTile(page)?.camera;
    return camera && subjectOf(camera);
  }, [page]);
  useLiveMarkCommands(
    subject,
    useCallback(() => askForTile(t), [t]),
  );
}
