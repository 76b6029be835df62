// Jumps of playback by key: to the next and previous motion of a camera, and to where its footage goes on after a gap.

import i18next from 'i18next';
import { ArrowLeftFromLine, ArrowRightFromLine, Footprints } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { station } from '../station/client.ts';
import type { PlayedCamera } from '../station/played-camera.ts';
import type { Range } from '../timeline/ranges.ts';
import type { FootageKeeper } from './footage-keeper.ts';
import { jumping } from './jumping.ts';
import { beginsOf, type Direction, fromOf, nearest } from './jumps.ts';
import type { Playable } from './playable.ts';

export const jumpKeys = {
  previousMotion: 'Shift+J',
  nextMotion: 'Shift+L',
  previousGapEnd: 'Shift+G',
  nextGapEnd: 'G',
} as const;

/** Holes shorter than this are none to an operator: a frame lost, a segment's border. */
const shortestGapMs = 500;

type Goal = 'motion' | 'gapEnd';

function asking(
  goal: Goal,
  streamId: StreamId,
  signal: AbortSignal,
): (stretch: Range) => Promise<readonly EpochMs[]> {
  if (goal === 'motion') return (stretch) => motionBegins(streamId, stretch, signal);
  return async ({ startMs, endMs }) => {
    // From a little earlier: what begins at the very border is no begin of the one stretch and none of the other.
    const asked = { startMs: Math.max(0, Math.floor(startMs) - 1), endMs: Math.ceil(endMs) };
    const question = { streamId, ...asked, mergeMs: shortestGapMs };
    const { coverage } = await station.timeline.range(question, { signal });
    return beginsOf(coverage, asked);
  };
}

async function motionBegins(
  streamId: StreamId,
  stretch: Range,
  signal: AbortSignal,
): Promise<readonly EpochMs[]> {
  const begins: EpochMs[] = [];
  let startMs = Math.floor(stretch.startMs);
  const endMs = Math.ceil(stretch.endMs);
  while (startMs < endMs) {
    const { events, more } = await station.motion.events({ streamId, startMs, endMs }, { signal });
    begins.push(...events.map((event) => event.startMs).filter((ms) => ms >= stretch.startMs));
    const last = events.at(-1);
    if (!more || last === undefined) break;
    startMs = last.startMs + 1;
  }
  return begins;
}

interface Jumper {
  readonly camera: PlayedCamera;
  readonly player: Playable;
  readonly keeper: FootageKeeper;
  seek(ms: EpochMs): void;
}

async function jump(
  goal: Goal,
  direction: Direction,
  { camera, player, keeper, seek }: Jumper,
): Promise<void> {
  const from = fromOf(player);
  const { oldestMs, newestMs } = keeper.store.getState().footage;
  if (from === undefined || oldestMs === undefined || newestMs === undefined) return;
  const words = i18next.getFixedT(null, 'playback');
  const signal = jumping.begin();
  try {
    const footage = { startMs: oldestMs, endMs: newestMs };
    const found = await nearest(asking(goal, camera.streamId, signal), from, direction, footage);
    if (signal.aborted) return;
    if (found === undefined) remark({ text: words(`noJump.${goal}.${direction}`) });
    else seek(found);
  } catch (error) {
    if (signal.aborted) return;
    remark({ text: refusalWords(error) });
  }
}

/** About one camera; among several in step, about the chosen one. */
export function useJumpCommands({ camera, player, keeper, seek }: Jumper): void {
  const { t } = useTranslation('playback');
  const commands = useMemo((): Command[] => {
    const command = (
      id: keyof typeof jumpKeys,
      icon: Command['icon'],
      goal: Goal,
      direction: Direction,
    ): Command => ({
      ...{ id: `playback.${id}`, label: t(`jump.${id}`), group: 'playback', keys: [jumpKeys[id]], icon },
      perform: () => void jump(goal, direction, { camera, player, keeper, seek }),
    });
    return [
      command('previousMotion', Footprints, 'motion', 'previous'),
      command('nextMotion', Footprints, 'motion', 'next'),
      command('previousGapEnd', ArrowLeftFromLine, 'gapEnd', 'previous'),
      command('nextGapEnd', ArrowRightFromLine, 'gapEnd', 'next'),
    ];
  }, [t, camera, player, keeper, seek]);
  useCommands(commands);
}
