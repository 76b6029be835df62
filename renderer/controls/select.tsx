// One of some: a button that shows the choice and opens the list.
import { Check, ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly isDisabled?: boolean;
  onChange(value: string): void;
}

export function Select({ label, value, options, isDisabled = false, onChange }: SelectProps) {
  return (
    <AriaSelect
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => key !== null && onChange(String(key))}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <Label className="text-sm font-medium">{label}</Label>
      <Button className="flex h-10 cursor-default items-center justify-between gap-2 rounded-lg border border-line-strong bg-ground px-3 text-sm disabled:opacity-45">
        {/* The words alone: an item's own content has its tick beside them. */}
        <SelectValue className="truncate">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Button>
      <Popover className="min-w-(--trigger-width) overflow-auto rounded-lg bg-raised p-1 shadow-float">
        <ListBox className="outline-none">
          {options.map(([id, text]) => (
            <ListBoxItem
              key={id}
              id={id}
              textValue={text}
              className="group flex cursor-default items-center gap-2 rounded-md px-2.5 py-1.5 text-sm outline-none focused:bg-hover"
            >
              <Check aria-hidden className="size-4 opacity-0 group-selected:opacity-100" />
              {text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
