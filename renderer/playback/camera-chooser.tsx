// Chooses the camera to play back; says beside each name what it is doing.

import { ChevronDown } from 'lucide-react';
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { CameraId } from '../../recorder/model/ids.ts';

interface CameraChooserProps {
  readonly cameras: readonly Camera[];
  readonly chosen: Camera | undefined;
  onChoose(id: CameraId): void;
}

export function CameraChooser({ cameras, chosen, onChoose }: CameraChooserProps) {
  const { t } = useTranslation('playback');
  return (
    <Select
      aria-label={t('camera')}
      value={chosen?.id ?? null}
      placeholder={t('chooseOther')}
      onChange={(key) => {
        if (key !== null) onChoose(key as CameraId);
      }}
    >
      <Button className="flex h-9 max-w-80 min-w-52 cursor-default items-center gap-2 rounded-lg border border-line-strong px-3 text-sm font-medium hovered:bg-hover">
        <SelectValue className="min-w-0 flex-1 truncate text-left">
          {({ defaultChildren, isPlaceholder }) => (isPlaceholder ? defaultChildren : chosen?.name)}
        </SelectValue>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Button>
      <Popover className="max-h-96 min-w-(--trigger-width) overflow-auto rounded-lg bg-raised p-1 shadow-float">
        <ListBox items={cameras} className="outline-none">
          {(camera) => (
            <ListBoxItem
              id={camera.id}
              textValue={camera.name}
              className="flex cursor-default items-center gap-6 rounded-md px-3 py-2 text-sm hovered:bg-hover focused:bg-hover selected:text-accent-text"
            >
              <span className="min-w-0 max-w-72 flex-1 truncate font-medium">{camera.name}</span>
              <StateWord camera={camera} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

function StateWord({ camera: { state } }: { readonly camera: Camera }) {
  const { t } = useTranslation('states');
  const word = state.kind === 'running' ? (state.recording ? 'recording' : 'live') : state.kind;
  const colour = word === 'recording' ? 'bg-recording' : word === 'waiting' ? 'bg-warn-text' : 'bg-ink-faint';
  return (
    <span className="flex items-center gap-2 text-xs text-ink-faint">
      <span aria-hidden className={`size-2 rounded-full ${colour}`} />
      {t(`state.${word}`)}
    </span>
  );
}
