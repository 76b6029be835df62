// How much time one question may be about.

import { dayMs } from './clock.ts';

/** The longest stretch that one question about a timeline may be about. */
export const longestTimelineMs = 62 * dayMs;
/** The longest stretch that one search for motion may be about. */
export const longestMotionSearchMs = 31 * dayMs;
