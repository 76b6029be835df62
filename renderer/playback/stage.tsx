// What lies over the picture: that another one is coming, that it stands still and why, or that it failed.

import { LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { PlaybackFailed } from './playback-failed.tsx';
import type { Player } from './player.ts';
import { SkippedNotice } from './skipped-notice.tsx';
import { usePlayerState } from './use-player.ts';
import { useSkipped } from './use-skipped.ts';
import { labels } from './zone.ts';

interface StageProps {
  readonly player: Player;
  readonly streamId: StreamId;
}

export function Stage({ player, streamId }: StageProps) {
  const { t } = useTranslation('playback');
  const phase = usePlayerState(player, (state) => state.phase);
  const skipped = useSkipped(player, streamId);
  const waitsNewest = phase.kind === 'waiting' && phase.atNewest;
  return (
    <>
      {phase.kind === 'seeking' && <Opening targetMs={phase.targetMs} fresh={phase.fresh} />}
      {phase.kind === 'waiting' && (
        <div
          role="status"
          className="absolute top-4 right-4 flex items-center gap-2 rounded-lg bg-black/75 px-3 py-2 text-sm text-on-glass"
        >
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          {waitsNewest ? t('waitingNewest') : t('waiting')}
        </div>
      )}
      {phase.kind === 'failed' && (
        <PlaybackFailed failure={phase.failure} onRetry={() => player.seek(phase.targetMs)} />
      )}
      {skipped !== undefined && <SkippedNotice player={player} skipped={skipped} />}
    </>
  );
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
