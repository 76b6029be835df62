// The commands at hand now: each mounted screen brings its own, and one key handler performs them.
import { useEffect, useId } from 'react';
import { create } from 'zustand';
import { type Command, matches } from './command.ts';

interface CommandsAtHand {
  /** By the component that brought them; a later one goes first, so an open screen wins over the frame. */
  readonly sets: ReadonlyMap<string, readonly Command[]>;
}

const useSets = create<CommandsAtHand>(() => ({ sets: new Map() }));

function put(owner: string, commands: readonly Command[] | undefined): void {
  const sets = new Map(useSets.getState().sets);
  if (commands === undefined) sets.delete(owner);
  else sets.set(owner, commands);
  useSets.setState({ sets });
}

/** Puts commands at hand while the component is mounted. Memoize `commands`: a new array registers anew. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId();
  useEffect(() => {
    put(owner, commands);
    return () => put(owner, undefined);
  }, [owner, commands]);
}

/** All commands at hand, the frame's first. */
export function useAllCommands(): readonly Command[] {
  const sets = useSets((state) => state.sets);
  return [...sets.values()].flat();
}

const ownKeys = 'input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog]';

/** Performs a command unless it is not enabled now. */
export function perform(command: Command): boolean {
  if (command.enabled?.() === false) return false;
  command.perform();
  return true;
}

/**
 * Where keys mean text, or belong to an open dialog or question, no shortcut listens; in a menu or a list, letters and arrows
 * look for entries and those with Control go on to the shortcuts; on a link or a button, Enter is its own.
 */
function keysBelongElsewhere({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (key === 'Enter' && target.closest('a[href], button') !== null) return true;
  const isOwn = target.closest(ownKeys) !== null;
  return isOwn || (!ctrlKey && !metaKey && target.closest('[role=menu], [role=listbox]') !== null);
}

/**
 * A chooser that is closed opens by Enter and the arrows. React Aria also lets letters choose from it: after a camera was
 * chosen, the next shortcut would choose another one.
 */
function isKeyOnClosedChooser({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || key.length > 1) return false;
  return target.closest('button[aria-haspopup=listbox][aria-expanded=false]') !== null;
}

/** Listens for shortcuts on the whole window; returns how to stop. */
export function listenForShortcuts(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || keysBelongElsewhere(event)) return;
    const commands = [...useSets.getState().sets.values()].reverse().flat();
    const command = commands.find(
      (one) => one.keys.some((keys) => matches(keys, event)) && one.enabled?.() !== false,
    );
    if (command === undefined || (event.repeat && command.repeats !== true)) return;
    if (perform(command)) event.preventDefault();
  };
  const beforeChooser = (event: KeyboardEvent) => {
    if (!isKeyOnClosedChooser(event)) return;
    onKeyDown(event);
    if (event.defaultPrevented) event.stopPropagation();
  };
  window.addEventListener('keydown', beforeChooser, { capture: true });
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', beforeChooser, { capture: true });
    window.removeEventListener('keydown', onKeyDown);
  };
}
