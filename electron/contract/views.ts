// Saved views of the wall as they cross the contract. What a layout says is the wall's own matter; here it is bounded.

import * as z from 'zod';
import { isId, type ViewId } from '../../recorder/model/ids.ts';
import { TimeMs } from './shapes.ts';
import { Line } from './text.ts';

export const ViewIdShape = z.custom<ViewId>(
  (value) => typeof value === 'string' && isId(value),
  'not a view id',
);

export const viewNameLimit = 80;
/** Views one person can keep. */
export const viewLimit = 100;
/** Characters of a layout as JSON text: a wall of 64 tiles takes a tenth of it. */
export const layoutLimit = 32_768;
export const layoutDepthLimit = 8;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type ViewLayout = { readonly [name: string]: Json };

/** Objects of the wire that are no plain ones (dates, maps, files) are no JSON. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isJson(value: unknown, depth: number): value is Json {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return value.every((part) => isJson(part, depth - 1));
  return isPlain(value) && Object.entries(value).every((entry) => isJson(entry, depth));
}

const isLayout = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  isJson(value, layoutDepthLimit) &&
  JSON.stringify(value).length <= layoutLimit;

export const ViewLayoutShape = z.custom<ViewLayout>(
  isLayout,
  `A layout is a JSON object of at most ${layoutLimit} characters and ${layoutDepthLimit} levels.`,
);

export const ViewInput = z.object({
  /** The view to replace; left out, a new one is made. */
  viewId: ViewIdShape.optional(),
  name: Line(viewNameLimit).min(1, 'A view needs a name.'),
  layout: ViewLayoutShape,
});

/** Windows of one person that find their wall again; a desk has a window for each monitor. */
export const seatLimit = 32;
/** The number of a window among those of one desk, the lowest free one. */
export const Seat = z.number().int().min(1).max(seatLimit);

/** What the wall of a window showed last. */
export const ShownWall = z.object({ wall: ViewLayoutShape.optional() });
export const KeptWall = z.object({ seat: Seat, wall: ViewLayoutShape });

export const SavedView = z.object({
  id: ViewIdShape,
  name: z.string(),
  layout: ViewLayoutShape,
  changedMs: TimeMs,
});
export type SavedView = z.infer<typeof SavedView>;
