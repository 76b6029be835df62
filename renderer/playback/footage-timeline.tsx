// The desk below the picture: time on screen, transport, the timeline and its tools.

import { RotateCw } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { Button } from '../controls/button.tsx';
import { selection, useSelection } from '../marks/selection.ts';
import { useTimelineMarks } from '../marks/use-timeline-marks.ts';
import { Timeline } from '../timeline/timeline.tsx';
import type { Viewport } from '../timeline/viewport.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { Legend } from './legend.tsx';
import type { Player } from './player.ts';
import { TimeDisplay } from './time-display.tsx';
import { Transport } from './transport.tsx';
import { useNow } from './use-now.ts';
import { useSkipped } from './use-skipped.ts';
import { playheadOf, useTimelineView } from './use-timeline-view.ts';
import { useTracks } from './use-tracks.ts';
import { ViewTools } from './view-tools.tsx';
import { labels } from './zone.ts';

interface FootageTimelineProps {
  readonly camera: Camera;
  readonly player: Player;
  readonly keeper: FootageKeeper;
  readonly atMs: EpochMs | undefined;
  onSeek(ms: EpochMs): void;
  onView(view: Viewport): void;
}

export function FootageTimeline({ camera, player, keeper, atMs, onSeek, onView }: FootageTimelineProps) {
  const { t } = useTranslation('playback');
  const { footage, error } = useStore(keeper.store);
  const [view, changeView] = useTimelineView(player, footage, atMs);
  useEffect(() => onView(view), [view, onView]);
  const nowMs = useNow(view);
  const skipped = useSkipped(player, camera.streamId);
  const cameraIds = useMemo(() => [camera.id], [camera.id]);
  const { marks, isComplete } = useTimelineMarks(cameraIds, view);
  const chosenStretch = useSelection();
  const { name, streamId } = camera;
  const streamIds = useMemo(() => [streamId], [streamId]);
  const tracks = useTracks(
    useMemo(() => [{ name, streamId, keeper }], [name, streamId, keeper]),
    view,
  );
  useEffect(() => keeper.look(view), [keeper, view]);
  const playhead = useMemo(() => playheadOf(player), [player]);
  return (
    <section className="shrink-0 border-t border-line bg-panel px-4 pt-2.5 pb-2">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 min-[1180px]:grid min-[1180px]:grid-cols-[minmax(9rem,1fr)_auto_minmax(max-content,1fr)]">
        <TimeDisplay player={player} />
        <Transport player={player} />
        <ViewTools
          view={view}
          player={player}
          streamIds={streamIds}
          oldestMs={footage.oldestMs}
          nowMs={nowMs}
          onView={changeView}
        />
      </div>
      <Timeline
        label={t('timeline', { camera: camera.name })}
        labels={labels}
        view={view}
        tracks={tracks}
        chosen={0}
        nowMs={nowMs}
        playhead={playhead}
        selected={skipped?.hole}
        marks={marks}
        selection={chosenStretch}
        onView={changeView}
        onSeek={onSeek}
        onSelect={selection.set}
      />
      <div className="mt-1.5 flex h-5 items-center justify-between gap-4">
        <Legend />
        {!isComplete && <p className="text-xs text-warn-text">{t('tooManyMarks')}</p>}
        {error !== undefined && (
          <p role="alert" className="flex items-center gap-3 text-xs text-warn-text">
            {t('timelineFailed')}
            <Button look="plain" icon={RotateCw} onPress={() => keeper.askAgain()}>
              {t('tryAgain')}
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}
