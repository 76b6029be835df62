// The desk of one camera: what its timeline says besides, and how it is kept loaded.

import { RotateCw } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { Button } from '../controls/button.tsx';
import type { PlayedCamera } from '../station/played-camera.ts';
import type { Viewport } from '../timeline/viewport.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import type { Player } from './player.ts';
import { TimelineDesk } from './timeline-desk.tsx';
import { useSkipped } from './use-skipped.ts';

interface FootageTimelineProps {
  readonly camera: PlayedCamera;
  readonly player: Player;
  readonly keeper: FootageKeeper;
  readonly atMs: EpochMs | undefined;
  onSeek(ms: EpochMs): void;
  onView(view: Viewport): void;
}

export function FootageTimeline({ camera, player, keeper, atMs, onSeek, onView }: FootageTimelineProps) {
  const { id: cameraId, name, streamId } = camera;
  const source = useMemo(() => ({ cameraId, name, streamId, keeper }), [cameraId, name, streamId, keeper]);
  const look = useCallback(
    (view: Viewport) => {
      keeper.look(view);
      onView(view);
    },
    [keeper, onView],
  );
  return (
    <TimelineDesk
      chosen={source}
      sources={useMemo(() => [source], [source])}
      player={player}
      atMs={atMs}
      selected={useSkipped(player, streamId)?.hole}
      notice={<LoadFailed keeper={keeper} />}
      onSeek={onSeek}
      onView={look}
    />
  );
}

function LoadFailed({ keeper }: { readonly keeper: FootageKeeper }) {
  const { t } = useTranslation('playback');
  const error = useStore(keeper.store, (state) => state.error);
  if (error === undefined) return null;
  return (
    <p role="alert" className="flex items-center gap-3 text-xs text-warn-text">
      {t('timelineFailed')}
      <Button look="plain" icon={RotateCw} onPress={() => keeper.askAgain()}>
        {t('tryAgain')}
      </Button>
    </p>
  );
}
