// What stands at a moment of a timeline, in the operator's words.

import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Gap, MomentState } from './footage.ts';
import { type Labels, lengthOf } from './labels.ts';

/** `14:03:10 – 14:05:00 (1 min 50 s)`, with the day before a moment of another day than the other end's. */
export function stretchOf(labels: Labels, startMs: EpochMs, endMs: EpochMs): string {
  const sameDay = labels.day(startMs) === labels.day(endMs);
  const from = sameDay ? '' : `${labels.day(startMs)}, `;
  const to = sameDay ? '' : `${labels.day(endMs)}, `;
  return `${from}${labels.exactClock(startMs)} – ${to}${labels.exactClock(endMs)} (${lengthOf(endMs - startMs)})`;
}

/** Says of a gap why there is none and how long: `The camera cannot be reached, 14:03:10 – 14:05:00 (1 min 50 s)`. */
export function useGapWords(labels: Labels): (gap: Gap, nowMs: EpochMs) => string {
  const { t } = useTranslation('timeline');
  const { t: states } = useTranslation('states');
  return useCallback(
    (gap, nowMs) => {
      const reason = states(`reason.${gap.reason}`);
      if (gap.endMs !== undefined) return `${reason}, ${stretchOf(labels, gap.startMs, gap.endMs)}`;
      const since = labels.exactClock(gap.startMs);
      const day = labels.day(gap.startMs) === labels.day(nowMs) ? '' : `${labels.day(gap.startMs)}, `;
      return t('gapGoesOn', {
        reason,
        since: `${day}${since}`,
        length: lengthOf(Math.max(0, nowMs - gap.startMs)),
      });
    },
    [labels, t, states],
  );
}

export function useMomentWords(labels: Labels): (state: MomentState, nowMs: EpochMs) => string {
  const { t } = useTranslation('timeline');
  const gapWords = useGapWords(labels);
  return useCallback(
    (state, nowMs) => {
      switch (state.kind) {
        case 'footage':
          return t('recorded');
        case 'gap':
          return t('noVideo', { why: gapWords(state.gap, nowMs) });
        case 'empty':
          return t('nothingStored');
        case 'not-loaded':
          return t('notLoaded');
        case 'future':
          return t('future');
      }
    },
    [t, gapWords],
  );
}
