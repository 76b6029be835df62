// What the pointer is over: the moment, and what stands there in words.

import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { type Footage, isFault, isRough, stateAt } from './footage.ts';
import type { Labels } from './labels.ts';
import { MarkLines } from './mark-lines.tsx';
import type { TimelineMark } from './marks.ts';
import { useMomentWords } from './moment-words.ts';
import { type CssPixels, msPerPixel, type Viewport } from './viewport.ts';

interface HoverCardProps {
  readonly view: Viewport;
  readonly x: CssPixels;
  readonly ms: EpochMs;
  readonly labels: Labels;
  readonly footage: Footage;
  readonly nowMs: EpochMs;
  /** Those under the pointer. */
  readonly marks: readonly TimelineMark[];
}

/** How far from a short gap's mark the pointer still finds it. */
const reach: CssPixels = 3;

export function HoverCard({ view, x, ms, labels, footage, nowMs, marks }: HoverCardProps) {
  const { t } = useTranslation('timeline');
  const wordsFor = useMomentWords(labels);
  const state = stateAt(footage, ms, nowMs, reach * msPerPixel(view));
  const card = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<CssPixels>(0);
  // Its words change with every move: measured before it is painted, it never reaches past the edges.
  useLayoutEffect(() => setWidth(card.current?.offsetWidth ?? 0), [ms, nowMs, marks, footage]);
  const left = Math.max(0, Math.min(x - width / 2, view.width - width));
  const alerts = state.kind === 'gap' && isFault(state.gap);
  const unit = msPerPixel(view) < 20 ? 'millisecond' : 'second';
  return (
    <div
      ref={card}
      className="pointer-events-none absolute bottom-full z-20 mb-1.5 w-max max-w-[min(26rem,90vw)] rounded-lg bg-raised px-3 py-2 text-center shadow-float"
      style={{ left }}
      data-timeline-hover={state.kind}
    >
      <div className="text-sm font-semibold">
        {labels.exactClock(ms, unit)}
        <span className="ml-2 font-normal text-ink-faint">{labels.day(ms)}</span>
      </div>
      <div className={`mt-0.5 text-xs ${alerts ? 'text-warn-text' : 'text-ink-soft'}`}>
        {state.kind === 'footage' && isRough(footage, view) ? t('recordedRoughly') : wordsFor(state, nowMs)}
      </div>
      {marks.length > 0 && <MarkLines marks={marks} labels={labels} />}
    </div>
  );
}
