// What the pointer is over: a picture of the moment, the moment itself, and what stands there in words.

import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { type Footage, isFault, isRough, type MomentState, stateAt, wholeRun } from './footage.ts';
import { type HeatStrip, levelAt } from './heat.ts';
import type { Labels } from './labels.ts';
import { MarkLines } from './mark-lines.tsx';
import type { TimelineMark } from './marks.ts';
import { useMomentWords } from './moment-words.ts';
import { designFontPixels, designScale } from './painter.ts';
import { ThumbnailPicture } from './thumbnail-picture.tsx';
import type { Thumbnails } from './thumbnails.ts';
import { type CssPixels, msPerPixel, type Viewport } from './viewport.ts';

/** What stands about a moment besides what was recorded. */
export interface Said {
  /** Of the locks that hold there. */
  readonly reasons: readonly string[];
  /** A search found it. */
  readonly isFound: boolean;
}

interface HoverCardProps {
  readonly view: Viewport;
  readonly x: CssPixels;
  readonly ms: EpochMs;
  readonly labels: Labels;
  /** Of the camera under the pointer, where there are several. */
  readonly name: string | undefined;
  readonly footage: Footage;
  readonly heat: HeatStrip | undefined;
  readonly thumbnails: Thumbnails | undefined;
  readonly nowMs: EpochMs;
  /** Those under the pointer. */
  readonly marks: readonly TimelineMark[];
  readonly said: Said;
}

/** How far from the mark of something short the pointer still finds it. */
export const pointerReach: CssPixels = 3;

export function HoverCard(props: HoverCardProps) {
  const { view, x, ms, labels, name, footage, heat, thumbnails, nowMs, marks, said } = props;
  const state = stateAt(footage, ms, nowMs, pointerReach * msPerPixel(view));
  const wordsOf = useCardWords(props);
  const card = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<CssPixels>(0);
  // Its words change with every move: measured before it is painted, it never reaches past the edges.
  useLayoutEffect(
    () => setWidth((card.current?.offsetWidth ?? 0) / designScale()),
    [ms, nowMs, marks, footage, heat, name],
  );
  const left = Math.max(0, Math.min(x - width / 2, view.width - width));
  const alerts = state.kind === 'gap' && isFault(state.gap);
  const unit = msPerPixel(view) < 20 ? 'millisecond' : 'second';
  return (
    <div
      ref={card}
      className="pointer-events-none absolute bottom-full z-20 mb-1.5 w-max max-w-[min(26rem,90vw)] rounded-lg bg-raised px-2 py-2 text-center shadow-float"
      style={{ left: `${left / designFontPixels}rem` }}
      data-timeline-hover={state.kind}
      data-hover-ms={Math.round(ms)}
    >
      {state.kind === 'footage' && thumbnails !== undefined && (
        <ThumbnailPicture thumbnails={thumbnails} ms={ms} run={wholeRun(footage, state)} labels={labels} />
      )}
      <div className="px-1 text-sm font-semibold">
        {labels.exactClock(ms, unit)}
        <span className="ml-2 font-normal text-ink-faint">{labels.day(ms)}</span>
      </div>
      {name !== undefined && <div className="truncate px-1 text-xs font-medium">{name}</div>}
      <div className={`mt-0.5 px-1 text-xs ${alerts ? 'text-warn-text' : 'text-ink-soft'}`}>
        {wordsOf(state)}
      </div>
      <SaidLines {...said} />
      {marks.length > 0 && <MarkLines marks={marks} labels={labels} />}
    </div>
  );
}

function SaidLines({ reasons, isFound }: Said) {
  const { t } = useTranslation('timeline');
  const lines = [
    ...Array.from(new Set(reasons), (reason) => t('locked', { reason })),
    ...(isFound ? [t('found')] : []),
  ];
  return lines.map((line) => (
    <div key={line} className="mt-0.5 truncate px-1 text-xs text-ink-soft">
      {line}
    </div>
  ));
}

/** As for a moment anywhere, and what only a pointer's card has room for: motion, and what is not known exactly yet. */
function useCardWords({ view, ms, labels, footage, heat, nowMs }: HoverCardProps) {
  const { t } = useTranslation('timeline');
  const wordsFor = useMomentWords(labels);
  return (state: MomentState): string => {
    if (state.kind !== 'footage') return wordsFor(state, nowMs);
    if (isRough(footage, view)) return t('recordedRoughly');
    const level = heat === undefined ? 0 : levelAt(heat, ms);
    return level === 0 ? wordsFor(state, nowMs) : t('recordedMotion', { percent: level });
  };
}
