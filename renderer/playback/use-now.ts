// The present, as often as the timeline can show that it moved.

import { useEffect, useState } from 'react';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { msPerPixel, shows, type Viewport } from '../timeline/viewport.ts';

const shortestTickMs = 100;
const longestTickMs = 10_000;

/** Ticks once per pixel while now is in view, and every ten seconds otherwise. */
export function useNow(view: Viewport): EpochMs {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const tickMs = shows(view, nowMs)
    ? Math.min(longestTickMs, Math.max(shortestTickMs, msPerPixel(view)))
    : longestTickMs;
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [tickMs]);
  return nowMs;
}
