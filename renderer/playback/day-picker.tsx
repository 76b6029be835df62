// Chooses the day the timeline shows: one day on, one back, or from a calendar.

import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { IconButton } from '../controls/button.tsx';
import type { LocalDate } from '../timeline/local-time.ts';
import { DayCalendar } from './day-calendar.tsx';
import { labels } from './zone.ts';

interface DayPickerProps {
  /** A moment of the day that is shown. */
  readonly ms: EpochMs;
  readonly streamIds: readonly StreamId[];
  readonly oldestMs: EpochMs | undefined;
  readonly nowMs: EpochMs;
  onChoose(day: LocalDate): void;
}

export function DayPicker({ ms, streamIds, oldestMs, nowMs, onChoose }: DayPickerProps) {
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
                streamIds={streamIds}
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
