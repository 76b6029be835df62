// Playback of several cameras on one clock: a grid of pictures, one transport, one timeline with a row for each camera.

import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Mark } from '../../electron/contract/marks.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { loop } from '../marks/loop.ts';
import { MarkTools } from '../marks/mark-tools.tsx';
import { selection } from '../marks/selection.ts';
import { usePlaybackMarkCommands } from '../marks/use-mark-commands.ts';
import type { Viewport } from '../timeline/viewport.ts';
import { jumping } from './jumping.ts';
import { onScreen } from './on-screen.ts';
import { usePlaybackCommands } from './playback-commands.ts';
import { SidePanels } from './side-panels.tsx';
import { SyncDesk } from './sync-desk.tsx';
import { SyncGrid } from './sync-grid.tsx';
import { SyncGroup } from './sync-group.ts';
import { useAccompanied, useFootageKeepers } from './use-footage.ts';
import { firstView } from './use-timeline-view.ts';

interface SyncPlaybackProps {
  readonly cameras: readonly [Camera, ...Camera[]];
  /** The moment on the address. */
  readonly atMs: EpochMs | undefined;
}

export function SyncPlayback({ cameras, atMs }: SyncPlaybackProps) {
  const group = useGroup();
  const streamIds = cameras.map(({ streamId }) => streamId);
  const keepers = useFootageKeepers(streamIds);
  const around = useFootageKeepers(streamIds);
  useAccompanied(around, group, atMs);
  const [chosenId, choose] = useState(cameras[0].id);
  const chosen = cameras.find(({ id }) => id === chosenId) ?? cameras[0];
  const [view, setView] = useState(() => firstView(Date.now(), undefined, atMs));
  const look = useCallback(
    (shown: Viewport) => {
      for (const keeper of keepers) keeper.look(shown);
      setView(shown);
    },
    [keepers],
  );
  const seek = useGroupSeek(group, around, atMs);
  usePlaybackCommands(group);
  useEffect(() => selection.clear, []);
  useEffect(() => jumping.giveUp, []);
  useEffect(() => onScreen.enlist({ playable: group, cameraId: chosen.id }), [group, chosen.id]);
  const subject = useMemo(
    () => ({
      camera: chosen,
      // Looked for when it is wanted: the tile comes after this screen.
      get video() {
        return videoOf(chosen);
      },
      shownMs: () => group.shown()?.wallMs,
    }),
    [chosen, group],
  );
  usePlaybackMarkCommands(subject, { player: group, seek });
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_auto] grid-rows-[minmax(0,1fr)_auto]">
      <SyncGrid
        cameras={cameras}
        chosen={chosen}
        group={group}
        keepers={around}
        onChoose={({ id }) => choose(id)}
      />
      <MarkTools subject={subject} />
      <SidePanels
        camera={chosen}
        player={group}
        view={view}
        onPlayMark={({ startMs }: Mark) => seek(startMs)}
        onPlay={(ms) => {
          seek(ms);
          group.play();
        }}
      />
      <div className="col-span-2 col-start-1 row-start-2">
        <SyncDesk
          cameras={cameras}
          chosen={chosen}
          group={group}
          keepers={keepers}
          atMs={atMs}
          onSeek={seek}
          onChoose={({ id }) => choose(id)}
          onView={look}
        />
      </div>
    </div>
  );
}

/** The picture that a snapshot of the camera is taken from. */
function videoOf({ id }: Camera): HTMLVideoElement | undefined {
  return document.querySelector<HTMLVideoElement>(`[data-sync-tile="${id}"] video`) ?? undefined;
}

function useGroup(): SyncGroup {
  const [group] = useState(() => new SyncGroup(loop.range));
  useEffect(() => group.start(), [group]);
  return group;
}

/** Opens the address' moment, or else the newest footage of all; and lets the address follow where the operator goes. */
function useGroupSeek(
  group: SyncGroup,
  keepers: ReturnType<typeof useFootageKeepers>,
  atMs: EpochMs | undefined,
) {
  const navigate = useNavigate();
  /** The moment this screen wrote into the address itself; it is not asked for a second time. */
  const written = useRef<EpochMs>(undefined);
  useEffect(() => {
    if (atMs !== undefined) {
      if (atMs !== written.current) group.seek(atMs);
      if (onScreen.takeOver() === true) group.play();
      written.current = atMs;
      return undefined;
    }
    // The first footage that is known of decides where playing begins.
    const begin = () => {
      if (group.targetMs() === undefined) group.goToNewest();
    };
    const stops = keepers.map((keeper) => keeper.store.subscribe(begin));
    begin();
    return () => {
      for (const stop of stops) stop();
    };
  }, [group, keepers, atMs]);
  return useCallback(
    (ms: EpochMs) => {
      const at = Math.max(0, Math.round(ms));
      jumping.giveUp();
      written.current = at;
      group.seek(at);
      void navigate({ to: '/playback', search: (before) => ({ ...before, at }), replace: true });
    },
    [group, navigate],
  );
}
