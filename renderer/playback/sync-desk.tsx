// The desk of several cameras on one clock: a row for each, one of them chosen.

import { useMemo } from 'react';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Viewport } from '../timeline/viewport.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { useJumpCommands } from './jump-commands.ts';
import type { SyncGroup } from './sync-group.ts';
import { TimelineDesk } from './timeline-desk.tsx';
import type { TrackSource } from './use-tracks.ts';

interface SyncDeskProps {
  readonly cameras: readonly Camera[];
  readonly chosen: Camera;
  readonly group: SyncGroup;
  readonly keepers: readonly FootageKeeper[];
  readonly atMs: EpochMs | undefined;
  onSeek(ms: EpochMs): void;
  onChoose(camera: Camera): void;
  onView(view: Viewport): void;
}

/** Nothing before each camera has its keeper. */
export function SyncDesk({ cameras, chosen, keepers, ...props }: SyncDeskProps) {
  const sources = useMemo(
    () =>
      cameras.flatMap(({ id: cameraId, name, streamId }, index) => {
        const keeper = keepers[index];
        return keeper === undefined ? [] : [{ cameraId, name, streamId, keeper }];
      }),
    [cameras, keepers],
  );
  const source = sources.find(({ cameraId }) => cameraId === chosen.id);
  if (source === undefined) return null;
  return <Desk cameras={cameras} chosen={chosen} sources={sources} source={source} {...props} />;
}

interface DeskProps extends Omit<SyncDeskProps, 'keepers'> {
  readonly sources: readonly TrackSource[];
  /** The chosen one's. */
  readonly source: TrackSource;
}

function Desk({ cameras, chosen, sources, source, group, atMs, onSeek, onChoose, onView }: DeskProps) {
  useJumpCommands({ camera: chosen, player: group, keeper: source.keeper, seek: onSeek });
  return (
    <TimelineDesk
      chosen={source}
      sources={sources}
      player={group}
      atMs={atMs}
      selected={undefined}
      onSeek={onSeek}
      onView={onView}
      onChoose={(index) => cameras[index] && onChoose(cameras[index])}
    />
  );
}
