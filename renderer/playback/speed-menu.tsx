// The speed that is played, and all others to choose from.

import { Check } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { KeyCaps } from '../commands/key-caps.tsx';
import type { Playable } from './playable.ts';
import { keysOf } from './playback-commands.ts';
import { speeds } from './speeds.ts';
import { usePlayerState } from './use-player.ts';

/** `−4×`, with a true minus. */
function speedWords(speed: number): string {
  return `${speed < 0 ? '−' : ''}${Math.abs(speed)}×`;
}

export function SpeedMenu({ player }: { readonly player: Playable }) {
  const { t } = useTranslation('playback');
  const speed = usePlayerState(player, (state) => state.speed);
  return (
    <MenuTrigger>
      <Button
        aria-label={t('speedIs', { speed: speedWords(speed) })}
        data-speed={speed}
        className={`h-9 min-w-13 cursor-default rounded-lg px-2 text-center text-sm font-medium hovered:bg-hover ${
          speed === 1 ? 'text-ink-soft' : 'text-accent-text'
        }`}
      >
        {speedWords(speed)}
      </Button>
      <Popover placement="top" className="rounded-xl bg-raised p-1.5 shadow-float">
        <p className="flex items-center gap-2 px-2.5 pt-1 pb-1.5 text-xs text-ink-faint">
          {t('speed')}
          <KeyCaps keys={keysOf.slower} />
          <KeyCaps keys={keysOf.faster} />
        </p>
        <Menu
          aria-label={t('speed')}
          items={speeds.toReversed().map((one) => ({ id: one }))}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[speed]}
          onAction={(id) => player.setSpeed(Number(id))}
          className="outline-none"
        >
          {({ id }) => (
            <MenuItem
              textValue={speedWords(id)}
              className="flex h-8 cursor-default items-center justify-between gap-6 rounded-lg px-2.5 text-sm outline-none focused:bg-hover"
            >
              {speedWords(id)}
              {id === speed && <Check aria-hidden className="size-4 text-accent-text" />}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
