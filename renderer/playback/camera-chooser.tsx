// Chooses the camera to play back; says beside each name what it is doing, and lists those that were removed apart.

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  Collection,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Camera, FormerCamera } from '../../electron/contract/shapes.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { CameraStateWord } from '../cameras/camera-dot.tsx';
import { isFormer, type PlayedCamera } from '../station/played-camera.ts';
import { labels } from './zone.ts';

interface CameraChooserProps {
  readonly cameras: readonly Camera[];
  /** Removed ones that can still be played. */
  readonly former: readonly FormerCamera[];
  readonly chosen: PlayedCamera | undefined;
  onChoose(id: CameraId): void;
  onOpen(): void;
}

export function CameraChooser({ cameras, former, chosen, onChoose, onOpen }: CameraChooserProps) {
  const { t } = useTranslation('playback');
  return (
    <Select
      aria-label={t('camera')}
      value={chosen?.id ?? null}
      placeholder={t('chooseOther')}
      onOpenChange={(isOpen) => isOpen && onOpen()}
      onChange={(key) => {
        if (key !== null) onChoose(key as CameraId);
      }}
    >
      <Button className="flex h-9 max-w-80 min-w-52 cursor-default items-center gap-2 rounded-lg border border-line-strong px-3 text-sm font-medium hovered:bg-hover">
        <SelectValue className="min-w-0 flex-1 truncate text-left">
          {({ defaultChildren, isPlaceholder }) =>
            isPlaceholder || chosen === undefined ? defaultChildren : <ChosenName camera={chosen} />
          }
        </SelectValue>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Button>
      <Popover className="max-h-96 min-w-(--trigger-width) overflow-auto rounded-lg bg-raised p-1 shadow-float">
        <ListBox className="outline-none">
          <Collection items={cameras}>
            {(camera) => (
              <Item camera={camera}>
                <CameraStateWord camera={camera} />
              </Item>
            )}
          </Collection>
          {former.length > 0 && (
            <ListBoxSection className="not-first:mt-1 not-first:border-t not-first:border-line">
              <Header className="px-3 pt-2.5 pb-1 text-xs font-medium text-ink-faint">{t('former')}</Header>
              <Collection items={former}>
                {(camera) => (
                  <Item camera={camera}>
                    <span className="text-xs text-ink-faint">
                      {t('recordedTo', { day: labels.day(camera.newestMs) })}
                    </span>
                  </Item>
                )}
              </Collection>
            </ListBoxSection>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

function ChosenName({ camera }: { readonly camera: PlayedCamera }) {
  const { t } = useTranslation('playback');
  if (!isFormer(camera)) return camera.name;
  return (
    <span className="flex gap-1">
      <span className="truncate">{camera.name}</span>{' '}
      <span className="shrink-0 text-ink-faint">{t('formerMark')}</span>
    </span>
  );
}

interface ItemProps {
  readonly camera: PlayedCamera;
  /** What is said beside the name. */
  readonly children: ReactNode;
}

function Item({ camera, children }: ItemProps) {
  return (
    <ListBoxItem
      id={camera.id}
      textValue={camera.name}
      className="flex cursor-default items-center gap-6 rounded-md px-3 py-2 text-sm hovered:bg-hover focused:bg-hover selected:text-accent-text"
    >
      <span className="min-w-0 max-w-72 flex-1 truncate font-medium">{camera.name}</span>
      {children}
    </ListBoxItem>
  );
}
