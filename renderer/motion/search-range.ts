// Which time is searched for motion, and which thumbnail stands for what was found. Pure.

import type { MotionHit } from '../../electron/contract/motion.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { dayMs } from '../../recorder/model/clock.ts';
import { longestMotionSearchMs } from '../../recorder/model/limits.ts';
import type { LocalTime } from '../timeline/local-time.ts';
import type { Range } from '../timeline/ranges.ts';
import type { Viewport } from '../timeline/viewport.ts';

/** What a search goes over: the local day that is played, or what the timeline shows. */
export const spans = ['day', 'view'] as const;
export type Span = (typeof spans)[number];

/** The local day of a moment, 23 or 25 hours long on two days of the year. */
export function dayOf(ms: EpochMs, time: LocalTime): Range {
  const date = time.read(ms);
  return { startMs: time.startOfDay(date), endMs: time.startOfDay(time.addDays(date, 1)) };
}

/**
 * A view that follows what is played is searched by steps: of at most an eighth of it, and of five seconds, which take a
 * third of one at 16×: a question that changes faster is never asked.
 */
const leastStepMs = 5_000;
const stepMs = ({ spanMs }: Viewport) => Math.max(leastStepMs, 2 ** Math.floor(Math.log2(spanMs / 8)));

/** All that the timeline shows, the newest part of it where that is more than one search may be about. */
export function viewRange(view: Viewport): Range {
  const step = stepMs(view);
  const startMs = Math.floor(view.startMs / step) * step;
  // Begin and end change together.
  const endMs = Math.max(1, startMs + (Math.ceil(view.spanMs / step) + 1) * step);
  return { startMs: Math.max(0, startMs, endMs - longestMotionSearchMs), endMs };
}

/** Heat maps come with the end of a segment, once a minute. */
const dayAgainMs = 20_000;

/**
 * After how long a range is searched again; undefined when all of it is past. A search costs the station as much as its range
 * is long, so that a longer one waits longer: 31 days, nearly a second of its main thread, come every ten minutes.
 */
export function searchAgainMs(range: Range, nowMs: EpochMs): number | undefined {
  const againMs = Math.max(dayAgainMs, dayAgainMs * ((range.endMs - range.startMs) / dayMs));
  return range.endMs > nowMs - againMs ? againMs : undefined;
}

/** From thumbnail to thumbnail: ten seconds, and up to a keyframe more. */
const thumbnailEveryMs = 11_000;

/**
 * The moment whose thumbnail stands for a hit. The station answers with the newest one at or before it: late enough that
 * this is one of the hit, if there is one, and else the last before it.
 */
export function thumbnailMs({ startMs, endMs: lastMs, peakMs }: MotionHit): EpochMs {
  return Math.max(peakMs, Math.min(lastMs, startMs + thumbnailEveryMs));
}
