// The panel beside a picture: a title, what it can be told, a way to close it, and below what it is for.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

interface SidePanelProps {
  readonly title: string;
  readonly closeLabel: string;
  /** Buttons of its own, left of the one that closes it. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  onClose(): void;
}

export function SidePanel({ title, closeLabel, tools, children, onClose }: SidePanelProps) {
  return (
    <aside
      aria-label={title}
      className="flex h-full min-h-0 w-80 shrink-0 flex-col border-l border-line bg-panel"
    >
      <header className="flex shrink-0 items-center gap-1 pt-2 pr-2 pl-4">
        <h2 className="flex-1 text-sm font-semibold">{title}</h2>
        {tools}
        <IconButton icon={X} label={closeLabel} onPress={onClose} />
      </header>
      {children}
    </aside>
  );
}
