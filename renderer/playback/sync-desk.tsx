// The desk below synchronised pictures: the clock, transport, and the timeline with a row for each camera.

import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { selection, useSelection } from '../marks/selection.ts';
import { useTimelineMarks } from '../marks/use-timeline-marks.ts';
import { Timeline } from '../timeline/timeline.tsx';
import type { Viewport } from '../timeline/viewport.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { useJumpCommands } from './jump-commands.ts';
import { Legend } from './legend.tsx';
import type { SyncGroup } from './sync-group.ts';
import { TimeDisplay } from './time-display.tsx';
import { Transport } from './transport.tsx';
import { useNow } from './use-now.ts';
import { playheadOf, useTimelineView } from './use-timeline-view.ts';
import { useTracks } from './use-tracks.ts';
import { ViewTools } from './view-tools.tsx';
import { labels } from './zone.ts';

interface SyncDeskProps {
  readonly cameras: readonly Camera[];
  readonly chosen: Camera;
  readonly group: SyncGroup;
  readonly keepers: readonly FootageKeeper[];
  /** The chosen camera's. */
  readonly keeper: FootageKeeper | undefined;
  readonly atMs: EpochMs | undefined;
  onSeek(ms: EpochMs): void;
  onChoose(camera: Camera): void;
  onView(view: Viewport): void;
}

export function SyncDesk({ keeper, ...props }: SyncDeskProps) {
  return keeper === undefined ? null : <Desk {...props} keeper={keeper} />;
}

function Desk(props: SyncDeskProps & { readonly keeper: FootageKeeper }) {
  const { cameras, chosen, group, keepers, keeper, atMs, onSeek, onChoose, onView } = props;
  const { t } = useTranslation('playback');
  const footage = useStore(keeper.store, (state) => state.footage);
  const [view, changeView] = useTimelineView(group, footage, atMs);
  useEffect(() => onView(view), [view, onView]);
  useJumpCommands({ camera: chosen, player: group, keeper, seek: onSeek });
  const nowMs = useNow(view);
  const cameraIds = useMemo(() => cameras.map(({ id }) => id), [cameras]);
  const { marks } = useTimelineMarks(cameraIds, view);
  const sources = useMemo(
    () =>
      cameras.flatMap(({ name, streamId }, index) => {
        const own = keepers[index];
        return own === undefined ? [] : [{ name, streamId, keeper: own }];
      }),
    [cameras, keepers],
  );
  const tracks = useTracks(sources, view);
  const streamIds = useMemo(() => cameras.map(({ streamId }) => streamId), [cameras]);
  const chosenStretch = useSelection();
  const playhead = useMemo(() => playheadOf(group), [group]);
  return (
    <section className="shrink-0 border-t border-line bg-panel px-4 pt-2.5 pb-2">
      <div className="mb-2 grid grid-cols-[1fr_auto_1fr] items-center gap-4">
        <TimeDisplay player={group} />
        <Transport player={group} />
        <ViewTools
          view={view}
          player={group}
          streamIds={streamIds}
          oldestMs={footage.oldestMs}
          nowMs={nowMs}
          onView={changeView}
        />
      </div>
      <Timeline
        label={t('timeline', { camera: chosen.name })}
        labels={labels}
        view={view}
        tracks={tracks}
        chosen={Math.max(0, cameras.indexOf(chosen))}
        nowMs={nowMs}
        playhead={playhead}
        selected={undefined}
        marks={marks}
        selection={chosenStretch}
        onView={changeView}
        onSeek={onSeek}
        onSelect={selection.set}
        onChoose={(index) => cameras[index] && onChoose(cameras[index])}
      />
      <div className="mt-1.5 flex h-5 items-center">
        <Legend />
      </div>
    </section>
  );
}
