// What lies over the picture: that another one is coming, that it stands still and why, or that it failed.

import { LoaderCircle, VideoOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { sinceTime } from '../words/moments.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { PlaybackFailed } from './playback-failed.tsx';
import type { Player } from './player.ts';
import { SkippedNotice } from './skipped-notice.tsx';
import { isStepping } from './speeds.ts';
import { usePlayerState } from './use-player.ts';
import { useSkipped } from './use-skipped.ts';
import { labels } from './zone.ts';

interface StageProps {
  readonly player: Player;
  readonly streamId: StreamId;
  readonly keeper: FootageKeeper;
  /** When its camera was removed: after the newest picture nothing comes any more. */
  readonly removedMs?: EpochMs | undefined;
}

export function Stage({ player, streamId, keeper, removedMs }: StageProps) {
  const phase = usePlayerState(player, (state) => state.phase);
  const stepping = usePlayerState(player, isStepping);
  const skipped = useSkipped(player, streamId);
  return (
    <>
      {phase.kind === 'seeking' && !stepping && <Opening targetMs={phase.targetMs} fresh={phase.fresh} />}
      {phase.kind === 'waiting' && (
        <Waiting atNewest={phase.atNewest} keeper={keeper} removedMs={removedMs} />
      )}
      {phase.kind === 'failed' && (
        <PlaybackFailed failure={phase.failure} onRetry={() => player.seek(phase.targetMs)} />
      )}
      {skipped !== undefined && <SkippedNotice player={player} skipped={skipped} />}
    </>
  );
}

interface WaitingProps extends Pick<StageProps, 'keeper' | 'removedMs'> {
  readonly atNewest: boolean;
}

/** The picture stands still: still loading, or it is the newest there is, and why no newer one comes. */
function Waiting({ atNewest, keeper, removedMs }: WaitingProps) {
  const { t } = useTranslation('playback');
  const why = useWhyNoNewer(keeper, removedMs);
  return (
    <div
      role="status"
      className="absolute inset-x-4 top-4 mx-auto flex w-fit items-center gap-2.5 rounded-lg bg-black/85 px-3.5 py-2 text-sm text-on-glass ring-1 ring-white/15"
    >
      {atNewest && why !== undefined ? (
        <VideoOff aria-hidden className="size-4 shrink-0 text-on-glass-soft" />
      ) : (
        <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
      )}
      {atNewest ? (why ?? t('waitingNewest')) : t('waiting')}
    </div>
  );
}

/** Undefined while the camera's next picture is on its way. */
function useWhyNoNewer(keeper: FootageKeeper, removedMs: EpochMs | undefined): string | undefined {
  const { t } = useTranslation('playback');
  const { t: states } = useTranslation('states');
  const gap = useStore(keeper.store, ({ footage }) => footage.gaps.at(-1));
  const newestMs = useStore(keeper.store, ({ footage }) => footage.newestMs);
  if (removedMs !== undefined) return t('ended', { time: sinceTime(removedMs, Date.now()) });
  if (gap === undefined || gap.endMs !== undefined) return undefined;
  return t('waitingSince', {
    // Where gaps follow each other, e.g. over a restart of the station, the last began later.
    time: labels.exactClock(newestMs ?? gap.startMs),
    reason: states(`reason.${gap.reason}`),
  });
}

/** A picture that comes within this time needs no veil: the clock beside it tells which one is on screen. */
const veilAfterMs = 150;

/** Over the picture that is about to be replaced. One of another playlist is gone already: black until the new one. */
function Opening({ targetMs, fresh }: { readonly targetMs: EpochMs; readonly fresh: boolean }) {
  const { t } = useTranslation('playback');
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), veilAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      role="status"
      className={`absolute inset-0 flex flex-col items-center justify-center gap-3 text-on-glass ${
        fresh ? 'bg-glass' : isLate ? 'bg-black/70 backdrop-blur-md' : ''
      }`}
    >
      {isLate && (
        <>
          <LoaderCircle aria-hidden className="size-8 animate-spin text-on-glass-soft" />
          <p className="text-sm text-on-glass-soft">{t('opening', { time: labels.exactClock(targetMs) })}</p>
        </>
      )}
    </div>
  );
}
