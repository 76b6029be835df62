// The wall time of the very frame on screen: never of one that is asked for, never of now.

import { useTranslation } from 'react-i18next';
import type { Playable } from './playable.ts';
import { isStepping } from './speeds.ts';
import { usePlayerState, useShownMs } from './use-player.ts';
import { labels } from './zone.ts';

export function TimeDisplay({ player }: { readonly player: Playable }) {
  const { t } = useTranslation('playback');
  const shownMs = useShownMs(player);
  const isChanging = usePlayerState(player, (state) => state.phase.kind === 'seeking' && !isStepping(state));
  if (shownMs === undefined) {
    return <p className="text-sm text-ink-faint">{t('noTime')}</p>;
  }
  const clock = labels.clock(shownMs, 'millisecond');
  return (
    <time
      dateTime={new Date(shownMs).toISOString()}
      data-frame-wall-ms={shownMs.toFixed(1)}
      data-selectable
      aria-busy={isChanging}
      className={`flex flex-col leading-tight ${isChanging ? 'opacity-50' : ''}`}
    >
      <span className="text-xl font-semibold tracking-tight whitespace-nowrap">
        {clock.slice(0, -4)}
        <span className="text-sm font-medium text-ink-faint">{clock.slice(-4)}</span>
      </span>
      <span className="text-xs whitespace-nowrap text-ink-soft">
        {labels.day(shownMs)} · {labels.offset(shownMs)}
      </span>
    </time>
  );
}
