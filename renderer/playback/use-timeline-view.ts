// The stretch of time on screen: begins with all there is, keeps a playing head in view, shows where a seek goes.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { dayMs } from '../../recorder/model/clock.ts';
import type { PlayheadSource } from '../timeline/timeline.tsx';
import { follow, keepWithin, reveal, type Viewport, xAt } from '../timeline/viewport.ts';
import type { Playable } from './playable.ts';

const firstWidth = 1_000;
const shortestFirstSpanMs = 10 * 60_000;
/** Part of the first view that lies ahead of now. */
const aheadShare = 0.04;
/** How far past now the middle of the view may be moved. */
const furthestAheadMs = dayMs;

/** The last day, or less where less is recorded; around the wanted moment when it lies further back. */
export function firstView(
  nowMs: EpochMs,
  oldestMs: EpochMs | undefined,
  wantedMs: EpochMs | undefined,
): Viewport {
  const recordedMs = oldestMs === undefined ? dayMs : nowMs - oldestMs;
  const spanMs = Math.min(dayMs, Math.max(shortestFirstSpanMs, recordedMs * 1.1));
  const latest = { startMs: nowMs - spanMs * (1 - aheadShare), spanMs, width: firstWidth };
  return wantedMs === undefined ? latest : reveal(latest, wantedMs);
}

type ChangeView = (next: (view: Viewport) => Viewport) => void;

export function useTimelineView(
  player: Playable,
  oldestMs: EpochMs | undefined,
  atMs: EpochMs | undefined,
): [Viewport, ChangeView] {
  const [view, setView] = useState(() => firstView(Date.now(), undefined, atMs));
  const touched = useRef(false);
  const limit = useRef(oldestMs);
  useEffect(() => {
    limit.current = oldestMs;
  }, [oldestMs]);

  const change: ChangeView = useCallback((next) => {
    setView((before) => {
      const after = next(before);
      // A new width alone is the window's doing, not the operator's.
      if (after.startMs !== before.startMs || after.spanMs !== before.spanMs) touched.current = true;
      const nowMs = Date.now();
      return keepWithin(after, { startMs: (limit.current ?? nowMs) - dayMs, endMs: nowMs + furthestAheadMs });
    });
  }, []);

  // The first answer tells how much there is to show.
  useEffect(() => {
    if (oldestMs === undefined || touched.current) return;
    touched.current = true;
    setView((before) => ({ ...firstView(Date.now(), oldestMs, atMs), width: before.width }));
  }, [oldestMs, atMs]);

  useEffect(() => {
    let beforeMs: EpochMs | undefined;
    return player.onFrame(() => {
      const { phase, playing } = player.store.getState();
      const ms = player.targetMs();
      if (ms === undefined) return;
      if (phase.kind === 'seeking') {
        setView((view) => reveal(view, ms));
        beforeMs = ms;
      } else if (playing && beforeMs !== undefined) {
        const fromMs = beforeMs;
        setView((view) => {
          // Less than half a pixel would be drawn for nothing; it is kept for the next frame.
          if (Math.abs(xAt(view, ms) - xAt(view, fromMs)) < 0.5) return view;
          beforeMs = ms;
          return follow(view, fromMs, ms);
        });
      } else {
        beforeMs = ms;
      }
    });
  }, [player]);
  return [view, change];
}

/** The player's head for the timeline: where it is, or where it is asked to go. */
export function playheadOf(player: Playable): PlayheadSource {
  return {
    get: () => {
      const ms = player.targetMs();
      return ms === undefined ? undefined : { ms, pending: player.store.getState().phase.kind === 'seeking' };
    },
    subscribe: (moved) => player.onFrame(moved),
  };
}
