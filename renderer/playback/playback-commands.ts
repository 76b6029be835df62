// What the playback screen does on a key.

import {
  ChevronLeft,
  ChevronRight,
  FastForward,
  type LucideIcon,
  Play,
  Rewind,
  RotateCcw,
  RotateCw,
  SkipForward,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import type { Playable } from './playable.ts';

export const skipMs = 10_000;

/** The keys of the transport, as its buttons show them. */
export const keysOf = {
  toggle: 'Space',
  back: 'ArrowLeft',
  forward: 'ArrowRight',
  previousFrame: ',',
  nextFrame: '.',
  slower: '[',
  faster: ']',
  newest: 'N',
} as const;

export function usePlaybackCommands(player: Playable): void {
  const { t } = useTranslation('playback');
  const commands = useMemo((): Command[] => {
    const command = (
      id: keyof typeof keysOf,
      label: string,
      icon: LucideIcon,
      perform: () => void,
    ): Command => ({
      id: `playback.${id}`,
      label,
      group: 'playback',
      keys: [keysOf[id]],
      icon,
      perform,
    });
    const changeSpeed = (by: 1 | -1) => {
      const index = player.speeds.findIndex((speed) => speed === player.store.getState().speed);
      const next = player.speeds[index + by];
      if (next !== undefined) player.setSpeed(next);
    };
    return [
      command('toggle', `${t('play')} / ${t('pause')}`, Play, () => player.toggle()),
      command('back', t('back'), RotateCcw, () => player.skip(-skipMs)),
      command('forward', t('forward'), RotateCw, () => player.skip(skipMs)),
      command('previousFrame', t('previousFrame'), ChevronLeft, () => player.step(-1)),
      command('nextFrame', t('nextFrame'), ChevronRight, () => player.step(1)),
      command('slower', t('slower'), Rewind, () => changeSpeed(-1)),
      command('faster', t('faster'), FastForward, () => changeSpeed(1)),
      command('newest', t('goToNewest'), SkipForward, () => player.goToNewest()),
    ];
  }, [t, player]);
  useCommands(commands);
}
