// The week of a schedule as a grid of hours: painted with the pointer, or walked over and set with keys.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysOfWeek, type HourLetter, hoursOfDay, type Week } from '../../recorder/model/modes.ts';
import { Button } from '../controls/button.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import { type Hour, hourAfter, letterAt, painted, weekPatterns } from './week.ts';

interface WeekEditorProps {
  readonly week: Week;
  onChange(week: string[]): void;
}

/** Told apart by their shape as well as by their colour. */
const looks: Record<HourLetter, string> = {
  c: 'bg-accent',
  m: 'bg-[repeating-linear-gradient(135deg,var(--color-accent)_0_3px,transparent_3px_7px)]',
  '-': 'bg-ground',
};
const letters = ['c', 'm', '-'] as const;
const days = Array.from({ length: daysOfWeek }, (_, day) => day);
const hours = Array.from({ length: hoursOfDay }, (_, hour) => hour);
/** 1 January 2024 was a Monday. */
const dayName = (day: number, weekday: 'short' | 'long') =>
  new Intl.DateTimeFormat(undefined, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));

export function WeekEditor({ week, onChange }: WeekEditorProps) {
  const { t } = useTranslation('cameras');
  const [brush, setBrush] = useState<HourLetter>('c');
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Choices
          label={t('week.brush')}
          value={brush}
          onChange={(value) => setBrush(letters.find((letter) => letter === value) ?? 'c')}
        >
          {letters.map((letter) => (
            <Choice key={letter} value={letter} label={t(`week.letter.${letter}`)} />
          ))}
        </Choices>
        <div className="flex-1" />
        {(['always', 'office', 'motion', 'nothing'] as const).map((pattern) => (
          <Button key={pattern} look="plain" onPress={() => onChange([...weekPatterns[pattern]])}>
            {t(`week.pattern.${pattern}`)}
          </Button>
        ))}
      </div>
      <Grid week={week} brush={brush} onChange={onChange} />
      <p className="text-xs text-ink-faint">{t('week.hint')}</p>
    </div>
  );
}

/** Painting by keys and by strokes of the pointer: where the focus is, and what the grid and its cells listen with. */
function usePainting({ week, onChange }: WeekEditorProps, brush: HourLetter) {
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Hour>({ day: 0, hour: 0 });
  /** Where a stroke began, and the week before it. */
  const stroke = useRef<{ readonly from: Hour; readonly week: Week }>(undefined);

  const goTo = (hour: Hour) => {
    setAt(hour);
    grid.current?.querySelector<HTMLElement>(`[data-hour="${hour.day} ${hour.hour}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = hourAfter(at, event.key);
    const letter = event.key === ' ' ? brush : letters.find((each) => each === event.key.toLowerCase());
    if (next === undefined && letter === undefined) return;
    event.preventDefault();
    if (letter !== undefined) onChange(painted(week, at, at, letter));
    if (next === undefined) return;
    if (event.shiftKey) onChange(painted(week, at, next, brush));
    goTo(next);
  };
  const begin = (event: PointerEvent, from: Hour) => {
    // The cells under the pointer must hear of it, not the one where the stroke began.
    (event.target as Element).releasePointerCapture(event.pointerId);
    stroke.current = { from, week };
    setAt(from);
    onChange(painted(week, from, from, brush));
  };
  const draw = (event: PointerEvent, to: Hour) => {
    if (stroke.current === undefined || event.buttons === 0) return;
    onChange(painted(stroke.current.week, stroke.current.from, to, brush));
  };
  return { grid, at, setAt, onKeyDown, begin, draw };
}

function Grid({ week, brush, onChange }: WeekEditorProps & { readonly brush: HourLetter }) {
  const { t } = useTranslation('cameras');
  const { grid, at, setAt, onKeyDown, begin, draw } = usePainting({ week, onChange }, brush);

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={t('week.grid')}
      onKeyDown={onKeyDown}
      className="grid touch-none select-none gap-px text-[0.6875rem] text-ink-faint"
      style={{ gridTemplateColumns: `3.25rem repeat(${hoursOfDay}, minmax(0, 1fr))` }}
    >
      <div role="row" className="contents">
        <span role="columnheader" aria-label={t('week.day')} />
        {hours.map((hour) => (
          <button
            key={hour}
            type="button"
            tabIndex={-1}
            role="columnheader"
            aria-label={t('week.hour', { hour })}
            onClick={() => onChange(painted(week, { day: 0, hour }, { day: daysOfWeek - 1, hour }, brush))}
            className="h-5 tabular-nums hover:text-ink"
          >
            {hour % 3 === 0 ? hour : ''}
          </button>
        ))}
      </div>
      {days.map((day) => (
        <div key={day} role="row" className="contents">
          <button
            type="button"
            tabIndex={-1}
            role="rowheader"
            onClick={() => onChange(painted(week, { day, hour: 0 }, { day, hour: hoursOfDay - 1 }, brush))}
            className="pr-2 text-left text-xs hover:text-ink"
          >
            {dayName(day, 'short')}
          </button>
          {hours.map((hour) => {
            const letter = letterAt(week, { day, hour });
            return (
              <div
                key={hour}
                role="gridcell"
                tabIndex={at.day === day && at.hour === hour ? 0 : -1}
                data-hour={`${day} ${hour}`}
                data-letter={letter}
                aria-label={t('week.cell', {
                  day: dayName(day, 'long'),
                  hour,
                  what: t(`week.letter.${letter}`),
                })}
                onFocus={() => setAt({ day, hour })}
                onPointerDown={(event) => begin(event, { day, hour })}
                onPointerEnter={(event) => draw(event, { day, hour })}
                className={`h-6 rounded-[3px] border border-line ${looks[letter]}`}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}
