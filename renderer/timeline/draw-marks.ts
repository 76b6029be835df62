// Draws the row of marks: shapes of different outline and colour, bars of ranges, and the brackets of a selection.

import { placeMarks, shapeSize, shapes } from './marks.ts';
import { fillLine, type Layout, layout, type Pen, type Scene, snap, trackTop } from './scene.ts';
import { type CssPixels, endMs, shows, xAt } from './viewport.ts';

const barHeight: CssPixels = 4;

export function drawMarks(pen: Pen, scene: Scene, { marksTop }: Layout): void {
  const { view, marks, colours } = scene;
  const middle = marksTop + layout.marks / 2;
  for (const mark of marks) {
    if (mark.endMs === undefined || mark.endMs < view.startMs || mark.startMs > endMs(view)) continue;
    const left = snap(scene, Math.max(-1, xAt(view, mark.startMs)));
    const right = snap(scene, Math.min(view.width + 1, xAt(view, mark.endMs)));
    pen.fillStyle = colours[mark.kind];
    pen.fillRect(left, middle - barHeight / 2, Math.max(1, right - left), barHeight);
    // A stop at the end, so that a range is told from one that goes on past the view.
    if (shows(view, mark.endMs)) pen.fillRect(right - 2, middle - 5, 2, 10);
  }
  for (const { x, kind, marks: crowd } of placeMarks(marks, view)) {
    drawShape(pen, scene, x, middle, shapes[kind], colours[kind]);
    if (crowd.length > 1) drawCount(pen, scene, x + shapeSize / 2 + 1, middle, crowd.length);
  }
}

/** On ground of its own, so that the bar of a range does not cross it. */
function drawCount(pen: Pen, { colours }: Scene, left: CssPixels, middle: CssPixels, count: number): void {
  const text = count > 99 ? '99+' : String(count);
  pen.fillStyle = colours.ground;
  pen.fillRect(left, middle - layout.marks / 2, pen.measureText(text).width + 3, layout.marks);
  pen.fillStyle = colours.text;
  pen.textAlign = 'left';
  pen.fillText(text, left + 1, middle + 1);
}

function drawShape(
  pen: Pen,
  scene: Scene,
  x: CssPixels,
  middle: CssPixels,
  corners: (typeof shapes)[keyof typeof shapes],
  colour: string,
): void {
  const left = snap(scene, x - shapeSize / 2);
  const top = middle - shapeSize / 2;
  pen.beginPath();
  corners.forEach(([dx, dy], index) => {
    if (index === 0) pen.moveTo(left + dx, top + dy);
    else pen.lineTo(left + dx, top + dy);
  });
  pen.closePath();
  // An edge of the ground keeps shapes apart from the bars beneath them.
  pen.strokeStyle = scene.colours.ground;
  pen.lineWidth = 3;
  pen.stroke();
  pen.fillStyle = colour;
  pen.fill();
}

const feet: CssPixels = 6;
const thick: CssPixels = 2;

/** The selection's own row: a bar from in to out, and lines through the tracks with feet that point at each other. */
export function drawSelection(pen: Pen, scene: Scene, { selectionTop }: Layout): void {
  const { view, colours, selection } = scene;
  const { inMs, outMs } = selection;
  const height = layout.selection - 2;
  // A groove shows that there is a row to draw in.
  pen.fillStyle = colours.line;
  pen.fillRect(0, selectionTop + 1 + height / 2, view.width, 1);
  pen.fillStyle = colours.selection;
  const edge = (ms: number, direction: 1 | -1) => {
    if (!shows(view, ms)) return;
    fillLine(pen, scene, ms, trackTop - thick, selectionTop + 1 + height, thick);
    const x = snap(scene, xAt(view, ms));
    for (const y of [trackTop - thick, selectionTop - 1 + height]) {
      pen.fillRect(direction === 1 ? x : x - feet, y, feet, thick);
    }
  };
  if (inMs !== undefined) edge(inMs, 1);
  if (outMs !== undefined) edge(outMs, -1);
  if (inMs === undefined || outMs === undefined) return;
  const left = Math.max(0, xAt(view, inMs));
  const right = Math.min(view.width, xAt(view, outMs));
  if (right <= left) return;
  pen.fillRect(left, trackTop - thick, right - left, thick);
  pen.fillRect(left, selectionTop + 1, right - left, height);
}
