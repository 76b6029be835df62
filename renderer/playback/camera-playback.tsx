// Playback of one camera: picture, transport and timeline around one player.

import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Mark } from '../../electron/contract/marks.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { MarkTools } from '../marks/mark-tools.tsx';
import { selection } from '../marks/selection.ts';
import { usePlaybackMarkCommands } from '../marks/use-mark-commands.ts';
import { RegionLayer } from '../motion/region-layer.tsx';
import { isFormer, type PlayedCamera } from '../station/played-camera.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { FootageTimeline } from './footage-timeline.tsx';
import { useJumpCommands } from './jump-commands.ts';
import { jumping } from './jumping.ts';
import { NothingRecorded } from './nothing-recorded.tsx';
import { onScreen } from './on-screen.ts';
import { usePlaybackCommands } from './playback-commands.ts';
import type { Player } from './player.ts';
import { newestMoment } from './seek.ts';
import { SidePanels } from './side-panels.tsx';
import { Stage } from './stage.tsx';
import { useAccompanied, useFootageKeeper } from './use-footage.ts';
import { usePlayer } from './use-player.ts';
import { firstView } from './use-timeline-view.ts';

interface CameraPlaybackProps {
  readonly camera: PlayedCamera;
  /** The moment on the address. */
  readonly atMs: EpochMs | undefined;
}

export function CameraPlayback({ camera, atMs }: CameraPlaybackProps) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const keeper = useFootageKeeper(camera.streamId);
  const around = useFootageKeeper(camera.streamId);
  const player = usePlayer(video, camera.streamId, around, true);
  useAccompanied(around, player, atMs);
  const isEmpty = useStore(
    keeper.store,
    ({ footage }) => footage.loaded !== undefined && footage.newestMs === undefined,
  );
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_auto] grid-rows-[minmax(0,1fr)_auto]">
      <div className="relative col-start-1 row-start-1 bg-glass">
        <video
          ref={setVideo}
          aria-label={camera.name}
          muted
          playsInline
          disablePictureInPicture
          className="absolute inset-0 size-full object-contain"
        />
        {isEmpty && <NothingRecorded camera={camera} />}
        {!isEmpty && player !== undefined && (
          <Stage
            player={player}
            streamId={camera.streamId}
            keeper={around}
            removedMs={isFormer(camera) ? camera.removedMs : undefined}
          />
        )}
        {!isEmpty && <RegionLayer camera={camera} />}
      </div>
      {player !== undefined && (
        <Controls player={player} keeper={keeper} around={around} camera={camera} atMs={atMs} video={video} />
      )}
    </div>
  );
}

interface ControlsProps extends CameraPlaybackProps {
  readonly player: Player;
  /** What the timeline shows. */
  readonly keeper: FootageKeeper;
  /** What the player knows. */
  readonly around: FootageKeeper;
  readonly video: HTMLVideoElement | null;
}

function Controls({ player, keeper, around, camera, atMs, video }: ControlsProps) {
  const navigate = useNavigate();
  const seek = useAddressedSeek(player, around, atMs);
  const [view, setView] = useState(() => firstView(Date.now(), undefined, atMs));
  const subject = useMemo(
    () => ({ camera, video: video ?? undefined, shownMs: () => player.shown()?.wallMs }),
    [camera, video, player],
  );
  usePlaybackCommands(player);
  useJumpCommands({ camera, player, keeper: around, seek });
  usePlaybackMarkCommands(subject, { player, seek });
  useEffect(() => selection.clear, []);
  useEffect(() => jumping.giveUp, []);
  useEffect(() => onScreen.enlist({ playable: player, cameraId: camera.id }), [player, camera.id]);
  const playMark = ({ cameraId, startMs }: Mark) => {
    if (cameraId === camera.id) seek(startMs);
    else void navigate({ to: '/playback', search: { camera: cameraId, at: startMs } });
  };
  const playFrom = (ms: EpochMs) => {
    seek(ms);
    player.play();
  };
  return (
    <>
      <MarkTools subject={subject} />
      <SidePanels camera={camera} player={player} view={view} onPlayMark={playMark} onPlay={playFrom} />
      <div className="col-span-2 col-start-1 row-start-2">
        <FootageTimeline
          camera={camera}
          player={player}
          keeper={keeper}
          atMs={atMs}
          onSeek={seek}
          onView={setView}
        />
      </div>
    </>
  );
}

/** Opens the address' moment, or else the newest footage; and lets the address follow where the operator goes. */
function useAddressedSeek(player: Player, keeper: FootageKeeper, atMs: EpochMs | undefined) {
  const navigate = useNavigate();
  /** The moment this screen wrote into the address itself; it is not asked for a second time. */
  const written = useRef<EpochMs>(undefined);
  const opened = useRef<Player>(undefined);
  const plays = useRef<boolean>(undefined);
  useEffect(() => {
    plays.current = onScreen.takeOver();
  }, []);
  const hasFootage = useStore(keeper.store, (state) => state.footage.newestMs !== undefined);

  useEffect(() => {
    if (opened.current === player && (atMs === undefined || atMs === written.current)) return;
    // Without footage there is nothing to open yet; the first that comes is opened.
    const moment = atMs ?? newestMoment(keeper.store.getState().footage);
    if (!hasFootage || moment === undefined) return;
    const isFirst = opened.current !== player;
    opened.current = player;
    written.current = atMs;
    player.seek(moment);
    if (isFirst && plays.current !== false) player.play();
  }, [player, keeper, atMs, hasFootage]);

  return useCallback(
    (ms: EpochMs) => {
      const at = Math.max(0, Math.round(ms));
      jumping.giveUp();
      written.current = at;
      player.seek(at);
      void navigate({ to: '/playback', search: (before) => ({ ...before, at }), replace: true });
    },
    [player, navigate],
  );
}
