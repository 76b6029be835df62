// The keyboard stays on the wall when what had it goes: a tile that was removed, or the list of cameras.
import type { TFunction } from 'i18next';
import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { remark } from '../controls/remark.tsx';
import { focusSlot, nearestSlot } from './meant-tile.ts';
import type { ShownPage } from './use-wall-page.ts';
import { wall } from './wall.ts';
import { addTile } from './wall-actions.ts';

/** Nothing has the keyboard: what had it was taken off the page. */
const isLost = () => document.activeElement === null || document.activeElement === document.body;

/** Hands the keyboard on when the tile that has it goes: to what comes into its slot, else to the nearest one. */
export function useKeptFocus({ tiles }: ShownPage) {
  const held = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (held.current === null || held.current.isConnected || !isLost()) return;
    const next = nearestSlot(tiles, Number(held.current.dataset['slot']));
    if (next !== undefined) focusSlot(next);
  }, [tiles]);
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      held.current = target.closest('[data-slot]');
    },
    onBlur: () => {
      held.current = null;
    },
  };
}

/** Does `change`, whose tile is on the page when this returns, and gives that tile the keyboard. */
export function focusAfter(change: () => number | undefined): void {
  let slot: number | undefined;
  flushSync(() => {
    slot = change();
  });
  if (slot !== undefined) focusSlot(slot);
}

/** A new empty tile that has the keyboard, or a word that there is no room for one. */
export function addFocusedTile(t: TFunction<'live'>, page: ShownPage): void {
  focusAfter(() => {
    const slot = addTile(page);
    if (slot === undefined) remark({ text: t('arrange.full') });
    return slot;
  });
}

/** A list that is opened by hand takes the keyboard, to search in it; one that closes gives it back to the wall. */
export function toggleList(): void {
  flushSync(wall.toggleList);
  const search = document.querySelector<HTMLElement>('[data-camera-list] input');
  if (search !== null) search.focus();
  else if (isLost()) document.querySelector<HTMLElement>('[data-slot][tabindex="0"]')?.focus();
}
