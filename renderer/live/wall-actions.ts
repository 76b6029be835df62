// What operators do with the tiles of the shown page, each as one change that can be taken back.
import type { CameraId } from '../../recorder/model/ids.ts';
import type { ShownPage } from './use-wall-page.ts';
import { useWall, wall } from './wall.ts';
import { type Rearranged, type Rect, refined, replaced, roomAt, without } from './wall-shape.ts';
import { pageOf, put, rearranged, type Slot, swapped, type WallView, withTile } from './wall-view.ts';

const view = (): WallView => useWall.getState().view;

/** The index among the page's places of a slot that is shown. */
export function placeOf({ whole }: ShownPage, slot: number): number {
  return whole.tiles.findIndex((tile) => tile.slot === slot);
}

/** What comes into the enlarged tile is enlarged in its place: a change nobody sees would be none. */
export function fill({ cameras, cameraIds, enlarged, tiles }: ShownPage, slot: number, content: Slot): void {
  wall.change(put(view(), cameraIds, slot, content));
  if (enlarged === undefined || content.kind !== 'camera' || tiles[0]?.slot !== slot) return;
  wall.enlarge(cameras.find(({ id }) => id === content.cameraId)?.streamId);
}

/** Into the first empty tile, so that no camera goes while there is room; else the one chosen last, else the first. */
export function showCamera(page: ShownPage, cameraId: CameraId): void {
  const { focused, selected } = useWall.getState();
  const target =
    page.whole.tiles.find(({ content }) => content.kind === 'empty') ??
    page.tiles.find(({ camera }) => camera !== undefined && camera.streamId === focused) ??
    page.tiles.find(({ camera }) => camera !== undefined && camera.id === selected) ??
    page.whole.tiles[0];
  if (target !== undefined) fill(page, target.slot, { kind: 'camera', cameraId });
}

export function trade({ cameraIds }: ShownPage, from: number, to: number): void {
  if (from !== to) wall.change(swapped(view(), cameraIds, from, to));
}

function lay(page: ShownPage, change: Rearranged): void {
  wall.change(rearranged(view(), page.cameraIds, page.whole, change));
}

/** Moves or resizes a tile on the fine grid. */
export function reshape(page: ShownPage, slot: number, change: (rect: Rect) => Rect): void {
  const shape = refined(page.shape);
  const index = placeOf(page, slot);
  const rect = shape.places[index];
  if (rect !== undefined) lay(page, replaced(shape, index, change(rect)));
}

/** Takes a tile off the wall; the last one stays. */
export function removeTile(page: ShownPage, slot: number): void {
  const shape = refined(page.shape);
  if (shape.places.length > 1) lay(page, without(shape, placeOf(page, slot)));
}

/** A new tile in the empty room at a point, given as shares of the wall; false when there is none. */
export function addTileAt(page: ShownPage, shareX: number, shareY: number, content: Slot): boolean {
  const shape = refined(page.shape);
  const room = roomAt(shape, Math.floor(shareX * shape.columns), Math.floor(shareY * shape.rows));
  if (room === undefined) return false;
  const tiles = page.whole.tiles.map((tile, at) => ({ ...tile, rect: shape.places[at] ?? tile.rect }));
  wall.change(withTile(view(), page.cameraIds, { ...page.whole, shape, tiles }, room, content));
  return true;
}

/** A new empty tile in the first empty room there is: its slot; undefined when the wall is full. */
export function addTile(page: ShownPage): number | undefined {
  const { columns, rows } = refined(page.shape);
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const x = ((cell % columns) + 0.5) / columns;
    const y = (Math.floor(cell / columns) + 0.5) / rows;
    if (addTileAt(page, x, y, { kind: 'empty' })) {
      return pageOf(view(), page.cameraIds, page.page).tiles.at(-1)?.slot;
    }
  }
  return undefined;
}
