// The rail on the left: the four screens, and the way to the shortcuts.
import { Link } from '@tanstack/react-router';
import { Activity, Cctv, Clapperboard, Keyboard, LayoutGrid, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAlarms } from '../alarms/alarms.ts';
import { IconButton } from '../controls/button.tsx';

const screens = [
  { to: '/live', word: 'live', icon: LayoutGrid },
  { to: '/playback', word: 'playback', icon: Clapperboard },
  { to: '/cameras', word: 'cameras', icon: Cctv },
  { to: '/health', word: 'health', icon: Activity },
] as const satisfies readonly { to: string; word: string; icon: LucideIcon }[];

export function Rail({ onShortcuts }: { onShortcuts(): void }) {
  const { t } = useTranslation('frame');
  const alarmCount = useAlarms().length;
  return (
    <nav
      aria-label={t('screens')}
      className="flex w-[4.75rem] shrink-0 flex-col items-center border-r border-line bg-panel py-3"
    >
      <img src="./icon.svg" alt={t('product')} className="mb-4 size-9" />
      <div className="flex flex-col gap-1.5">
        {screens.map(({ to, word, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className="relative flex w-16 cursor-default flex-col items-center gap-1 rounded-lg py-2 text-ink-faint transition-colors duration-100 hover:bg-hover hover:text-ink"
            activeProps={{ className: 'bg-accent-wash !text-accent-text', 'aria-current': 'page' }}
          >
            <Icon aria-hidden className="size-5" />
            <span className="text-[0.72rem] font-medium">{t(word)}</span>
            {word === 'health' && alarmCount > 0 && <AlarmBadge count={alarmCount} />}
          </Link>
        ))}
      </div>
      <div className="flex-1" />
      <IconButton icon={Keyboard} label={t('shortcuts')} keys="?" onPress={onShortcuts} />
    </nav>
  );
}

function AlarmBadge({ count }: { readonly count: number }) {
  const { t } = useTranslation('alarms');
  return (
    <span className="absolute top-1 right-2 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-alarm px-1 text-[0.6875rem] font-semibold text-on-accent">
      <span aria-hidden>{count}</span>
      <span className="sr-only">{t('count', { count })}</span>
    </span>
  );
}
