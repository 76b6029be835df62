// The next or previous moment worth seeing: where something moved, where footage goes on after a gap. Asked for stretch by stretch.

import { type EpochMs, hourMs } from '../../recorder/model/clock.ts';
import type { Range } from '../timeline/ranges.ts';
import type { Playable } from './playable.ts';

export type Direction = 'previous' | 'next';

/** Most of what is looked for is near; what lies far away takes few questions. */
const lengthsMs = [hourMs, 6 * hourMs, 24 * hourMs, 7 * 24 * hourMs, 30 * 24 * hourMs];
/** A frame begins up to its own length beside the moment that was jumped to. */
const asideMs = 100;
/** Playing on from a moment goes away from it: pressing again soon means the one before. */
const againWithinMs = 1_500;

/** Stretches from `fromMs` to the end of the footage in that direction, longer and longer. */
export function* stretches(fromMs: EpochMs, direction: Direction, footage: Range): Generator<Range> {
  let at = direction === 'next' ? Math.max(fromMs, footage.startMs) : Math.min(fromMs, footage.endMs);
  for (let turn = 0; ; turn += 1) {
    const lengthMs = lengthsMs[Math.min(turn, lengthsMs.length - 1)] ?? hourMs;
    if (direction === 'next') {
      if (at >= footage.endMs) return;
      const endMs = Math.min(footage.endMs, at + lengthMs);
      yield { startMs: at, endMs };
      at = endMs;
    } else {
      if (at <= footage.startMs) return;
      const startMs = Math.max(footage.startMs, at - lengthMs);
      yield { startMs, endMs: at };
      at = startMs;
    }
  }
}

/** Where a jump begins. */
export interface From {
  readonly ms: EpochMs;
  readonly playing: boolean;
}

/** Where a player is, or is asked to go. */
export function fromOf(player: Pick<Playable, 'store' | 'targetMs'>): From | undefined {
  const ms = player.targetMs();
  return ms === undefined ? undefined : { ms, playing: player.store.getState().playing };
}

/** What a jump leads to begins after this moment, or before it. */
export function borderOf({ ms, playing }: From, direction: Direction): EpochMs {
  if (direction === 'next') return ms + asideMs;
  return ms - (playing ? againWithinMs : asideMs);
}

/** Begins inside a stretch, oldest first. */
type Ask = (stretch: Range) => Promise<readonly EpochMs[]>;

/** The first of the begins beyond `from` in that direction; undefined when there is none. */
export async function nearest(
  ask: Ask,
  from: From,
  direction: Direction,
  footage: Range,
): Promise<EpochMs | undefined> {
  const borderMs = borderOf(from, direction);
  const isBeyond = (ms: EpochMs) => (direction === 'next' ? ms > borderMs : ms < borderMs);
  for (const stretch of stretches(from.ms, direction, footage)) {
    const begins = (await ask(stretch)).filter(isBeyond);
    const found = direction === 'next' ? begins[0] : begins.at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where coverage begins anew inside the stretch; one that reaches in from outside has no begin there. */
export function beginsOf(coverage: readonly Range[], { startMs }: Range): EpochMs[] {
  return coverage.map((range) => range.startMs).filter((ms) => ms > startMs);
}
