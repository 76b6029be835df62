// Chooses what a tile shows from the keyboard: type a few letters of the camera's name, press Enter.
import { Crosshair, Search, Square } from 'lucide-react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { CameraDot } from './camera-dot.tsx';
import { pickFor, usePicker } from './picker.ts';
import type { ShownPage } from './use-wall-page.ts';
import { fill } from './wall-actions.ts';
import type { Slot } from './wall-view.ts';

interface CameraPickerProps {
  readonly cameras: readonly Camera[];
  readonly page: ShownPage;
}

export function CameraPicker({ cameras, page }: CameraPickerProps) {
  const { t } = useTranslation('live');
  const slot = usePicker((state) => state.slot);
  const choose = (content: Slot) => {
    if (slot !== undefined) fill(page, slot, content);
    pickFor(undefined);
  };
  return (
    <ModalOverlay
      isOpen={slot !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) pickFor(undefined);
      }}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-black/50 pt-[14vh]"
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-2xl bg-panel shadow-float">
        <Dialog aria-label={t('pickCamera')} className="outline-none">
          <Choices cameras={cameras} onChoose={choose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const row =
  'flex cursor-default items-center gap-3 rounded-lg px-3 py-2.5 text-sm outline-none focused:bg-hover';

interface ChoicesProps {
  readonly cameras: readonly Camera[];
  onChoose(content: Slot): void;
}

function Choices({ cameras, onChoose }: ChoicesProps) {
  const { t } = useTranslation('live');
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <Autocomplete filter={contains}>
      <SearchField
        aria-label={t('pickCamera')}
        autoFocus
        className="flex items-center gap-3 border-b border-line px-4"
      >
        <Search aria-hidden className="size-4.5 shrink-0 text-ink-faint" />
        <Input
          placeholder={t('pickPlaceholder')}
          className="h-13 w-full bg-transparent text-base text-ink outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label={t('pickCamera')}
        renderEmptyState={() => <p className="p-4 text-sm text-ink-faint">{t('pickNone')}</p>}
        className="max-h-[50vh] overflow-auto p-1.5 outline-none"
      >
        {cameras.map((camera) => (
          <MenuItem
            key={camera.id}
            id={camera.id}
            textValue={camera.name}
            onAction={() => onChoose({ kind: 'camera', cameraId: camera.id })}
            className={row}
          >
            <CameraDot camera={camera} />
            <span className="min-w-0 flex-1 truncate">{camera.name}</span>
          </MenuItem>
        ))}
        <MenuItem
          id="hotspot"
          textValue={t('hotspot.name')}
          onAction={() => onChoose({ kind: 'hotspot' })}
          className={row}
        >
          <Crosshair aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="flex-1">{t('hotspot.name')}</span>
          <span className="text-xs text-ink-faint">{t('hotspot.hint')}</span>
        </MenuItem>
        <MenuItem
          id="motion-hotspot"
          textValue={t('hotspot.motionName')}
          onAction={() => onChoose({ kind: 'hotspot', follows: 'motion' })}
          className={row}
        >
          <Crosshair aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="flex-1">{t('hotspot.motionName')}</span>
          <span className="text-xs text-ink-faint">{t('hotspot.motionHint')}</span>
        </MenuItem>
        <MenuItem
          id="empty"
          textValue={t('emptyTile')}
          onAction={() => onChoose({ kind: 'empty' })}
          className={row}
        >
          <Square aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="flex-1">{t('emptyTile')}</span>
        </MenuItem>
      </Menu>
    </Autocomplete>
  );
}
