// Chooses the day the timeline shows: one day on, one back, or from a calendar.

import { CalendarDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  Dialog,
  DialogTrigger,
  Heading,
  Popover,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { IconButton } from '../controls/button.tsx';
import type { LocalDate } from '../timeline/local-time.ts';
import { labels } from './zone.ts';

interface DayPickerProps {
  /** A moment of the day that is shown. */
  readonly ms: EpochMs;
  readonly oldestMs: EpochMs | undefined;
  readonly nowMs: EpochMs;
  onChoose(day: LocalDate): void;
}

export function DayPicker({ ms, oldestMs, nowMs, onChoose }: DayPickerProps) {
  const { t } = useTranslation('playback');
  const { time } = labels;
  const shown = time.read(ms);
  const isToday = time.startOfDay(shown) >= time.startOfDay(time.read(nowMs));
  const isOldest = oldestMs !== undefined && time.startOfDay(shown) <= oldestMs;
  return (
    <div role="group" aria-label={t('day')} className="flex items-center">
      <IconButton
        icon={ChevronLeft}
        label={t('previousDay')}
        isDisabled={isOldest}
        onPress={() => onChoose(time.addDays(shown, -1))}
      />
      <DialogTrigger>
        <Button
          aria-label={t('chooseDayOf', { day: labels.day(ms) })}
          className="flex h-9 min-w-40 cursor-default items-center justify-center gap-2 rounded-lg px-2 text-sm font-medium whitespace-nowrap hovered:bg-hover"
        >
          <CalendarDays aria-hidden className="size-4 text-ink-faint" />
          {labels.day(ms)}
        </Button>
        <Popover placement="top" className="rounded-xl bg-raised p-4 shadow-float">
          <Dialog aria-label={t('chooseDay')} className="outline-none">
            {({ close }) => (
              <DayCalendar
                shown={shown}
                oldest={oldestMs === undefined ? undefined : time.read(oldestMs)}
                today={time.read(nowMs)}
                onChoose={(day) => {
                  onChoose(day);
                  close();
                }}
              />
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
      <IconButton
        icon={ChevronRight}
        label={t('nextDay')}
        isDisabled={isToday}
        onPress={() => onChoose(time.addDays(shown, 1))}
      />
    </div>
  );
}

interface DayCalendarProps {
  readonly shown: LocalDate;
  /** The day of the oldest footage: no earlier one can be chosen. */
  readonly oldest: LocalDate | undefined;
  readonly today: LocalDate;
  onChoose(day: LocalDate): void;
}

const calendarDate = ({ year, month, day }: LocalDate) => new CalendarDate(year, month, day);

function DayCalendar({ shown, oldest, today, onChoose }: DayCalendarProps) {
  const { t } = useTranslation('playback');
  return (
    <Calendar
      aria-label={t('chooseDay')}
      autoFocus
      value={calendarDate(shown)}
      {...(oldest === undefined ? {} : { minValue: calendarDate(oldest) })}
      maxValue={calendarDate(today)}
      onChange={(date) => onChoose(date)}
    >
      <header className="mb-2 flex items-center justify-between">
        <IconButton icon={ChevronLeft} label={t('previousMonth')} slot="previous" />
        <Heading className="text-sm font-semibold" />
        <IconButton icon={ChevronRight} label={t('nextMonth')} slot="next" />
      </header>
      <CalendarGrid className="text-sm [&_th]:size-9 [&_th]:text-xs [&_th]:font-medium [&_th]:text-ink-faint">
        {(date) => (
          <CalendarCell
            date={date}
            className="flex size-9 cursor-default items-center justify-center rounded-lg hovered:bg-hover outside-month:hidden selected:bg-accent selected:text-on-accent disabled:text-ink-faint disabled:opacity-45"
          />
        )}
      </CalendarGrid>
    </Calendar>
  );
}
