// Draws a timeline onto a canvas: ruler, tracks, now, pointer, playhead. Knows neither DOM nor React.

import { drawMarks, drawSelection } from './draw-marks.ts';
import { drawRuler } from './draw-ruler.ts';
import { drawTrack } from './draw-track.ts';
import type { Range } from './ranges.ts';
import { rulerFor } from './ruler.ts';
import {
  extent,
  fillLine,
  type Layout,
  layout,
  layoutFor,
  type Pen,
  type Playhead,
  type Scene,
  snap,
  type TrackPlace,
  trackTop,
} from './scene.ts';
import { shows, xAt } from './viewport.ts';

export function drawTimeline(pen: Pen, scene: Scene): void {
  const { view, colours, pixelRatio, tracks, chosen } = scene;
  const places = layoutFor(tracks.length);
  pen.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, view.width, places.height);
  pen.font = scene.font;
  pen.textBaseline = 'middle';
  tracks.forEach((track, index) => {
    const place = places.tracks[index];
    if (place !== undefined) drawTrack(pen, scene, track, place);
  });
  drawMarks(pen, scene, places);
  drawRuler(pen, scene, rulerFor(view, scene.labels.time));
  const chosenPlace = places.tracks[chosen];
  if (scene.selected !== undefined && chosenPlace !== undefined) {
    drawSelected(pen, scene, scene.selected, chosenPlace);
  }
  drawSelection(pen, scene, places);
  if (shows(view, scene.nowMs)) {
    pen.fillStyle = colours.now;
    fillLine(pen, scene, scene.nowMs, layout.dates, places.height, 1);
  }
  if (scene.hoverMs !== undefined && shows(view, scene.hoverMs)) {
    pen.fillStyle = colours.faintText;
    fillLine(pen, scene, scene.hoverMs, layout.dates, places.height, 1);
  }
  if (scene.playhead !== undefined && shows(view, scene.playhead.ms))
    drawPlayhead(pen, scene, scene.playhead, places);
}

/** A frame around the stretch, so that its hatching stays readable. */
function drawSelected(pen: Pen, scene: Scene, { startMs, endMs }: Range, { top, height }: TrackPlace): void {
  const [left, width] = extent(scene, startMs, endMs, 2);
  const thick = 2;
  pen.fillStyle = scene.colours.playhead;
  pen.fillRect(left, top, width, thick);
  pen.fillRect(left, top + height - thick, width, thick);
  if (width <= 2 * thick) return;
  pen.fillRect(left, top, thick, height);
  pen.fillRect(left + width - thick, top, thick, height);
}

/** A line through everything under a grip; hollow while its picture is not on screen yet. */
function drawPlayhead(pen: Pen, scene: Scene, { ms, pending }: Playhead, { tracksBottom }: Layout): void {
  const { colours, view } = scene;
  const x = snap(scene, xAt(view, ms));
  pen.fillStyle = colours.playhead;
  fillLine(pen, scene, ms, trackTop - 4, tracksBottom, pending ? 1 : 2);
  pen.beginPath();
  pen.moveTo(x - 6, layout.dates + 4);
  pen.lineTo(x + 6, layout.dates + 4);
  pen.lineTo(x + 6, layout.dates + 10);
  pen.lineTo(x, trackTop - 1);
  pen.lineTo(x - 6, layout.dates + 10);
  pen.closePath();
  pen.fillStyle = pending ? colours.ground : colours.playhead;
  pen.fill();
  pen.strokeStyle = pending ? colours.playhead : colours.ground;
  pen.lineWidth = 1;
  pen.stroke();
}
