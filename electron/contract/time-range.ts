// Stretches of time in calls: they end after they begin, and are no longer than one answer is meant for.

import { dayMs } from '../../recorder/model/clock.ts';

/** A moment has no end. */
interface Times {
  readonly startMs: number;
  readonly endMs?: number | undefined;
}

/** For `refine`: what is checked, and what is told of it. */
type Check = readonly [(times: Times) => boolean, { error: string; path: string[] }];

export const endsLater: Check = [
  ({ startMs, endMs }) => endMs === undefined || endMs > startMs,
  { error: 'The end lies after the start.', path: ['endMs'] },
];

/** As `endsLater`. */
export function lastsAtMost(limitMs: number): Check {
  return [
    ({ startMs, endMs }) => endMs === undefined || endMs - startMs <= limitMs,
    { error: `At most ${limitMs / dayMs} days.`, path: ['endMs'] },
  ];
}
