// Rules of seeking and of what is said while playing, as pure functions.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import type { Footage, Gap } from '../timeline/footage.ts';
import { type Range, rangeAt } from '../timeline/ranges.ts';
import type { WallMap } from './wall-map.ts';

/** How a moment comes on screen. */
export type SeekPlan =
  /** The loaded playlist has it: only the player moves. */
  | { readonly kind: 'jump'; readonly mediaS: number }
  /** The station is asked for a playlist that begins there, or after the gap that lies there. */
  | { readonly kind: 'open'; readonly atMs: EpochMs };

/**
 * Jumps inside the loaded playlist; in a gap, before or after it the station is asked, because it alone knows what
 * comes next and what has been recorded meanwhile.
 */
export function planSeek(askedMs: EpochMs, map: WallMap | undefined): SeekPlan {
  const place = map?.placeOf(askedMs);
  if (place?.kind === 'inside') return { kind: 'jump', mediaS: place.mediaS };
  return { kind: 'open', atMs: Math.max(0, Math.round(askedMs)) };
}

/** How near the end of the footage playing begins when the newest is asked for: two spans of the growing playlist. */
const newestLeadMs = 2_000;

/** Where to begin for the newest footage: just before its end, but not before the run that ends there. */
export function newestMoment({ newestMs, coverage }: Footage): EpochMs | undefined {
  if (newestMs === undefined) return undefined;
  return Math.max(newestMs - newestLeadMs, rangeAt(coverage, newestMs - 1)?.startMs ?? 0);
}

/** The moment to play for a click: beyond the newest footage there is only the newest. */
export function aimFor(askedMs: EpochMs, footage: Footage): EpochMs {
  const { newestMs = askedMs + 1 } = footage;
  return askedMs < newestMs ? askedMs : (newestMoment(footage) ?? askedMs);
}

/** Whether nothing is stored beyond the end of a playlist: what is stored ends on a whole millisecond, its last frame before. */
export function endsAtNewest(endMs: EpochMs, newestMs: EpochMs | undefined): boolean {
  return newestMs !== undefined && Math.ceil(endMs) >= newestMs;
}

/** This near the newest footage a standing picture waits for the camera, not for the disk. */
const atNewestMs = 4_000;

/** Whether a picture that stands at `shownMs` waits for the camera. */
export function isNearNewest(shownMs: EpochMs, newestMs: EpochMs | undefined): boolean {
  return newestMs !== undefined && newestMs - shownMs < atNewestMs;
}

/** Less than this is not worth a word. */
const worthAWordMs = 500;

/** The time between the moment asked for and the one that could be shown instead, when it is worth a word. */
export function skippedBy(askedMs: EpochMs, shownMs: EpochMs): Range | undefined {
  return shownMs - askedMs < worthAWordMs ? undefined : { startMs: askedMs, endMs: shownMs };
}

/** The reasons for a skipped stretch, longest first; one that explains nearly all of it is named alone. */
export function reasonsFor(gaps: readonly Gap[], skipped: Range): { reason: GapReason; lengthMs: number }[] {
  const lengths = new Map<GapReason, number>();
  for (const { startMs, endMs = skipped.endMs, reason } of gaps) {
    lengths.set(reason, (lengths.get(reason) ?? 0) + endMs - startMs);
  }
  const sorted = Array.from(lengths, ([reason, lengthMs]) => ({ reason, lengthMs }));
  sorted.sort((a, b) => b.lengthMs - a.lengthMs);
  const totalMs = sorted.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
  const [first] = sorted;
  return first !== undefined && first.lengthMs > 0.9 * totalMs ? [first] : sorted;
}

/** All of the hole that a skipped stretch lies in: a click may fall into the middle of it. */
export function holeOf(gaps: readonly Gap[], skipped: Range): Range {
  const starts = gaps
    .filter((gap) => (gap.endMs ?? skipped.endMs) > skipped.startMs)
    .map((gap) => gap.startMs);
  return { startMs: Math.min(skipped.startMs, ...starts), endMs: skipped.endMs };
}
