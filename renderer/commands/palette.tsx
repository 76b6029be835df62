// The command palette: type a few letters of what you want done, press Enter.
import { Search } from 'lucide-react';
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
import { KeyCaps } from './key-caps.tsx';
import { perform, useAllCommands } from './registry.ts';

interface PaletteProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function Palette(props: PaletteProps) {
  const { t } = useTranslation('commands');
  return (
    <ModalOverlay
      {...props}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-black/50 pt-[14vh]"
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-2xl bg-panel shadow-float">
        <Dialog aria-label={t('palette')} className="outline-none">
          <Commands onDone={() => props.onOpenChange(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Commands({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('commands');
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = useAllCommands().filter((command) => command.enabled?.() !== false);
  return (
    <Autocomplete filter={contains}>
      <SearchField
        aria-label={t('palette')}
        autoFocus
        className="flex items-center gap-3 border-b border-line px-4"
      >
        <Search aria-hidden className="size-4.5 shrink-0 text-ink-faint" />
        <Input
          placeholder={t('palettePlaceholder')}
          className="h-13 w-full bg-transparent text-base text-ink outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label={t('palette')}
        items={commands}
        renderEmptyState={() => <p className="p-4 text-sm text-ink-faint">{t('paletteNone')}</p>}
        className="max-h-[50vh] overflow-auto p-1.5 outline-none"
      >
        {(command) => (
          <MenuItem
            id={command.id}
            textValue={command.label}
            onAction={() => {
              onDone();
              perform(command);
            }}
            className="flex cursor-default items-center gap-3 rounded-lg px-3 py-2.5 text-sm outline-none focused:bg-hover"
          >
            <command.icon aria-hidden className="size-4.5 shrink-0 text-ink-faint" />
            <span className="flex-1">{command.label}</span>
            {command.keys.slice(0, 1).map((keys) => (
              <KeyCaps key={keys} keys={keys} />
            ))}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}
