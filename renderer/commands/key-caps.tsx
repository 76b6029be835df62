// A shortcut drawn as the keys to press.
import { keyCaps } from './command.ts';

export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span data-keys={keys} className="inline-flex gap-1">
      {keyCaps(keys).map((cap) => (
        <kbd
          key={cap}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line-strong bg-raised px-1.5 font-sans text-xs text-ink-soft"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
