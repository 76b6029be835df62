// Draws motion onto a track: bars that rise from its foot, pale on the footage they are about, and never beside it.

import { type HeatStrip, heatShare } from './heat.ts';
import type { Range } from './ranges.ts';
import { extent, type Pen, type Scene, type TrackPlace } from './scene.ts';

/** Heights are told apart in steps of this, so that neighbours become one bar and a month costs no more than its pixels. */
const step = 1;

/** The bars of one stretch of footage, cut to it: what is measured over a while may reach over its ends. */
export function drawHeat(
  pen: Pen,
  scene: Scene,
  { startMs, bucketMs, levels }: HeatStrip,
  place: TrackPlace,
  footage: Range,
): void {
  const { colours } = scene;
  const indexAt = (ms: number) => (ms - startMs) / bucketMs;
  const last = Math.min(levels.length, Math.ceil(indexAt(footage.endMs)));
  const heightOf = (index: number) => {
    const share = heatShare(levels[index] ?? 0);
    return share === 0 ? 0 : Math.max(2, Math.round((share * place.height) / step) * step);
  };
  pen.fillStyle = colours.motion;
  let index = Math.max(0, Math.floor(indexAt(footage.startMs)));
  while (index < last) {
    const height = heightOf(index);
    let next = index + 1;
    while (next < last && heightOf(next) === height) next += 1;
    if (height > 0) {
      const fromMs = Math.max(footage.startMs, startMs + index * bucketMs);
      const untilMs = Math.min(footage.endMs, startMs + next * bucketMs);
      const [left, width] = extent(scene, fromMs, untilMs, 1 / scene.pixelRatio);
      pen.fillRect(left, place.top + place.height - height, width, height);
    }
    index = next;
  }
}
