// A view of the wall: how its tiles lie and what each one shows. Pure; kept on this desk and, under a name, at the station.
import * as z from 'zod';
import { CameraIdShape } from '../../electron/contract/shapes.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import {
  type Layout,
  layouts,
  overlap,
  placesLimit,
  type Rearranged,
  type Rect,
  type Shape,
  shapeOf,
} from './wall-shape.ts';

/** Slots of a view that is longer than its wall and is paged through. */
const slotsLimit = 256;
/** Seconds on each page of a tour. */
export const tourChoicesS = [5, 10, 15, 30, 60] as const;

const SlotShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('camera'), cameraId: CameraIdShape }),
  /** Shows the camera that was selected last in another tile, or the one in which something moved last. */
  z.object({ kind: z.literal('hotspot'), follows: z.literal('motion').optional() }),
  z.object({ kind: z.literal('empty') }),
]);
export type Slot = z.infer<typeof SlotShape>;

const cells = z.number().int().min(0).max(60);
const RectShape = z.object({ x: cells, y: cells, w: cells.min(1), h: cells.min(1) });
const FreeShape = z
  .object({
    columns: cells.min(1),
    rows: cells.min(1),
    places: z.array(RectShape).min(1).max(placesLimit).readonly(),
  })
  .refine(
    ({ columns, rows, places }) =>
      places.every(
        (place, at) =>
          place.x + place.w <= columns &&
          place.y + place.h <= rows &&
          !places.slice(at + 1).some((other) => overlap(place, other)),
      ),
    'Tiles lie inside the wall and beside each other.',
  );

export const WallView = z.object({
  /** Left out: the smallest layout that shows all cameras. */
  layout: z.union([z.literal(layouts), FreeShape]).optional(),
  /** Left out: all cameras in the station's order. */
  slots: z.array(SlotShape).max(slotsLimit).readonly().optional(),
  /** The view turns its pages by itself. */
  tourS: z.literal(tourChoicesS).optional(),
});
export type WallView = z.infer<typeof WallView>;

export const allCameras: WallView = {};

/** What stands in storage may be of any age; undefined when it is no view. */
export function readView(stored: unknown): WallView | undefined {
  return WallView.safeParse(stored).data;
}

export interface Tile {
  /** Among all slots of the view, over all pages. */
  readonly slot: number;
  readonly rect: Rect;
  readonly content: Slot;
}

export interface Page {
  readonly shape: Shape;
  /** The usual layout in use; undefined for a free one. */
  readonly layout: Layout | undefined;
  readonly tiles: readonly Tile[];
  readonly page: number;
  readonly pages: number;
}

const empty: Slot = { kind: 'empty' };

export function slotsOf(view: WallView, cameraIds: readonly CameraId[]): readonly Slot[] {
  return view.slots ?? cameraIds.map((cameraId) => ({ kind: 'camera', cameraId }));
}

function layoutOf(view: WallView, slotCount: number): Layout | Shape {
  return view.layout ?? layouts.find((layout) => layout >= slotCount && layout !== 6) ?? 9;
}

function shapeIn(layout: Layout | Shape): Shape {
  return typeof layout === 'number' ? shapeOf(layout) : layout;
}

/** The page that is shown, though cameras may have gone meanwhile. */
export function pageOf(view: WallView, cameraIds: readonly CameraId[], wanted: number): Page {
  const slots = slotsOf(view, cameraIds);
  const layout = layoutOf(view, slots.length);
  const shape = shapeIn(layout);
  const perPage = shape.places.length;
  const pages = Math.max(1, Math.ceil(slots.length / perPage));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const tiles = shape.places.map((rect, at) => {
    const slot = page * perPage + at;
    return { slot, rect, content: slots[slot] ?? empty };
  });
  return { shape, layout: typeof layout === 'number' ? layout : undefined, tiles, page, pages };
}

function isSame(a: Slot, b: Slot): boolean {
  return a.kind === 'camera' && b.kind === 'camera' && a.cameraId === b.cameraId;
}

/** Without empty slots at its end. */
function trimmed(slots: readonly Slot[]): Slot[] {
  return slots.slice(0, slots.findLastIndex(({ kind }) => kind !== 'empty') + 1);
}

/** Slots up to and with `slot`, so that it can be set. */
function reaching(view: WallView, cameraIds: readonly CameraId[], slot: number): Slot[] {
  const slots = [...slotsOf(view, cameraIds)];
  while (slots.length <= slot) slots.push(empty);
  return slots;
}

export function swapped(view: WallView, cameraIds: readonly CameraId[], a: number, b: number): WallView {
  const slots = reaching(view, cameraIds, Math.max(a, b));
  [slots[a], slots[b]] = [slots[b] ?? empty, slots[a] ?? empty];
  return { ...view, layout: layoutOf(view, slotsOf(view, cameraIds).length), slots: trimmed(slots) };
}

/** Puts something into a slot. A camera that is on the wall already trades places, so that none is lost or shown twice. */
export function put(view: WallView, cameraIds: readonly CameraId[], slot: number, content: Slot): WallView {
  const slots = reaching(view, cameraIds, slot);
  const before = slots.findIndex((one) => isSame(one, content));
  if (before !== -1) return swapped(view, cameraIds, before, slot);
  slots[slot] = content;
  return { ...view, layout: layoutOf(view, slotsOf(view, cameraIds).length), slots: trimmed(slots) };
}

/** What is on other pages than this one. */
function elsewhere(view: WallView, cameraIds: readonly CameraId[], { tiles }: Page): Slot[] {
  const here = new Set(tiles.map(({ slot }) => slot));
  return slotsOf(view, cameraIds).filter((_, slot) => !here.has(slot));
}

/** The shown page in a shape of the operator's own; what its places showed that went is dropped, other pages follow behind. */
export function rearranged(
  view: WallView,
  cameraIds: readonly CameraId[],
  page: Page,
  { shape, from }: Rearranged,
): WallView {
  const shown = from.map((at) => page.tiles[at]?.content ?? empty);
  return { ...view, layout: shape, slots: trimmed([...shown, ...elsewhere(view, cameraIds, page)]) };
}

/** One tile more on the shown page; a camera that is on the wall already moves there. */
export function withTile(
  view: WallView,
  cameraIds: readonly CameraId[],
  page: Page,
  rect: Rect,
  content: Slot,
): WallView {
  const layout = { ...page.shape, places: [...page.shape.places, rect] };
  const left = page.tiles.map((tile) => (isSame(tile.content, content) ? empty : tile.content));
  const others = elsewhere(view, cameraIds, page).filter((slot) => !isSame(slot, content));
  return { ...view, layout, slots: trimmed([...left, content, ...others]) };
}
