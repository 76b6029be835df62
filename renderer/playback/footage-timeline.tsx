// The desk below the picture: time on screen, transport, the timeline and its tools.

import { RotateCw, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { Button, IconButton } from '../controls/button.tsx';
import type { LocalDate } from '../timeline/local-time.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { endMs, shows, type Viewport, xAt, zoomAbout } from '../timeline/viewport.ts';
import { DayPicker } from './day-picker.tsx';
import type { FootageKeeper } from './footage-keeper.ts';
import { Legend } from './legend.tsx';
import type { Player } from './player.ts';
import { TimeDisplay } from './time-display.tsx';
import { Transport } from './transport.tsx';
import { useNow } from './use-now.ts';
import { useSkipped } from './use-skipped.ts';
import { playheadOf, useTimelineView } from './use-timeline-view.ts';
import { labels } from './zone.ts';

interface FootageTimelineProps {
  readonly camera: Camera;
  readonly player: Player;
  readonly keeper: FootageKeeper;
  readonly atMs: EpochMs | undefined;
  onSeek(ms: EpochMs): void;
}

export function FootageTimeline({ camera, player, keeper, atMs, onSeek }: FootageTimelineProps) {
  const { t } = useTranslation('playback');
  const { footage, error } = useStore(keeper.store);
  const [view, changeView] = useTimelineView(player, footage, atMs);
  const nowMs = useNow(view);
  const skipped = useSkipped(player, camera.streamId);
  useEffect(() => keeper.look(view), [keeper, view]);
  const playhead = useMemo(() => playheadOf(player), [player]);
  return (
    <section className="shrink-0 border-t border-line bg-panel px-4 pt-2.5 pb-2">
      <div className="mb-2 grid grid-cols-[1fr_auto_1fr] items-center gap-4">
        <TimeDisplay player={player} />
        <Transport player={player} />
        <ViewTools
          view={view}
          player={player}
          oldestMs={footage.oldestMs}
          nowMs={nowMs}
          onView={changeView}
        />
      </div>
      <Timeline
        label={t('timeline', { camera: camera.name })}
        labels={labels}
        view={view}
        footage={footage}
        nowMs={nowMs}
        playhead={playhead}
        selected={skipped?.hole}
        onView={changeView}
        onSeek={onSeek}
      />
      <div className="mt-1.5 flex h-5 items-center justify-between gap-4">
        <Legend />
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

interface ViewToolsProps {
  readonly view: Viewport;
  readonly player: Player;
  readonly oldestMs: EpochMs | undefined;
  readonly nowMs: EpochMs;
  onView(next: (view: Viewport) => Viewport): void;
}

const zoomStep = 2;

function ViewTools({ view, player, oldestMs, nowMs, onView }: ViewToolsProps) {
  const { t } = useTranslation('playback');
  const middleMs = Math.min(view.startMs + view.spanMs / 2, nowMs);
  const showDay = (day: LocalDate) => {
    const startMs = labels.time.startOfDay(day);
    const spanMs = labels.time.startOfDay(labels.time.addDays(day, 1)) - startMs;
    onView((current) => ({ ...current, startMs, spanMs }));
  };
  const zoom = (factor: number) =>
    onView((current) => {
      const headMs = player.targetMs();
      const x = headMs !== undefined && shows(current, headMs) ? xAt(current, headMs) : current.width / 2;
      return zoomAbout(current, x, factor);
    });
  return (
    <div
      className="flex items-center justify-end gap-1"
      data-view-start={view.startMs}
      data-view-end={endMs(view)}
    >
      <DayPicker ms={middleMs} oldestMs={oldestMs} nowMs={nowMs} onChoose={showDay} />
      <Button look="plain" onPress={() => showDay(labels.time.read(middleMs))}>
        {t('wholeDay')}
      </Button>
      <IconButton icon={ZoomOut} label={t('zoomOut')} keys="-" onPress={() => zoom(zoomStep)} />
      <IconButton icon={ZoomIn} label={t('zoomIn')} keys="+" onPress={() => zoom(1 / zoomStep)} />
    </div>
  );
}
