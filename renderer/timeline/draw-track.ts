// Draws the track of one stream: footage, gaps by kind, what is unknown, what has not happened yet.

import { isRough } from './footage.ts';
import { eachMerged, type Range } from './ranges.ts';
import { extent, laneTop, layout, type Pen, type Scene, trackTop } from './scene.ts';
import { type CssPixels, endMs, msPerPixel, xAt } from './viewport.ts';

/** A gap never looks narrower than this in the lane. */
const shortestMark: CssPixels = 2;
const hatchStep: CssPixels = 7;
const roughBorder: CssPixels = 3;

export function drawTrack(pen: Pen, scene: Scene): void {
  const { view, colours, footage, nowMs } = scene;
  const window = { startMs: view.startMs, endMs: Math.min(endMs(view), nowMs) };
  drawUnknown(pen, scene);
  if (footage.loaded !== undefined && footage.loaded.endMs > view.startMs) {
    const [left, width] = extent(
      scene,
      Math.max(view.startMs, footage.loaded.startMs),
      Math.min(endMs(view), footage.loaded.endMs),
      0,
    );
    pen.fillStyle = colours.track;
    if (width > 0) pen.fillRect(left, trackTop, width, layout.track);
  }
  if (nowMs < endMs(view)) {
    const [left, width] = extent(scene, Math.max(nowMs, view.startMs), endMs(view), 0);
    pen.fillStyle = colours.future;
    pen.fillRect(left, trackTop, width, layout.track);
  }
  drawGaps(pen, scene, window);
  drawFootage(pen, scene, window);
}

/** Footage is solid. Where smaller holes are not known yet it is hollow: something is there, but not all of it for sure. */
function drawFootage(pen: Pen, scene: Scene, window: Range): void {
  const { view, colours, footage } = scene;
  const onePixel = 1 / scene.pixelRatio;
  const rough = isRough(footage, view);
  eachMerged(footage.coverage, window, msPerPixel(view) / 2, (startMs, stopMs) => {
    const [left, width] = extent(scene, startMs, stopMs, onePixel);
    pen.fillStyle = colours.footage;
    pen.fillRect(left, trackTop, width, layout.track);
    if (!rough) return;
    pen.fillStyle = colours.roughFootage;
    pen.fillRect(left, trackTop + roughBorder, width, layout.track - 2 * roughBorder);
  });
}

/** Time that nothing is known about yet: dots, unlike anything that is known. */
function drawUnknown(pen: Pen, scene: Scene): void {
  const { view, colours, footage } = scene;
  const fromX = footage.loaded === undefined ? view.width : xAt(view, footage.loaded.startMs);
  const untilX = footage.loaded === undefined ? view.width : xAt(view, footage.loaded.endMs);
  pen.fillStyle = colours.strongLine;
  const middle = trackTop + layout.track / 2 - 1;
  const step = 8;
  for (let x = step / 2; x < Math.min(fromX, view.width); x += step) pen.fillRect(x, middle, 2, 2);
  for (let x = Math.max(step / 2, Math.ceil(untilX / step) * step); x < view.width; x += step) {
    pen.fillRect(x, middle, 2, 2);
  }
}

/** Gaps as hatched ground in the track, and as marks that never vanish in the lane below. */
function drawGaps(pen: Pen, scene: Scene, window: Range): void {
  const { colours, footage, view } = scene;
  const kinds = [
    { lean: 'left', ranges: footage.wanted, ground: colours.wantedGapGround, ink: colours.wantedGap },
    { lean: 'right', ranges: footage.faults, ground: colours.faultGround, ink: colours.fault },
  ] as const;
  for (const { lean, ranges, ground, ink } of kinds) {
    eachMerged(ranges, window, msPerPixel(view) / 2, (startMs, stopMs) => {
      const [left, width] = extent(scene, startMs, stopMs, 0);
      pen.fillStyle = ground;
      if (width > 0) pen.fillRect(left, trackTop, width, layout.track);
      if (width >= hatchStep) hatch(pen, left, width, ink, lean);
      pen.fillStyle = ink;
      const [markLeft, markWidth] = extent(scene, startMs, stopMs, shortestMark);
      pen.fillRect(markLeft, laneTop, markWidth, layout.lane);
    });
  }
}

/** Lines that lean to the right for faults and to the left for what was wanted: told apart without colour. */
function hatch(pen: Pen, left: CssPixels, width: CssPixels, ink: string, lean: 'left' | 'right'): void {
  pen.save();
  pen.beginPath();
  pen.rect(left, trackTop, width, layout.track);
  pen.clip();
  pen.strokeStyle = ink;
  pen.lineWidth = 1.25;
  pen.beginPath();
  // On a grid of the screen's, so that hatched stretches side by side look as one.
  const first = Math.floor((left - layout.track) / hatchStep) * hatchStep;
  for (let x = first; x < left + width; x += hatchStep) {
    const [fromX, toX] = lean === 'right' ? [x, x + layout.track] : [x + layout.track, x];
    pen.moveTo(fromX, trackTop + layout.track);
    pen.lineTo(toX, trackTop);
  }
  pen.stroke();
  pen.restore();
}
