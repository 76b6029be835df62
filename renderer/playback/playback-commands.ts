// What the playback screen does on a key.

import {
  ChevronLeft,
  ChevronRight,
  FastForward,
  Gauge,
  type LucideIcon,
  Pause,
  Play,
  Repeat,
  Rewind,
  RotateCcw,
  RotateCw,
  SkipForward,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { loop, loopKey } from '../marks/loop.ts';
import { useSelection } from '../marks/selection.ts';
import { jumping } from './jumping.ts';
import type { Playable } from './playable.ts';
import { neighbourOf, shuttled } from './speeds.ts';

export const skipMs = 10_000;

/** The keys of the transport, as its buttons show them. */
export const keysOf = {
  toggle: 'Space',
  shuttleBack: 'J',
  stop: 'K',
  shuttleForward: 'L',
  back: 'ArrowLeft',
  forward: 'ArrowRight',
  previousFrame: ',',
  nextFrame: '.',
  slower: '[',
  faster: ']',
  newest: 'N',
  loop: loopKey,
} as const;

/** J and L: plays in the direction, faster with each press. */
export function shuttle(player: Playable, direction: 1 | -1): void {
  player.setSpeed(shuttled(player.store.getState(), direction));
  if (!player.store.getState().playing) player.play();
}

/** K: stands, and plays on at 1×. */
function stop(player: Playable): void {
  player.pause();
  player.setSpeed(1);
}

/** Held down, these go on. */
const held: ReadonlySet<string> = new Set(['back', 'forward', 'previousFrame', 'nextFrame']);

export function usePlaybackCommands(player: Playable): void {
  const { t } = useTranslation('playback');
  const commands = useMemo((): Command[] => {
    const command = (
      id: keyof typeof keysOf,
      label: string,
      icon: LucideIcon,
      perform: () => void,
    ): Command => ({
      ...{ id: `playback.${id}`, label, group: 'playback', keys: [keysOf[id]], icon },
      perform: () => {
        jumping.giveUp();
        perform();
      },
      repeats: held.has(id),
    });
    const changeSpeed = (by: 1 | -1) => {
      const next = neighbourOf(player.store.getState().speed, by);
      if (next !== undefined) player.setSpeed(next);
    };
    const isSelected = () => {
      const { inMs, outMs } = useSelection.getState();
      return inMs !== undefined && outMs !== undefined;
    };
    return [
      command('toggle', `${t('play')} / ${t('pause')}`, Play, () => player.toggle()),
      command('shuttleBack', t('shuttleBack'), Rewind, () => shuttle(player, -1)),
      command('stop', t('stop'), Pause, () => stop(player)),
      command('shuttleForward', t('shuttleForward'), FastForward, () => shuttle(player, 1)),
      command('back', t('back'), RotateCcw, () => player.skip(-skipMs)),
      command('forward', t('forward'), RotateCw, () => player.skip(skipMs)),
      command('previousFrame', t('previousFrame'), ChevronLeft, () => player.step(-1)),
      command('nextFrame', t('nextFrame'), ChevronRight, () => player.step(1)),
      command('slower', t('slower'), Gauge, () => changeSpeed(-1)),
      command('faster', t('faster'), Gauge, () => changeSpeed(1)),
      { ...command('loop', t('loop'), Repeat, loop.toggle), enabled: isSelected },
      command('newest', t('goToNewest'), SkipForward, () => player.goToNewest()),
    ];
  }, [t, player]);
  useCommands(commands);
}
