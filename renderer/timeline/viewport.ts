// The part of time a timeline shows: milliseconds to CSS pixels and back, zoom about a point, pan. Pure values.

import { dayMs, type EpochMs } from '../../recorder/model/clock.ts';

/** Lengths and positions before the device's pixel ratio, and before the larger text of a large screen (painter.ts). */
export type CssPixels = number;

export interface Viewport {
  readonly startMs: EpochMs;
  readonly spanMs: number;
  readonly width: CssPixels;
}

/** Time the view may look at; its middle never leaves it. */
export interface Bounds {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

export const shortestSpanMs = 1_000;
export const longestSpanMs = 31 * dayMs;

export function endMs(view: Viewport): EpochMs {
  return view.startMs + view.spanMs;
}

export function msPerPixel(view: Viewport): number {
  return view.spanMs / view.width;
}

export function xAt(view: Viewport, ms: EpochMs): CssPixels {
  return ((ms - view.startMs) / view.spanMs) * view.width;
}

export function msAt(view: Viewport, x: CssPixels): EpochMs {
  return view.startMs + (x / view.width) * view.spanMs;
}

export function shows(view: Viewport, ms: EpochMs): boolean {
  return ms >= view.startMs && ms <= endMs(view);
}

/** Zooms so that the moment under `x` stays there; `factor` < 1 shows less time. */
export function zoomAbout(view: Viewport, x: CssPixels, factor: number): Viewport {
  const spanMs = Math.min(longestSpanMs, Math.max(shortestSpanMs, view.spanMs * factor));
  return { ...view, spanMs, startMs: msAt(view, x) - (x / view.width) * spanMs };
}

/** Moves what is shown to the right by `dx`, as a hand drags it. */
export function panBy(view: Viewport, dx: CssPixels): Viewport {
  return { ...view, startMs: view.startMs - dx * msPerPixel(view) };
}

/** Keeps the middle of the view inside the bounds. */
export function keepWithin(view: Viewport, bounds: Bounds): Viewport {
  const middleMs = view.startMs + view.spanMs / 2;
  const keptMs = Math.min(bounds.endMs, Math.max(bounds.startMs, middleMs));
  return keptMs === middleMs ? view : { ...view, startMs: keptMs - view.spanMs / 2 };
}

/** A new width shows the same time, stretched or squeezed. */
export function resize(view: Viewport, width: CssPixels): Viewport {
  return width === view.width ? view : { ...view, width };
}

/** Shows `ms`: as it is when it can be seen already, else with `ms` in the middle. */
export function reveal(view: Viewport, ms: EpochMs): Viewport {
  return shows(view, ms) ? view : { ...view, startMs: ms - view.spanMs / 2 };
}

/** Where a playing head rests once it has come this far across the view; time then moves beneath it. */
const followAt = 0.85;

/** Keeps a head that moves on from `beforeMs` to `nowMs` in the view, unless the view had lost it before. */
export function follow(view: Viewport, beforeMs: EpochMs, nowMs: EpochMs): Viewport {
  const restMs = view.startMs + view.spanMs * followAt;
  if (!shows(view, beforeMs) || nowMs <= restMs || nowMs <= beforeMs) return view;
  // Beyond the resting place already: keep it where it is on the screen instead of jumping back.
  const fromMs = Math.max(restMs, Math.min(beforeMs, endMs(view)));
  return { ...view, startMs: view.startMs + (nowMs - fromMs) };
}
