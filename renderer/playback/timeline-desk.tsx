// The desk below the picture or the pictures: time on screen, transport, the timeline with a row for each camera, and its tools.

import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { selection, useSelection } from '../marks/selection.ts';
import { useTimelineMarks } from '../marks/use-timeline-marks.ts';
import type { Range } from '../timeline/ranges.ts';
import { Timeline } from '../timeline/timeline.tsx';
import type { Viewport } from '../timeline/viewport.ts';
import { Legend } from './legend.tsx';
import type { Playable } from './playable.ts';
import { TimeDisplay } from './time-display.tsx';
import { Transport } from './transport.tsx';
import { useNow } from './use-now.ts';
import { playheadOf, useTimelineView } from './use-timeline-view.ts';
import { type TrackSource, useOldestMs, useTracks } from './use-tracks.ts';
import { ViewTools } from './view-tools.tsx';
import { labels } from './zone.ts';

interface TimelineDeskProps {
  /** One of the sources: the row that keys and screen readers are about. */
  readonly chosen: TrackSource;
  readonly sources: readonly TrackSource[];
  readonly player: Playable;
  /** The moment on the address. */
  readonly atMs: EpochMs | undefined;
  /** A stretch somebody asked about. */
  readonly selected: Range | undefined;
  /** Beside the legend. */
  readonly notice?: ReactNode;
  onSeek(ms: EpochMs): void;
  onView(view: Viewport): void;
  onChoose?(index: number): void;
}

export function TimelineDesk(props: TimelineDeskProps) {
  const { chosen, sources, player, atMs, selected, notice, onSeek, onView, onChoose } = props;
  const { t } = useTranslation('playback');
  const oldestMs = useOldestMs(sources);
  const [view, changeView] = useTimelineView(player, oldestMs, atMs);
  useEffect(() => onView(view), [view, onView]);
  const cameraIds = useMemo(() => sources.map(({ cameraId }) => cameraId), [sources]);
  const streamIds = useMemo(() => sources.map(({ streamId }) => streamId), [sources]);
  const { marks, isComplete } = useTimelineMarks(cameraIds, view);
  const tracks = useTracks(sources, view);
  const clockMs = useNow(view);
  // Where the clock was set back, what is recorded runs ahead of it until both meet.
  const nowMs = Math.max(clockMs, ...tracks.map((track) => track.footage.newestMs ?? 0));
  const chosenStretch = useSelection();
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
          oldestMs={oldestMs}
          nowMs={nowMs}
          onView={changeView}
        />
      </div>
      <Timeline
        label={t('timeline', { camera: chosen.name })}
        labels={labels}
        view={view}
        tracks={tracks}
        chosen={Math.max(0, sources.indexOf(chosen))}
        nowMs={nowMs}
        playhead={playhead}
        selected={selected}
        marks={marks}
        selection={chosenStretch}
        onView={changeView}
        onSeek={onSeek}
        onSelect={selection.set}
        onChoose={onChoose}
      />
      <div className="mt-1.5 flex h-5 items-center justify-between gap-4">
        <Legend tracks={tracks} />
        {!isComplete && <p className="text-xs text-warn-text">{t('tooManyMarks')}</p>}
        {notice}
      </div>
    </section>
  );
}
