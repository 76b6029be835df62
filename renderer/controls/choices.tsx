// One of a few: a row of buttons of which exactly one is chosen.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { WithTooltip } from './button.tsx';

interface ChoicesProps {
  readonly label: string;
  readonly value: string;
  readonly isDisabled?: boolean;
  onChange(value: string): void;
  readonly children: ReactNode;
}

export function Choices({ label, value, isDisabled = false, onChange, children }: ChoicesProps) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={isDisabled}
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(String(key));
      }}
      className="flex shrink-0 gap-0.5 rounded-lg border border-line bg-ground p-0.5"
    >
      {children}
    </ToggleButtonGroup>
  );
}

interface ChoiceProps {
  readonly value: string;
  readonly label: string;
  /** With an icon the label is its tooltip; without, it is written. */
  readonly icon?: LucideIcon;
  readonly keys?: string;
}

export function Choice({ value, label, icon: Icon, keys }: ChoiceProps) {
  const button = (
    <ToggleButton
      id={value}
      aria-label={label}
      className="flex h-8 min-w-9 cursor-default items-center justify-center rounded-md px-2.5 text-sm font-medium text-ink-soft transition-colors duration-100 hovered:text-ink selected:bg-hover selected:text-ink disabled:opacity-45"
    >
      {Icon === undefined ? label : <Icon aria-hidden className="size-[1.15rem]" />}
    </ToggleButton>
  );
  return Icon === undefined ? (
    button
  ) : (
    <WithTooltip label={label} keys={keys}>
      {button}
    </WithTooltip>
  );
}
