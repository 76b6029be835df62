// A field to search by words, with its glass and a button that empties it.
import { Search, X } from 'lucide-react';
import { Button, Input, SearchField } from 'react-aria-components';

interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  /** What the button that empties it says. */
  readonly clear: string;
  readonly words: string;
  readonly maxLength?: number;
  onChange(words: string): void;
}

export function SearchBox({ label, placeholder, clear, words, maxLength, onChange }: SearchBoxProps) {
  return (
    <SearchField
      aria-label={label}
      value={words}
      onChange={onChange}
      {...(maxLength === undefined ? {} : { maxLength })}
      className="group flex h-9 items-center gap-2 rounded-lg border border-line-strong bg-ground px-3 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent-text"
    >
      <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <Input
        placeholder={placeholder}
        className="min-w-0 flex-1 bg-transparent text-sm text-ink outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
      />
      <Button aria-label={clear} className="text-ink-faint group-empty:hidden">
        <X aria-hidden className="size-4" />
      </Button>
    </SearchField>
  );
}
