// What the pointer is over in the selection's row: the selection in words, or how one is made.

import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Labels } from './labels.ts';
import type { Selection } from './marks.ts';
import { stretchOf } from './moment-words.ts';
import { designFontPixels, designScale } from './painter.ts';
import type { CssPixels, Viewport } from './viewport.ts';

interface SelectionCardProps {
  readonly view: Viewport;
  readonly x: CssPixels;
  readonly labels: Labels;
  readonly selection: Selection;
}

export function SelectionCard({ view, x, labels, selection: { inMs, outMs } }: SelectionCardProps) {
  const { t } = useTranslation('timeline');
  const card = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<CssPixels>(0);
  useLayoutEffect(() => setWidth((card.current?.offsetWidth ?? 0) / designScale()), [inMs, outMs]);
  const left = Math.max(0, Math.min(x - width / 2, view.width - width));
  return (
    <div
      ref={card}
      className="pointer-events-none absolute bottom-full z-20 mb-1.5 w-max rounded-lg bg-raised px-3 py-2 text-center text-xs text-ink-soft shadow-float"
      style={{ left: `${left / designFontPixels}rem` }}
      data-timeline-hover="selection"
    >
      {inMs !== undefined && outMs !== undefined
        ? t('selected', { stretch: stretchOf(labels, inMs, outMs) })
        : t('selectHint')}
    </div>
  );
}
