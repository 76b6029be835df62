// A tile that shows its camera's recording in place: the same moment goes on, now as the past, and says so.
import { FastForward, Pause, Play, Radio, Rewind } from 'lucide-react';
import { useEffect, useReducer, useState, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../electron/contract/shapes.ts';
import { WithTooltip } from '../controls/button.tsx';
import { PictureButton } from '../controls/picture-button.tsx';
import { TileMarkTools } from '../marks/mark-tools.tsx';
import type { Player } from '../playback/player.ts';
import { Stage } from '../playback/stage.tsx';
import { useAccompanied, useFootageKeeper } from '../playback/use-footage.ts';
import { usePlayer, usePlayerState } from '../playback/use-player.ts';
import { clockTime } from '../words/moments.ts';
import { subjectOf } from './live-marks.ts';
import { enlistReplay, replayStepMs } from './replay-players.ts';
import type { CameraTile } from './use-wall-page.ts';
import { useWall, wall } from './wall.ts';
import { wholePicture, zoomTransform } from './zoom.ts';

interface TileReplayProps {
  readonly camera: Camera;
  readonly slot: number;
  readonly fromMs: number;
  onShown(): void;
  /** The tile goes back to live: only the picture stays, until the live one moves. */
  readonly isOver: boolean;
}

export function TileReplay({ camera, slot, fromMs, onShown, isOver }: TileReplayProps) {
  const { streamId } = camera;
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const keeper = useFootageKeeper(streamId);
  const player = usePlayer(video, streamId, keeper);
  useAccompanied(keeper, player, fromMs);
  // Of a camera that was lost a while ago the newest footage is shown: how far it goes must be known.
  const isKnown = useStore(
    keeper.store,
    ({ footage, error }) => footage.loaded !== undefined || error !== undefined,
  );
  const zoom = useWall((state) => state.zooms.get(streamId)) ?? wholePicture;
  useEffect(() => {
    if (player === undefined || video === null || !isKnown) return undefined;
    const stop = player.onFrame(() => {
      if (player.shown() !== undefined) onShown();
    });
    player.seek(fromMs);
    player.play();
    return stop;
  }, [player, video, fromMs, onShown, isKnown]);
  // By itself: a tile that moves to another place goes on where it is.
  useEffect(
    () =>
      player === undefined || video === null || !isKnown ? undefined : enlistReplay(slot, player, video),
    [player, video, slot, isKnown],
  );
  useEffect(() => {
    if (isOver) player?.pause();
  }, [isOver, player]);
  const hasPicture = useHasPicture(player);
  return (
    <>
      <div className="pointer-events-none absolute inset-0 overflow-hidden">
        <div
          className={`absolute inset-0 origin-top-left ${hasPicture ? 'bg-glass' : 'opacity-0'}`}
          style={{ transform: zoomTransform(zoom) }}
        >
          <video ref={setVideo} muted playsInline aria-hidden className="size-full object-contain" />
        </div>
      </div>
      {player !== undefined && !isOver && (
        <>
          {hasPicture && <Stage player={player} streamId={streamId} keeper={keeper} />}
          <ReplayBar camera={camera} slot={slot} player={player} />
        </>
      )}
    </>
  );
}

function useHasPicture(player: Player | undefined): boolean {
  return useSyncExternalStore(
    (changed) => player?.onFrame(changed) ?? (() => undefined),
    () => player?.shown() !== undefined || player?.store.getState().phase.kind === 'failed',
  );
}

/** Whole seconds, so that it is drawn once a second and not with every frame. */
function useShownSecond(player: Player): number | undefined {
  return useSyncExternalStore(
    (changed) => player.onFrame(changed),
    () => {
      const shownMs = player.shown()?.wallMs;
      return shownMs === undefined ? undefined : Math.floor(shownMs / 1_000);
    },
  );
}

const secondMs = 1_000;

/** Draws once a second while the picture stands, which falls further behind then. */
function useStandingSeconds(player: Player): void {
  const stands = usePlayerState(player, ({ playing, phase }) => !playing || phase.kind === 'waiting');
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  useEffect(() => {
    if (!stands) return undefined;
    const timer = setInterval(tick, secondMs);
    return () => clearInterval(timer);
  }, [stands]);
}

interface ReplayBarProps extends CameraTile {
  readonly player: Player;
}

function ReplayBar({ camera, slot, player }: ReplayBarProps) {
  const { t } = useTranslation('live');
  const second = useShownSecond(player);
  const hasFailed = usePlayerState(player, ({ phase }) => phase.kind === 'failed');
  const shownMs = second === undefined || hasFailed ? undefined : second * 1_000;
  useStandingSeconds(player);
  return (
    <div className="absolute inset-x-0 top-0 z-20 flex items-center gap-1 bg-linear-to-b from-black/75 to-transparent p-1.5 pb-5">
      <p className="flex min-w-0 flex-1 items-center gap-2 pl-1.5 text-sm font-medium">
        <Rewind aria-hidden className="size-4 shrink-0 text-[#f3bd5a]" />
        <span className="truncate">
          {shownMs === undefined ? t(hasFailed ? 'replay.none' : 'replay.opening') : clockTime(shownMs)}
          {shownMs !== undefined && (
            <span className="ml-2 text-on-glass-soft @max-[15rem]:hidden">
              {t('replay.behind', { time: lengthOf(Date.now() - shownMs) })}
            </span>
          )}
        </span>
      </p>
      {/* What failed says why and offers to try again; there is nothing to play or keep. */}
      {!hasFailed && <ReplayTools camera={camera} slot={slot} player={player} />}
      <WithTooltip label={t('replay.goLive')} keys="L">
        <Button
          aria-label={t('replay.goLive')}
          onPress={() => wall.goLive([camera.streamId])}
          className="flex h-8 shrink-0 cursor-default items-center gap-1.5 rounded-md bg-on-glass px-2.5 text-sm font-semibold text-black hover:bg-white"
        >
          <Radio aria-hidden className="size-4" />
          <span className="@max-[15rem]:hidden">{t('replay.live')}</span>
        </Button>
      </WithTooltip>
    </div>
  );
}

function ReplayTools({ camera, slot, player }: ReplayBarProps) {
  const { t } = useTranslation('live');
  const isPlaying = usePlayerState(player, (state) => state.playing);
  return (
    <>
      <div className="flex @max-[26rem]:hidden">
        <TileMarkTools look="bar" subject={subjectOf({ camera, slot })} />
      </div>
      <div className="flex @max-[18rem]:hidden">
        <PictureButton
          look="bar"
          icon={Rewind}
          label={t('replay.back')}
          keys="J"
          onPress={() => player.skip(-replayStepMs)}
        />
        <PictureButton
          look="bar"
          icon={isPlaying ? Pause : Play}
          label={t(isPlaying ? 'replay.pause' : 'replay.play')}
          keys="K"
          onPress={() => player.toggle()}
        />
        <PictureButton
          look="bar"
          icon={FastForward}
          label={t('replay.forward')}
          keys="Shift+J"
          onPress={() => player.skip(replayStepMs)}
        />
      </div>
    </>
  );
}

/** `0:07`, `1:15`, `2:03:09`. */
function lengthOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
