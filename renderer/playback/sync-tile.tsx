// One camera of a synchronised playback: its picture on the group's clock, or why there is none.

import { VideoOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../electron/contract/shapes.ts';
import { stateAt } from '../timeline/footage.ts';
import { useMomentWords } from '../timeline/moment-words.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { watchLag } from './picture-lag.ts';
import { PlaybackFailed } from './playback-failed.tsx';
import type { Player } from './player.ts';
import type { SyncGroup } from './sync-group.ts';
import { usePlayer, usePlayerState } from './use-player.ts';
import { labels } from './zone.ts';

interface SyncTileProps {
  readonly camera: Camera;
  readonly group: SyncGroup;
  /** What is known around the clock's moment. */
  readonly keeper: FootageKeeper;
  readonly isChosen: boolean;
  onChoose(): void;
}

export function SyncTile({ camera, group, keeper, isChosen, onChoose }: SyncTileProps) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const player = usePlayer(video, camera.streamId, keeper);
  useEffect(() => {
    if (player === undefined || video === null) return undefined;
    const lag = watchLag(video);
    const leave = group.add({ player, footage: () => keeper.store.getState().footage, lagMs: lag.ms });
    // Written past React: nine pictures change 25 times a second.
    const stop = player.onFrame(() => {
      const wallMs = player.shown()?.wallMs;
      if (wallMs === undefined) delete video.dataset['wallMs'];
      else video.dataset['wallMs'] = wallMs.toFixed(1);
    });
    return () => {
      leave();
      lag.stop();
      stop();
    };
  }, [player, video, group, keeper]);
  return (
    <button
      type="button"
      aria-label={camera.name}
      aria-pressed={isChosen}
      onClick={onChoose}
      data-sync-tile={camera.id}
      className="relative min-h-0 min-w-0 cursor-default overflow-hidden bg-glass text-left"
    >
      <video
        ref={setVideo}
        muted
        playsInline
        disablePictureInPicture
        className="absolute inset-0 size-full object-contain"
      />
      {player !== undefined && <Cover player={player} group={group} keeper={keeper} />}
      {/* The last tile may lie under the buttons at the lower right, see marks/mark-tools.tsx: its name ends before them. */}
      <span className="absolute bottom-1.5 left-1.5 max-w-[90%] truncate rounded bg-black/70 px-1.5 py-0.5 text-xs font-medium text-on-glass [button:last-child>&]:max-w-[calc(100%-11rem)]">
        {camera.name}
      </span>
      {isChosen && <span className="absolute inset-0 ring-2 ring-accent ring-inset" />}
    </button>
  );
}

interface CoverProps {
  readonly player: Player;
  readonly group: SyncGroup;
  readonly keeper: FootageKeeper;
}

/** Over the picture of a camera that has none at the clock's moment: no old frame passes for that of the moment. */
function Cover({ player, group, keeper }: CoverProps) {
  const { t } = useTranslation('playback');
  const wordsFor = useMomentWords(labels);
  const phase = usePlayerState(player, (state) => state.phase);
  const footage = useStore(keeper.store, (state) => state.footage);
  const [ms, setMs] = useState(() => group.targetMs());
  useEffect(
    () =>
      // Once in a quarter of a second is soon enough for words.
      group.onFrame(() => setMs((before) => nextShownMs(before, group.targetMs()))),
    [group],
  );
  if (phase.kind === 'failed') {
    return <PlaybackFailed failure={phase.failure} onRetry={() => player.seek(phase.targetMs)} />;
  }
  if (ms === undefined) return null;
  const state = stateAt(footage, ms, Number.POSITIVE_INFINITY);
  if (state.kind === 'footage') return null;
  if (state.kind === 'not-loaded') return <div className="absolute inset-0 bg-glass" />;
  return (
    <div
      role="status"
      className="absolute inset-0 flex flex-col items-center justify-center gap-2 bg-glass p-3 text-center text-xs text-on-glass-soft"
    >
      <VideoOff aria-hidden className="size-6" />
      {state.kind === 'empty' ? t('skippedNothing') : wordsFor(state, Date.now())}
    </div>
  );
}

const wordsEveryMs = 250;

/** The clock's moment for the words: the same value while it has hardly moved, so that nothing renders. */
function nextShownMs(before: number | undefined, ms: number | undefined): number | undefined {
  if (before === undefined || ms === undefined) return ms;
  return Math.abs(ms - before) < wordsEveryMs ? before : ms;
}
