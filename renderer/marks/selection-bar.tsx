// In and out as they are set, with what can be done with the stretch between them.
import { BookmarkPlus, Repeat, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, WithTooltip } from '../controls/button.tsx';
import { labels } from '../playback/zone.ts';
import { lengthOf } from '../timeline/labels.ts';
import { loop, loopKey, useLoop } from './loop.ts';
import { selection, useSelection } from './selection.ts';
import { markKeys } from './use-mark-commands.ts';

interface SelectionBarProps {
  /** What else can be done with the stretch. */
  readonly children?: ReactNode;
  onMark(): void;
}

export function SelectionBar({ children, onMark }: SelectionBarProps) {
  const { t } = useTranslation('marks');
  const { inMs, outMs } = useSelection();
  if (inMs === undefined && outMs === undefined) return null;
  return (
    <div
      role="group"
      aria-label={t('selection')}
      className="pointer-events-auto absolute inset-x-0 bottom-3 z-10 mx-auto flex w-max max-w-full items-center gap-3 whitespace-nowrap rounded-xl bg-panel py-1.5 pr-1.5 pl-4 text-sm text-ink shadow-float"
    >
      <span className={inMs === undefined ? 'text-ink-faint' : 'font-medium'}>
        {inMs === undefined ? t('noIn') : t('in', { time: labels.exactClock(inMs) })}
      </span>
      <span aria-hidden className="text-ink-faint">
        –
      </span>
      <span className={outMs === undefined ? 'text-ink-faint' : 'font-medium'}>
        {outMs === undefined ? t('noOut') : t('out', { time: labels.exactClock(outMs) })}
      </span>
      {inMs !== undefined && outMs !== undefined && (
        <span className="text-ink-soft">{lengthOf(outMs - inMs)}</span>
      )}
      {inMs !== undefined && outMs !== undefined && <LoopButton />}
      <Button look="primary" icon={BookmarkPlus} onPress={onMark}>
        {t('markSelection')}
      </Button>
      {children}
      <IconButton icon={X} label={t('clearSelection')} keys={markKeys.clear} onPress={selection.clear} />
    </div>
  );
}

function LoopButton() {
  const { t } = useTranslation('marks');
  const isOn = useLoop((state) => state.isOn);
  return (
    <WithTooltip label={t('loop')} keys={loopKey}>
      <ToggleButton
        aria-label={t('loop')}
        isSelected={isOn}
        onChange={loop.toggle}
        className="inline-flex size-9 cursor-default items-center justify-center rounded-lg text-ink-soft hovered:bg-hover hovered:text-ink selected:bg-accent-wash selected:text-accent-text"
      >
        <Repeat aria-hidden className="size-[1.15rem]" />
      </ToggleButton>
    </WithTooltip>
  );
}
