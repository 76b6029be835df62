// A month of days, those with footage marked; the day under the keyboard is said in words.

import { CalendarDate, GregorianCalendar } from '@internationalized/date';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useContext } from 'react';
import { Calendar, CalendarCell, CalendarGrid, CalendarStateContext, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { StreamId } from '../../recorder/model/ids.ts';
import { IconButton } from '../controls/button.tsx';
import { api } from '../station/client.ts';
import type { LocalDate } from '../timeline/local-time.ts';
import { daysOfMonth } from './recorded-days.ts';
import { labels } from './zone.ts';

interface DayCalendarProps {
  readonly shown: LocalDate;
  /** A day is marked when any of them has footage. */
  readonly streamIds: readonly StreamId[];
  /** The day of the oldest footage: no earlier one can be chosen. */
  readonly oldest: LocalDate | undefined;
  readonly today: LocalDate;
  onChoose(day: LocalDate): void;
}

/** Without the calendar that React Aria's dates carry: Temporal takes no objects for one. */
const localDate = ({ year, month, day }: LocalDate): LocalDate => ({ year, month, day });
/** As the timeline counts its days, whatever calendar the computer's language is used with, e.g. the Buddhist one. */
const createCalendar = () => new GregorianCalendar();
const calendarDate = ({ year, month, day }: LocalDate) => new CalendarDate(year, month, day);

export function DayCalendar({ shown, streamIds, oldest, today, onChoose }: DayCalendarProps) {
  const { t } = useTranslation('playback');
  return (
    <Calendar
      aria-label={t('chooseDay')}
      autoFocus
      createCalendar={createCalendar}
      value={calendarDate(shown)}
      {...(oldest === undefined ? {} : { minValue: calendarDate(oldest) })}
      maxValue={calendarDate(today)}
      onChange={(date) => onChoose(localDate(date))}
    >
      <header className="mb-2 flex items-center justify-between">
        <IconButton icon={ChevronLeft} label={t('previousMonth')} slot="previous" />
        <Heading className="text-sm font-semibold" />
        <IconButton icon={ChevronRight} label={t('nextMonth')} slot="next" />
      </header>
      <Month streamIds={streamIds} />
    </Calendar>
  );
}

/** What is recorded today is on screen already when it is; all else changes with retention only. */
const believedMs = 10_000;

function Month({ streamIds }: { readonly streamIds: readonly StreamId[] }) {
  const { t } = useTranslation('playback');
  const state = useContext(CalendarStateContext);
  if (state === null) throw new Error('a month stands in a calendar');
  const { visibleRange, focusedDate } = state;
  const month = daysOfMonth(labels.time, visibleRange.start);
  const { data, isError } = useQuery({
    ...api.timeline.days.queryOptions({ input: { streamIds: [...streamIds], bordersMs: month.bordersMs } }),
    staleTime: believedMs,
  });
  const isRecorded = (day: LocalDate) => {
    const index = month.indexOf(day);
    return index === undefined ? undefined : data?.recorded[index];
  };
  const focused = isRecorded(focusedDate);
  const day = labels.day(labels.time.startOfDay(localDate(focusedDate)));
  return (
    <>
      <CalendarGrid className="text-sm [&_th]:size-9 [&_th]:text-xs [&_th]:font-medium [&_th]:text-ink-faint">
        {(date) => (
          <CalendarCell
            date={date}
            data-recorded={isRecorded(date)}
            className="flex size-9 cursor-default flex-col items-center justify-center rounded-lg hovered:bg-hover outside-month:hidden selected:bg-accent selected:text-on-accent disabled:text-ink-faint disabled:opacity-45"
          >
            {({ formattedDate, isSelected }) => (
              <>
                {formattedDate}
                <span
                  aria-hidden
                  className={`mt-0.5 h-1 w-4 rounded-full ${barOf(isRecorded(date), isSelected)}`}
                />
              </>
            )}
          </CalendarCell>
        )}
      </CalendarGrid>
      <p role="status" className="mt-2 min-h-4 text-center text-xs text-ink-soft">
        {isError && t('dayUnknown')}
        {focused !== undefined && t(focused ? 'dayRecorded' : 'dayNotRecorded', { day })}
      </p>
    </>
  );
}

/** As footage looks on the timeline. */
function barOf(isRecorded: boolean | undefined, isSelected: boolean): string {
  if (isRecorded !== true) return 'bg-transparent';
  return isSelected ? 'bg-on-accent' : 'bg-accent';
}
