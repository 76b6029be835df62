// Draws the track of one stream: footage, motion, gaps by kind, what is unknown, what has not happened yet.

import { drawBands } from './draw-bands.ts';
import { drawHeat } from './draw-heat.ts';
import { type Footage, isRough } from './footage.ts';
import { eachMerged, type Range } from './ranges.ts';
import { extent, type Pen, type Scene, type Track, type TrackPlace } from './scene.ts';
import { type CssPixels, endMs, msPerPixel, xAt } from './viewport.ts';

/** A gap never looks narrower than this in the lane. */
const shortestMark: CssPixels = 2;
const hatchStep: CssPixels = 7;
const roughBorder: CssPixels = 3;

export function drawTrack(pen: Pen, scene: Scene, track: Track, place: TrackPlace): void {
  const { footage, heat } = track;
  const { view, colours, nowMs } = scene;
  const window = { startMs: view.startMs, endMs: Math.min(endMs(view), nowMs) };
  drawUnknown(pen, scene, footage, place);
  if (footage.loaded !== undefined && footage.loaded.endMs > view.startMs) {
    const [left, width] = extent(
      scene,
      Math.max(view.startMs, footage.loaded.startMs),
      Math.min(endMs(view), footage.loaded.endMs),
      0,
    );
    pen.fillStyle = colours.track;
    if (width > 0) pen.fillRect(left, place.top, width, place.height);
  }
  if (nowMs < endMs(view)) {
    const [left, width] = extent(scene, Math.max(nowMs, view.startMs), endMs(view), 0);
    pen.fillStyle = colours.future;
    pen.fillRect(left, place.top, width, place.height);
  }
  drawGaps(pen, scene, footage, place, window);
  drawFootage(pen, scene, footage, place, window);
  if (heat !== undefined) {
    eachMerged(footage.coverage, window, msPerPixel(view) / 2, (fromMs, untilMs) =>
      drawHeat(pen, scene, heat, place, { startMs: fromMs, endMs: untilMs }),
    );
  }
  drawBands(pen, scene, track, place);
  drawLane(pen, scene, footage, place, window);
}

/** Footage is solid. Where smaller holes are not known yet it is hollow: something is there, but not all of it for sure. */
function drawFootage(pen: Pen, scene: Scene, footage: Footage, place: TrackPlace, window: Range): void {
  const { view, colours } = scene;
  const onePixel = 1 / scene.pixelRatio;
  const rough = isRough(footage, view);
  eachMerged(footage.coverage, window, msPerPixel(view) / 2, (startMs, stopMs) => {
    const [left, width] = extent(scene, startMs, stopMs, onePixel);
    pen.fillStyle = colours.footage;
    pen.fillRect(left, place.top, width, place.height);
    if (!rough) return;
    pen.fillStyle = colours.roughFootage;
    pen.fillRect(left, place.top + roughBorder, width, place.height - 2 * roughBorder);
  });
}

/** Time that nothing is known about yet: dots, unlike anything that is known. */
function drawUnknown(pen: Pen, scene: Scene, footage: Footage, place: TrackPlace): void {
  const { view, colours } = scene;
  const fromX = footage.loaded === undefined ? view.width : xAt(view, footage.loaded.startMs);
  const untilX = footage.loaded === undefined ? view.width : xAt(view, footage.loaded.endMs);
  pen.fillStyle = colours.strongLine;
  const middle = place.top + place.height / 2 - 1;
  const step = 8;
  for (let x = step / 2; x < Math.min(fromX, view.width); x += step) pen.fillRect(x, middle, 2, 2);
  for (let x = Math.max(step / 2, Math.ceil(untilX / step) * step); x < view.width; x += step) {
    pen.fillRect(x, middle, 2, 2);
  }
}

/** Gaps as hatched ground in the track. */
function drawGaps(pen: Pen, scene: Scene, footage: Footage, place: TrackPlace, window: Range): void {
  const { colours, view } = scene;
  const kinds = [
    { lean: 'left', ranges: footage.wanted, ground: colours.wantedGapGround, ink: colours.wantedGap },
    { lean: 'right', ranges: footage.faults, ground: colours.faultGround, ink: colours.fault },
  ] as const;
  for (const { lean, ranges, ground, ink } of kinds) {
    eachMerged(ranges, window, msPerPixel(view) / 2, (startMs, stopMs) => {
      const [left, width] = extent(scene, startMs, stopMs, 0);
      pen.fillStyle = ground;
      if (width > 0) pen.fillRect(left, place.top, width, place.height);
      if (width >= hatchStep) hatch(pen, left, width, place, ink, lean);
    });
  }
}

/** Gaps once more as marks that never vanish, on top of all: where tracks are low, their lane is a part of them. */
function drawLane(pen: Pen, scene: Scene, footage: Footage, place: TrackPlace, window: Range): void {
  const { view, colours } = scene;
  const kinds = [
    [footage.wanted, colours.wantedGap],
    [footage.faults, colours.fault],
  ] as const;
  for (const [ranges, ink] of kinds) {
    pen.fillStyle = ink;
    // Marks that touch on screen are one: a month of a bad line is a few strokes and not thousands.
    eachMerged(ranges, window, shortestMark * msPerPixel(view), (startMs, stopMs) => {
      const [left, width] = extent(scene, startMs, stopMs, shortestMark);
      pen.fillRect(left, place.laneTop, width, place.laneHeight);
    });
  }
}

/** Lines that lean to the right for faults and to the left for what was wanted: told apart without colour. */
function hatch(
  pen: Pen,
  left: CssPixels,
  width: CssPixels,
  { top, height }: TrackPlace,
  ink: string,
  lean: 'left' | 'right',
): void {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.strokeStyle = ink;
  pen.lineWidth = 1.25;
  pen.beginPath();
  // On a grid of the screen's, so that hatched stretches side by side look as one.
  const first = Math.floor((left - height) / hatchStep) * hatchStep;
  for (let x = first; x < left + width; x += hatchStep) {
    const [fromX, toX] = lean === 'right' ? [x, x + height] : [x + height, x];
    pen.moveTo(fromX, top + height);
    pen.lineTo(toX, top);
  }
  pen.stroke();
  pen.restore();
}
