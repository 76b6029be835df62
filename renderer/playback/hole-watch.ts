// Sees that the player stands before a hole in what is loaded, over which it never comes by itself.

import { hasNextPicture } from './painting.ts';

/** Where footage ends, sound may end some pictures earlier; where it begins, later. Longer holes are not loaded yet. */
const longestHoleS = 1;
/** This near a hole the decoders wait for more sound or pictures than there are. */
const nearHoleS = 0.5;
/** Loading over loopback takes less; what stands this long stands for good. */
const stuckForMs = 400;
const checkEveryMs = 100;

/** What of a video element tells whether it gets on. */
export type Watched = Pick<
  HTMLVideoElement,
  'buffered' | 'currentTime' | 'ended' | 'paused' | 'readyState' | 'seeking'
>;

/** Loaded stretches of media time, in seconds. */
type Loaded = readonly { readonly startS: number; readonly endS: number }[];

/** Where media goes on behind the hole that begins at or just after `atS`; undefined when there is none. */
export function behindHole(loaded: Loaded, atS: number): number | undefined {
  const index = loaded.findIndex(({ startS }) => startS > atS);
  const [before, after] = [loaded[index - 1], loaded[index]];
  if (before === undefined || after === undefined) return undefined;
  const isNear = before.endS - atS < nearHoleS;
  return isNear && after.startS - before.endS < longestHoleS ? after.startS : undefined;
}

/** True when the player would show the next picture if it could. */
function wantsPicture(video: Watched): boolean {
  return video.seeking || (!video.paused && !hasNextPicture(video));
}

/**
 * Calls `leap` with where to go on, in media seconds, whenever the player has stood before a hole for 400 ms: Chromium ends
 * a seek only when it has sound and pictures for a while, and hls.js leaves a seeking player alone. Returns how to stop.
 */
export function watchForHoles(video: Watched, leap: (toS: number) => void): () => void {
  let stuck: { readonly atS: number; readonly sinceMs: number } | undefined;
  const check = setInterval(() => {
    const { buffered, currentTime } = video;
    const nowMs = performance.now();
    if (!wantsPicture(video)) stuck = undefined;
    else if (stuck?.atS !== currentTime) stuck = { atS: currentTime, sinceMs: nowMs };
    else if (nowMs - stuck.sinceMs >= stuckForMs) {
      const loaded = Array.from({ length: buffered.length }, (_, index) => ({
        startS: buffered.start(index),
        endS: buffered.end(index),
      }));
      const toS = behindHole(loaded, currentTime);
      if (toS !== undefined) leap(toS);
    }
  }, checkEveryMs);
  return () => clearInterval(check);
}
