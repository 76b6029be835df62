// On or off, at once.
import { SwitchButton, SwitchField } from 'react-aria-components';

interface SwitchProps {
  /** Said by screen readers; what it switches is written beside it. */
  readonly label: string;
  readonly isSelected: boolean;
  readonly isDisabled?: boolean;
  onChange(isSelected: boolean): void;
}

export function Switch({ label, ...props }: SwitchProps) {
  return (
    <SwitchField {...props} aria-label={label} className="inline-flex">
      <SwitchButton className="group inline-flex items-center rounded-full disabled:opacity-50">
        <span className="flex h-5.5 w-10 items-center rounded-full border border-line-strong bg-ground p-0.5 transition-colors duration-100 group-selected:border-accent group-selected:bg-accent">
          <span className="size-4 rounded-full bg-ink-faint transition-transform duration-100 ease-calm group-selected:translate-x-4.5 group-selected:bg-on-accent" />
        </span>
      </SwitchButton>
    </SwitchField>
  );
}
