// Tools of the timeline: its day, the whole day, zoom.

import { ZoomIn, ZoomOut } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { Button, IconButton } from '../controls/button.tsx';
import type { LocalDate } from '../timeline/local-time.ts';
import { shows, type Viewport, xAt, zoomAbout } from '../timeline/viewport.ts';
import { DayPicker } from './day-picker.tsx';
import type { Playable } from './playable.ts';
import { labels } from './zone.ts';

interface ViewToolsProps {
  readonly view: Viewport;
  readonly player: Playable;
  readonly streamIds: readonly StreamId[];
  readonly oldestMs: EpochMs | undefined;
  readonly nowMs: EpochMs;
  onView(next: (view: Viewport) => Viewport): void;
}

const zoomStep = 2;

export function ViewTools({ view, player, streamIds, oldestMs, nowMs, onView }: ViewToolsProps) {
  const { t } = useTranslation('playback');
  const [subscribe] = useState(() => (changed: () => void) => player.onFrame(changed));
  // The day that is played while it can be seen, else today, else the one in the middle.
  const dayMs = useSyncExternalStore(subscribe, () => {
    const headMs = player.targetMs();
    const seenMs = [headMs, nowMs].find((ms) => ms !== undefined && shows(view, ms));
    const shownMs = seenMs ?? view.startMs + view.spanMs / 2;
    return labels.time.startOfDay(labels.time.read(shownMs));
  });
  const showDay = (day: LocalDate) => {
    const startMs = labels.time.startOfDay(day);
    const spanMs = labels.time.startOfDay(labels.time.addDays(day, 1)) - startMs;
    onView((current) => ({ ...current, startMs, spanMs }));
  };
  const zoom = (factor: number) =>
    onView((current) => {
      const headMs = player.targetMs();
      const x = headMs !== undefined && shows(current, headMs) ? xAt(current, headMs) : current.width / 2;
      return zoomAbout(current, x, factor);
    });
  return (
    <div className="flex items-center justify-end gap-1">
      <DayPicker ms={dayMs} streamIds={streamIds} oldestMs={oldestMs} nowMs={nowMs} onChoose={showDay} />
      <Button look="plain" onPress={() => showDay(labels.time.read(dayMs))}>
        {t('wholeDay')}
      </Button>
      <IconButton icon={ZoomOut} label={t('zoomOut')} keys="-" onPress={() => zoom(zoomStep)} />
      <IconButton icon={ZoomIn} label={t('zoomIn')} keys="+" onPress={() => zoom(1 / zoomStep)} />
    </div>
  );
}
