// Says which time without video was skipped and why; goes by itself once it could be read while playing.

import { CircleSlash, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/button.tsx';
import { lengthOf } from '../timeline/labels.ts';
import { stretchOf } from '../timeline/moment-words.ts';
import type { Player } from './player.ts';
import { usePlayerState } from './use-player.ts';
import type { Skipped } from './use-skipped.ts';
import { labels } from './zone.ts';

/** Time to read two lines, at the pace of somebody who is watching the picture. */
const readInMs = 12_000;
/** Reasons told apart before the rest is left to the timeline. */
const reasonsLimit = 3;

export function SkippedNotice({ player, skipped }: { readonly player: Player; readonly skipped: Skipped }) {
  const { t } = useTranslation('playback');
  const { t: states } = useTranslation('states');
  const playing = usePlayerState(player, (state) => state.playing);
  const { hole, reasons } = skipped;

  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(() => player.forgetSkipped(), readInMs);
    return () => clearTimeout(timer);
  }, [player, hole.endMs, playing]);

  const why = reasons
    ?.slice(0, reasonsLimit)
    .map(({ reason, lengthMs }) => {
      const words = states(`reason.${reason}`);
      return reasons.length === 1 ? words : `${words} (${lengthOf(lengthMs)})`;
    })
    .join(', ');
  return (
    <div
      role="status"
      data-skipped={reasons?.[0]?.reason ?? ''}
      className="absolute inset-x-4 top-4 mx-auto flex w-fit max-w-2xl items-start gap-3 rounded-xl bg-black/85 py-2.5 pr-2 pl-4 text-on-glass ring-1 ring-white/15"
    >
      <CircleSlash aria-hidden className="mt-0.5 size-5 shrink-0 text-on-glass-soft" />
      <div className="min-w-0">
        <p className="text-sm font-semibold">
          {t('skipped', { stretch: stretchOf(labels, hole.startMs, hole.endMs) })}
        </p>
        <p className="mt-0.5 text-sm text-on-glass-soft">
          {why === '' ? t('skippedNothing') : why !== undefined && `${why}.`}{' '}
          {t('continued', { time: labels.exactClock(hole.endMs) })}
        </p>
      </div>
      <IconButton icon={X} label={t('dismiss')} onPress={() => player.forgetSkipped()} />
    </div>
  );
}
