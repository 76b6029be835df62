// What is marked and kept as a picture on the wall: that of the tile that is meant, see meant-tile.ts.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { type Subject, useLiveMarkCommands } from '../marks/use-mark-commands.ts';
import { feedOf } from './diagnostics.ts';
import { meantTile } from './meant-tile.ts';
import { askForTile } from './tile-commands.ts';
import type { TileFeed } from './tile-feed.ts';
import type { ShownPage } from './use-wall-page.ts';

/** A tile's picture is only of this moment while it says so itself. */
export function subjectOf(camera: Camera, feed: TileFeed): Subject {
  return {
    camera,
    video: feed.player.video,
    shownMs: () => {
      const { state } = feed.player;
      return feed.status.kind === 'live' && state.kind === 'showing' ? state.frameMs : undefined;
    },
  };
}

export function useLiveMarks(page: ShownPage): void {
  const { t } = useTranslation('live');
  const subject = useCallback(() => {
    const camera = meantTile(page)?.camera;
    const feed = camera && feedOf(camera.streamId);
    return camera && feed && subjectOf(camera, feed);
  }, [page]);
  useLiveMarkCommands(
    subject,
    useCallback(() => askForTile(t), [t]),
  );
}
