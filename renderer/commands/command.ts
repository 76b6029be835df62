// A command is one object: what it is called, which keys and icon it has, what it does. Shortcuts, sheet and palette read it.
import type { LucideIcon } from 'lucide-react';

export type CommandGroup = 'general' | 'live' | 'tile' | 'arrange' | 'playback' | 'cameras';

export interface Command {
  /** Unique among the commands at hand, e.g. `live.layout-4`. */
  readonly id: string;
  /** In the operator's language. */
  readonly label: string;
  readonly group: CommandGroup;
  /** Any of these perform it, e.g. `4`, `?`, `Plus`, `Mod+K`, `Shift+ArrowLeft`. `Mod` is Ctrl, or Command on a Mac. */
  readonly keys: readonly string[];
  readonly icon: LucideIcon;
  perform(): void;
  /** Absent means always. */
  enabled?(): boolean;
  /** The sheet of shortcuts shows neighbours with the same words here as one line, such as the four arrows. */
  readonly line?: string;
  /** Performed again and again while the key is held down. */
  readonly repeats?: boolean;
}

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Keys that could not be told from the plus between keys, or not be seen. */
const spelledKeys: Record<string, string> = { ' ': 'Space', '+': 'Plus' };

const modifiers = new Set(['Mod', 'Shift', 'Alt']);

/**
 * True when `press` is the shortcut `keys`. Shift is only compared for named keys (`Shift+ArrowLeft`) and letters:
 * which sign needs it (`?`) depends on the keyboard's layout.
 */
export function matches(keys: string, press: KeyPress): boolean {
  const parts = keys.split('+');
  const wanted = parts.at(-1) ?? '';
  const key = spelledKeys[press.key] ?? press.key;
  if (wanted.toLowerCase() !== key.toLowerCase()) return false;
  if (parts.includes('Mod') !== (press.ctrlKey || press.metaKey)) return false;
  if (parts.includes('Alt') !== press.altKey) return false;
  const isSign = wanted === 'Plus' || (wanted.length === 1 && wanted.toLowerCase() === wanted.toUpperCase());
  return isSign || parts.includes('Shift') === press.shiftKey;
}

const keyNames: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  Plus: '+',
};

/** The key caps to show for a shortcut, e.g. `['Ctrl', 'K']`. */
export function keyCaps(keys: string): string[] {
  const mac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');
  return keys.split('+').map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (modifiers.has(part)) return part;
    return keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
