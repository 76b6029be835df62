// Buttons: one primary per view, quiet ones for the rest; what cannot be undone looks grave, red stays with alarms.
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip as AriaTooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { KeyCaps } from '../commands/key-caps.tsx';

const looks = {
  primary: 'bg-accent text-on-accent hovered:bg-accent-hover',
  quiet: 'border border-line-strong text-ink hovered:bg-hover',
  plain: 'text-ink-soft hovered:bg-hover hovered:text-ink',
  grave: 'bg-ink text-ground hovered:bg-ink-soft',
} as const;
export type ButtonLook = keyof typeof looks;

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  readonly look?: ButtonLook;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

export function Button({ look = 'quiet', icon: Icon, children, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={`inline-flex h-9 shrink-0 cursor-default items-center justify-center gap-2 rounded-lg px-3.5 text-sm font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-45 pending:opacity-60 ${looks[look]}`}
    >
      {Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps
  extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  readonly icon: LucideIcon;
  /** Said by screen readers and shown as the tooltip. */
  readonly label: string;
  /** Shortcut to show in the tooltip. */
  readonly keys?: string | undefined;
  readonly isActive?: boolean;
}

export function IconButton({ icon: Icon, label, keys, isActive = false, ...props }: IconButtonProps) {
  return (
    <WithTooltip label={label} keys={keys}>
      <AriaButton
        {...props}
        aria-label={label}
        className={`inline-flex size-9 shrink-0 cursor-default items-center justify-center rounded-lg transition-colors duration-100 disabled:opacity-40 ${
          isActive ? 'bg-accent-wash text-accent-text' : 'text-ink-soft hovered:bg-hover hovered:text-ink'
        }`}
      >
        <Icon aria-hidden className="size-[1.15rem]" />
      </AriaButton>
    </WithTooltip>
  );
}

/** A label that appears over what it names, with its shortcut. `children` must be focusable. */
export function WithTooltip({
  label,
  keys,
  children,
}: {
  readonly label: string;
  readonly keys?: string | undefined;
  readonly children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip
        offset={8}
        className="flex items-center gap-2 rounded-md bg-raised px-2.5 py-1.5 text-xs text-ink shadow-float"
      >
        {label}
        {keys !== undefined && <KeyCaps keys={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
