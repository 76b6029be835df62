// Says which time without video was skipped and why; goes by itself once it could be read while playing.

import { CircleSlash, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { IconButton } from '../controls/button.tsx';
import { stretchOf, useGapWords } from '../timeline/moment-words.ts';
import type { Player } from './player.ts';
import { usePlayerState } from './use-player.ts';
import { useSkippedGaps } from './use-skipped-gaps.ts';
import { labels } from './zone.ts';

/** Time to read two lines, at the pace of somebody who is watching the picture. */
const readInMs = 12_000;

export function SkippedNotice({ player, camera }: { readonly player: Player; readonly camera: Camera }) {
  const { t } = useTranslation('playback');
  const skipped = usePlayerState(player, (state) => state.skipped);
  const playing = usePlayerState(player, (state) => state.playing);
  const gaps = useSkippedGaps(camera.streamId, skipped);
  const wordsFor = useGapWords(labels);

  useEffect(() => {
    if (skipped === undefined || !playing) return undefined;
    const timer = setTimeout(() => player.forgetSkipped(), readInMs);
    return () => clearTimeout(timer);
  }, [player, skipped, playing]);

  if (skipped === undefined) return null;
  const [longest, ...others] = gaps ?? [];
  return (
    <div
      role="status"
      data-skipped={longest?.reason ?? ''}
      className="absolute inset-x-4 top-4 mx-auto flex w-fit max-w-2xl items-start gap-3 rounded-xl border border-warn-text/40 bg-black/85 py-2.5 pr-2 pl-4 text-on-glass"
    >
      <CircleSlash aria-hidden className="mt-0.5 size-5 shrink-0 text-warn-text" />
      <div className="min-w-0">
        <p className="text-sm font-semibold">
          {t('skipped', {
            stretch: stretchOf(labels, longest?.startMs ?? skipped.startMs, longest?.endMs ?? skipped.endMs),
          })}
        </p>
        <p className="mt-0.5 text-sm text-on-glass-soft">
          {longest === undefined ? t('skippedNothing') : wordsFor(longest, skipped.endMs)}
          {others.length > 0 && ` ${t('skippedMore', { count: others.length })}`}{' '}
          {t('continued', { time: labels.exactClock(skipped.endMs) })}
        </p>
      </div>
      <IconButton icon={X} label={t('dismiss')} onPress={() => player.forgetSkipped()} />
    </div>
  );
}
