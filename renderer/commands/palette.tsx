// The command palette: type a few letters of what you want done, press Enter.
import { MenuItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Finder, foundRow } from './finder.tsx';
import { KeyCaps } from './key-caps.tsx';
import { perform, useAllCommands } from './registry.ts';

interface PaletteProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function Palette({ isOpen, onOpenChange }: PaletteProps) {
  const { t } = useTranslation('commands');
  const commands = useAllCommands();
  return (
    <Finder
      label={t('palette')}
      placeholder={t('palettePlaceholder')}
      none={t('paletteNone')}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      {() =>
        commands
          .filter((command) => command.enabled?.() !== false)
          .map((command) => (
            <MenuItem
              key={command.id}
              id={command.id}
              textValue={command.label}
              onAction={() => {
                onOpenChange(false);
                perform(command);
              }}
              className={foundRow}
            >
              <command.icon aria-hidden className="size-4.5 shrink-0 text-ink-faint" />
              <span className="flex-1">{command.label}</span>
              {command.keys.slice(0, 1).map((keys) => (
                <KeyCaps key={keys} keys={keys} />
              ))}
            </MenuItem>
          ))
      }
    </Finder>
  );
}
