// A sheet at the top in which one thing out of many is found by a few letters of its name, and chosen with Enter.
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';

/** Of each `MenuItem` in it. */
export const foundRow =
  'flex cursor-default items-center gap-3 rounded-lg px-3 py-2.5 text-sm outline-none focused:bg-hover';

interface FinderProps {
  readonly label: string;
  readonly placeholder: string;
  /** Said when nothing has these letters. */
  readonly none: string;
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  /** The `MenuItem`s; made only while it is open. */
  readonly children: () => ReactNode;
}

export function Finder({ isOpen, onOpenChange, ...finder }: FinderProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-black/50 pt-[14vh]"
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-2xl bg-panel shadow-float">
        <Dialog aria-label={finder.label} className="outline-none">
          <Found {...finder} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Found({ label, placeholder, none, children }: Omit<FinderProps, 'isOpen' | 'onOpenChange'>) {
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <Autocomplete filter={contains}>
      <SearchField aria-label={label} autoFocus className="flex items-center gap-3 border-b border-line px-4">
        <Search aria-hidden className="size-4.5 shrink-0 text-ink-faint" />
        <Input
          placeholder={placeholder}
          className="h-13 w-full bg-transparent text-base text-ink outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label={label}
        renderEmptyState={() => <p className="p-4 text-sm text-ink-faint">{none}</p>}
        className="max-h-[50vh] overflow-auto p-1.5 outline-none"
      >
        {children()}
      </Menu>
    </Autocomplete>
  );
}
