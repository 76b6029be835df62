// Draws the ruler: ticks with clock times, and above them the dates; the date at the left edge never leaves the view.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Ruler } from './ruler.ts';
import { fillLine, layout, type Pen, type Scene, trackTop } from './scene.ts';
import { type CssPixels, xAt } from './viewport.ts';

const inset: CssPixels = 6;
const datesMiddle = layout.dates / 2 + 1;
const timesMiddle = layout.dates + layout.times / 2 - 2;

export function drawRuler(pen: Pen, scene: Scene, ruler: Ruler): void {
  const { colours, labels } = scene;
  const tops = {
    day: ruler.unit === 'day' ? layout.dates : 4,
    label: trackTop - 5,
    minor: trackTop - 3,
  };
  for (const { ms, kind } of ruler.ticks) {
    pen.fillStyle = kind === 'minor' ? colours.line : colours.strongLine;
    fillLine(pen, scene, ms, tops[kind], trackTop, 1);
  }
  if (ruler.unit === 'day') {
    drawDays(pen, scene, ruler);
    return;
  }
  pen.fillStyle = colours.faintText;
  pen.textAlign = 'center';
  for (const { ms, kind } of ruler.ticks) {
    if (kind === 'minor') continue;
    const text = labels.clock(ms, ruler.unit);
    // The closest zoom labels tenths; the other two decimals would only repeat noughts.
    const shown = ruler.unit === 'millisecond' ? text.slice(0, -2) : text;
    const x = xAt(scene.view, ms);
    const half = pen.measureText(shown).width / 2;
    // Cut by an edge it would read as another time: 8:16 instead of 18:16.
    if (x >= half && x <= scene.view.width - half) pen.fillText(shown, x, timesMiddle);
  }
  const days = ruler.ticks.filter(({ kind }) => kind === 'day').map(({ ms }) => ms);
  drawHeadings(pen, scene, days, (ms) => labels.day(ms));
}

/** Where days are the smallest step, they are the labels and months the headings. */
function drawDays(pen: Pen, scene: Scene, ruler: Ruler): void {
  const { colours, labels, view } = scene;
  pen.fillStyle = colours.faintText;
  pen.textAlign = 'left';
  for (const { ms, kind } of ruler.ticks) {
    // Cut by the edge the 19th would read as the 9th.
    if (kind === 'day' && ms >= view.startMs) {
      pen.fillText(labels.dayOfMonth(ms), xAt(view, ms) + inset, timesMiddle);
    }
  }
  const firsts = ruler.ticks.filter(({ ms }) => labels.time.read(ms).day === 1).map(({ ms }) => ms);
  drawHeadings(pen, scene, firsts, (ms) => labels.month(ms));
}

/** A heading stands where its stretch begins; the one that began before the view is pushed out by the next. */
function drawHeadings(
  pen: Pen,
  scene: Scene,
  begins: readonly EpochMs[],
  wordsFor: (ms: EpochMs) => string,
): void {
  const { view, colours } = scene;
  const inView = begins.filter((ms) => ms > view.startMs);
  pen.fillStyle = colours.text;
  pen.textAlign = 'left';
  for (const ms of inView) pen.fillText(wordsFor(ms), xAt(view, ms) + inset, datesMiddle);
  const edge = wordsFor(view.startMs);
  const next = inView[0];
  const room = next === undefined ? view.width : xAt(view, next);
  const over = Math.max(0, pen.measureText(edge).width + 3 * inset - room);
  pen.fillText(edge, inset - over, datesMiddle);
}
