// The desk below synchronised pictures: the clock, transport, a row for each camera, and the timeline of the chosen one.

import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { useSelection } from '../marks/selection.ts';
import { useTimelineMarks } from '../marks/use-timeline-marks.ts';
import { Timeline } from '../timeline/timeline.tsx';
import type { Viewport } from '../timeline/viewport.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { Legend } from './legend.tsx';
import type { SyncGroup } from './sync-group.ts';
import { SyncRows } from './sync-rows.tsx';
import { TimeDisplay } from './time-display.tsx';
import { Transport } from './transport.tsx';
import { useNow } from './use-now.ts';
import { playheadOf, useTimelineView } from './use-timeline-view.ts';
import { ViewTools } from './view-tools.tsx';
import { labels } from './zone.ts';

interface SyncDeskProps {
  readonly chosen: Camera;
  readonly group: SyncGroup;
  readonly keepers: readonly FootageKeeper[];
  /** The chosen camera's. */
  readonly keeper: FootageKeeper | undefined;
  readonly atMs: EpochMs | undefined;
  onSeek(ms: EpochMs): void;
  onView(view: Viewport): void;
}

export function SyncDesk({ keeper, ...props }: SyncDeskProps) {
  return keeper === undefined ? null : <Desk {...props} keeper={keeper} />;
}

function Desk(props: SyncDeskProps & { readonly keeper: FootageKeeper }) {
  const { chosen, group, keepers, keeper, atMs, onSeek, onView } = props;
  const { t } = useTranslation('playback');
  const footage = useStore(keeper.store, (state) => state.footage);
  const [view, changeView] = useTimelineView(group, footage, atMs);
  useEffect(() => onView(view), [view, onView]);
  const nowMs = useNow(view);
  const { marks } = useTimelineMarks(chosen.id, view);
  const chosenStretch = useSelection();
  const playhead = useMemo(() => playheadOf(group), [group]);
  return (
    <section className="shrink-0 border-t border-line bg-panel px-4 pt-2.5 pb-2">
      <div className="mb-2 grid grid-cols-[1fr_auto_1fr] items-center gap-4">
        <TimeDisplay player={group} />
        <Transport player={group} />
        <ViewTools view={view} player={group} oldestMs={footage.oldestMs} nowMs={nowMs} onView={changeView} />
      </div>
      <SyncRows keepers={keepers} view={view} />
      <Timeline
        label={t('timeline', { camera: chosen.name })}
        labels={labels}
        view={view}
        footage={footage}
        nowMs={nowMs}
        playhead={playhead}
        selected={undefined}
        marks={marks}
        selection={chosenStretch}
        onView={changeView}
        onSeek={onSeek}
      />
      <div className="mt-1.5 flex h-5 items-center">
        <Legend />
      </div>
    </section>
  );
}
