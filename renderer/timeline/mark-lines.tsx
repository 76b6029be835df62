// The marks under the pointer, a line each: shape, kind, time, text.

import { useTranslation } from 'react-i18next';
import type { Labels } from './labels.ts';
import { MarkShape } from './mark-shape.tsx';
import type { TimelineMark } from './marks.ts';

/** More lines would cover the picture. */
const linesLimit = 4;

export function MarkLines({
  marks,
  labels,
}: {
  readonly marks: readonly TimelineMark[];
  readonly labels: Labels;
}) {
  const { t } = useTranslation('marks');
  const more = marks.length - linesLimit;
  return (
    <ul
      className="mt-1.5 flex flex-col gap-1 border-t border-line pt-1.5 text-left text-xs"
      data-timeline-marks
    >
      {marks.slice(0, linesLimit).map(({ id, kind, startMs, text }) => (
        <li key={id} className="flex max-w-96 items-center gap-2">
          <MarkShape kind={kind} />
          <span className="shrink-0 text-ink-faint">{labels.exactClock(startMs)}</span>
          <span className="truncate">{text === '' ? t(`kind.${kind}`) : text}</span>
        </li>
      ))}
      {more > 0 && <li className="text-ink-faint">{t('more', { count: more })}</li>}
    </ul>
  );
}
