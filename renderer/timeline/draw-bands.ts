// Draws what is said about the footage of a track, along its upper edge: what is locked, and what a search found.

import { eachMerged, type Range, type Ranges } from './ranges.ts';
import { extent, type Pen, type Scene, type Track, type TrackPlace } from './scene.ts';
import { type CssPixels, endMs, msPerPixel } from './viewport.ts';

/** Tracks lower than this have bands of half the height. */
const tall: CssPixels = 30;
const narrowest: CssPixels = 2;
/** Keeps a band apart from the footage it lies on, and from the other one. */
const edge: CssPixels = 1;

/** Locks above, hits below; each keeps its place also where the other has nothing. */
export function drawBands(pen: Pen, scene: Scene, { locks, hits }: Track, place: TrackPlace): void {
  const height = place.height >= tall ? 4 : 2;
  if (locks !== undefined) drawBand(pen, scene, locks, scene.colours.evidence, place.top, height);
  if (hits !== undefined) drawBand(pen, scene, hits, scene.colours.text, place.top + height + edge, height);
}

function drawBand(
  pen: Pen,
  scene: Scene,
  ranges: Ranges,
  colour: string,
  top: CssPixels,
  height: CssPixels,
): void {
  const { view, colours } = scene;
  const window: Range = { startMs: view.startMs, endMs: endMs(view) };
  // What touches on screen is one: thousands of hits cost no more than the pixels they fill.
  eachMerged(ranges, window, msPerPixel(view), (startMs, stopMs) => {
    const [left, width] = extent(scene, startMs, stopMs, narrowest);
    pen.fillStyle = colours.ground;
    pen.fillRect(left, top, width, height + edge);
    pen.fillStyle = colour;
    pen.fillRect(left, top, width, height);
  });
}
