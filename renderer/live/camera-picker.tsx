// Chooses what a tile shows from the keyboard: type a few letters of the camera's name, press Enter.
import { Crosshair, Square } from 'lucide-react';
import { MenuItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { CameraDot } from '../cameras/camera-dot.tsx';
import { Finder, foundRow } from '../commands/finder.tsx';
import { pickFor, usePicker } from './picker.ts';
import type { ShownPage } from './use-wall-page.ts';
import { fill } from './wall-actions.ts';
import { focusAfter } from './wall-focus.ts';
import type { Slot } from './wall-view.ts';

interface CameraPickerProps {
  readonly cameras: readonly Camera[];
  readonly page: ShownPage;
}

export function CameraPicker({ cameras, page }: CameraPickerProps) {
  const { t } = useTranslation('live');
  const slot = usePicker((state) => state.slot);
  const choose = (content: Slot) => {
    // The tile it was asked for may be another element now, which the closing dialog does not know.
    focusAfter(() => {
      if (slot !== undefined) fill(page, slot, content);
      pickFor(undefined);
      return slot;
    });
  };
  return (
    <Finder
      label={t('pickCamera')}
      placeholder={t('pickPlaceholder')}
      none={t('pickNone')}
      isOpen={slot !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) pickFor(undefined);
      }}
    >
      {() => (
        <>
          {cameras.map((camera) => (
            <MenuItem
              key={camera.id}
              id={camera.id}
              textValue={camera.name}
              onAction={() => choose({ kind: 'camera', cameraId: camera.id })}
              className={foundRow}
            >
              <CameraDot camera={camera} />
              <span className="min-w-0 flex-1 truncate">{camera.name}</span>
            </MenuItem>
          ))}
          <MenuItem
            id="hotspot"
            textValue={t('hotspot.name')}
            onAction={() => choose({ kind: 'hotspot' })}
            className={foundRow}
          >
            <Crosshair aria-hidden className="size-4 shrink-0 text-ink-faint" />
            <span className="flex-1">{t('hotspot.name')}</span>
            <span className="text-xs text-ink-faint">{t('hotspot.hint')}</span>
          </MenuItem>
          <MenuItem
            id="motion-hotspot"
            textValue={t('hotspot.motionName')}
            onAction={() => choose({ kind: 'hotspot', follows: 'motion' })}
            className={foundRow}
          >
            <Crosshair aria-hidden className="size-4 shrink-0 text-ink-faint" />
            <span className="flex-1">{t('hotspot.motionName')}</span>
            <span className="text-xs text-ink-faint">{t('hotspot.motionHint')}</span>
          </MenuItem>
          <MenuItem
            id="empty"
            textValue={t('emptyTile')}
            onAction={() => choose({ kind: 'empty' })}
            className={foundRow}
          >
            <Square aria-hidden className="size-4 shrink-0 text-ink-faint" />
            <span className="flex-1">{t('emptyTile')}</span>
          </MenuItem>
        </>
      )}
    </Finder>
  );
}
