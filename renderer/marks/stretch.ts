// The stretch of time a timeline asks marks for. Pure.
import type { Viewport } from '../timeline/viewport.ts';

/** Parts of a view's span that a question reaches past it on either side, rounded up to a grid of such parts. */
const partsOfSpan = 4;
const partsAside = 2;

/**
 * Bounds on a grid, half a view's span or more beyond the view: the same question serves while the view is panned and
 * zoomed a little, and panning meets marks that are there already.
 */
export function stretchAround({ startMs, spanMs }: Viewport): { startMs: number; endMs: number } {
  const gridMs = 2 ** Math.ceil(Math.log2(spanMs / partsOfSpan));
  const first = Math.floor(startMs / gridMs) - partsAside;
  const last = Math.ceil((startMs + spanMs) / gridMs) + partsAside;
  return { startMs: Math.max(0, first * gridMs), endMs: Math.max(1, last * gridMs) };
}
