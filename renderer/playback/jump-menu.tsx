// The jumps of playback under one button, with their keys: next and previous motion, mark, end of a gap.

import { Milestone } from 'lucide-react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { KeyCaps } from '../commands/key-caps.tsx';
import { perform, useAllCommands } from '../commands/registry.ts';
import { IconButton } from '../controls/button.tsx';

/** Commands by their ids, in this order. */
const jumps = [
  'playback.previousMotion',
  'playback.nextMotion',
  'marks.previous',
  'marks.next',
  'playback.previousGapEnd',
  'playback.nextGapEnd',
];

export function JumpMenu() {
  const { t } = useTranslation('playback');
  const commands = useAllCommands();
  const shown = jumps.flatMap((id) => commands.filter((command) => command.id === id));
  return (
    <MenuTrigger>
      <IconButton icon={Milestone} label={t('jumpTo')} />
      <Popover placement="top" className="rounded-xl bg-raised p-1.5 shadow-float">
        <Menu aria-label={t('jumpTo')} items={shown} className="outline-none">
          {(command) => (
            <MenuItem
              id={command.id}
              textValue={command.label}
              onAction={() => perform(command)}
              className="flex h-9 cursor-default items-center gap-3 rounded-lg px-2.5 text-sm outline-none focused:bg-hover"
            >
              <command.icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
              <span className="flex-1 pr-4">{command.label}</span>
              {command.keys.slice(0, 1).map((keys) => (
                <KeyCaps key={keys} keys={keys} />
              ))}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
