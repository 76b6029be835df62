// Which tile a key is about: the one that has the keyboard, else the one under the pointer, else the one chosen last.
import type { CameraId } from '../../recorder/model/ids.ts';
import type { CameraTile, ShownPage, WallTile } from './use-wall-page.ts';
import { useWall } from './wall.ts';

/** What is known of the operator's hands. */
export interface Hands {
  /** The slot whose tile has the keyboard. */
  readonly focused: number | undefined;
  /** The slot under the pointer, whose buttons are shown with their keys. */
  readonly pointedAt: number | undefined;
}

function slotAt(element: Element | null | undefined): number | undefined {
  const at = element?.closest<HTMLElement>('[data-slot]');
  return at === null || at === undefined ? undefined : Number(at.dataset['slot']);
}

/** The slot whose tile has the keyboard. */
export function focusedSlot(): number | undefined {
  return slotAt(document.activeElement);
}

export function focusSlot(slot: number): void {
  document.querySelector<HTMLElement>(`[data-slot="${slot}"]`)?.focus();
}

/** Where the keyboard goes when the tile in `slot` is gone; of two as near the earlier. */
export function nearestSlot(tiles: readonly Pick<WallTile, 'slot'>[], slot: number): number | undefined {
  const byDistance = tiles.toSorted((a, b) => Math.abs(a.slot - slot) - Math.abs(b.slot - slot));
  return byDistance[0]?.slot;
}

function hands(): Hands {
  // Asked of the page, not noted at the tiles: one that moves under a resting pointer says nothing by itself.
  return { focused: focusedSlot(), pointedAt: slotAt(document.querySelector('[data-slot]:hover')) };
}

/** The tile the operator is at now; undefined when that is none of several. */
export function tileAt(
  { tiles }: Pick<ShownPage, 'tiles'>,
  { focused, pointedAt }: Hands,
): WallTile | undefined {
  return (
    tiles.find(({ slot }) => slot === focused) ??
    tiles.find(({ slot }) => slot === pointedAt) ??
    (tiles.length === 1 ? tiles[0] : undefined)
  );
}

/** The tile the operator is at, else the one chosen last, if it is on the page. */
export function tileFor(
  page: Pick<ShownPage, 'tiles'>,
  at: Hands,
  selected: CameraId | undefined,
): WallTile | undefined {
  const isChosen = ({ content }: WallTile) => content.kind === 'camera' && content.cameraId === selected;
  return tileAt(page, at) ?? page.tiles.find(isChosen);
}

export const tileAtHand = (page: ShownPage): WallTile | undefined => tileAt(page, hands());

/** The camera that is meant, with the tile it is meant in. */
export function meantCamera(page: ShownPage): CameraTile | undefined {
  const { slot, camera } = meantTile(page) ?? {};
  return slot === undefined || camera === undefined ? undefined : { slot, camera };
}

export const meantTile = (page: ShownPage): WallTile | undefined =>
  tileFor(page, hands(), useWall.getState().selected);
