// What is marked and kept as a picture on the wall: the tile that has the keyboard, the enlarged one, or the only one.
import { useCallback } from 'react';
import type { Camera } from '../../electron/contract/shapes.ts';
import { type Subject, useLiveMarkCommands } from '../marks/use-mark-commands.ts';
import { feedOf } from './diagnostics.ts';
import type { TileFeed } from './tile-feed.ts';
import { useWall } from './wall.ts';

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

/** `shown` are the cameras on the wall now. */
export function useLiveMarks(shown: readonly Camera[]): void {
  const subject = useCallback(() => {
    const { focused, enlarged } = useWall.getState();
    const meant = shown.find(({ streamId }) => streamId === (focused ?? enlarged));
    const camera = meant ?? (shown.length === 1 ? shown[0] : undefined);
    const feed = camera && feedOf(camera.streamId);
    return camera && feed && subjectOf(camera, feed);
  }, [shown]);
  useLiveMarkCommands(subject);
}
