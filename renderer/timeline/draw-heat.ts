// Draws motion onto a track: bars that rise from its foot, pale on the footage they are about.

import { type HeatStrip, heatShare } from './heat.ts';
import { extent, type Pen, type Scene, type TrackPlace } from './scene.ts';
import { endMs } from './viewport.ts';

/** Heights are told apart in steps of this, so that neighbours become one bar and a month costs no more than its pixels. */
const step = 1;

export function drawHeat(
  pen: Pen,
  scene: Scene,
  { startMs, bucketMs, levels }: HeatStrip,
  place: TrackPlace,
): void {
  const { view, nowMs, colours } = scene;
  const indexAt = (ms: number) => (ms - startMs) / bucketMs;
  const last = Math.min(levels.length, Math.ceil(indexAt(Math.min(endMs(view), nowMs))));
  const heightOf = (index: number) => {
    const share = heatShare(levels[index] ?? 0);
    return share === 0 ? 0 : Math.max(2, Math.round((share * place.height) / step) * step);
  };
  pen.fillStyle = colours.motion;
  let index = Math.max(0, Math.floor(indexAt(view.startMs)));
  while (index < last) {
    const height = heightOf(index);
    let next = index + 1;
    while (next < last && heightOf(next) === height) next += 1;
    if (height > 0) {
      const [left, width] = extent(scene, startMs + index * bucketMs, startMs + next * bucketMs, 1);
      pen.fillRect(left, place.top + place.height - height, width, height);
    }
    index = next;
  }
}
