// What a picture of the timeline is made from: the scene, its layout, and the few canvas calls that drawing needs.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Footage } from './footage.ts';
import type { Labels } from './labels.ts';
import type { Selection, TimelineMark } from './marks.ts';
import type { Range } from './ranges.ts';
import { type CssPixels, type Viewport, xAt } from './viewport.ts';

/** What drawing needs of a canvas context. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'setTransform'
  | 'fillRect'
  | 'fillText'
  | 'measureText'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'rect'
  | 'clip'
  | 'fill'
  | 'stroke'
  | 'save'
  | 'restore'
>;

/** CSS colours by what they mean. */
export interface Colours {
  readonly ground: string;
  readonly track: string;
  readonly line: string;
  readonly strongLine: string;
  readonly text: string;
  readonly faintText: string;
  readonly footage: string;
  /** Footage whose smaller holes are not known yet. */
  readonly roughFootage: string;
  readonly fault: string;
  readonly faultGround: string;
  readonly wantedGap: string;
  readonly wantedGapGround: string;
  readonly future: string;
  readonly now: string;
  readonly playhead: string;
  readonly selection: string;
  readonly note: string;
  readonly marker: string;
  readonly warning: string;
  readonly evidence: string;
}

export interface Playhead {
  readonly ms: EpochMs;
  /** Asked for, its picture not yet on screen. */
  readonly pending: boolean;
}

export interface Scene {
  readonly view: Viewport;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  readonly font: string;
  readonly colours: Colours;
  readonly labels: Labels;
  readonly footage: Footage;
  readonly nowMs: EpochMs;
  readonly playhead: Playhead | undefined;
  readonly hoverMs: EpochMs | undefined;
  /** A stretch somebody asked about, e.g. the gap a click fell into. */
  readonly selected: Range | undefined;
  /** By start. */
  readonly marks: readonly TimelineMark[];
  /** What is about to be marked. */
  readonly selection: Selection;
}

/** Heights from top to bottom: dates, clock times, track, a lane that keeps short gaps visible at every zoom, marks. */
export const layout = { dates: 20, times: 18, track: 36, lane: 6, marks: 16, bottom: 2 } as const;
export const trackTop = layout.dates + layout.times;
export const laneTop = trackTop + layout.track + 2;
export const marksTop = laneTop + layout.lane + 2;
export const timelineHeight: CssPixels = marksTop + layout.marks + layout.bottom;

/** The nearest edge of a device pixel, so that edges stay sharp. */
export function snap(scene: Scene, x: CssPixels): CssPixels {
  return Math.round(x * scene.pixelRatio) / scene.pixelRatio;
}

/** A sharp upright line at a moment. */
export function fillLine(
  pen: Pen,
  scene: Scene,
  ms: EpochMs,
  top: CssPixels,
  bottom: CssPixels,
  width: CssPixels,
): void {
  const sharp = Math.max(1, Math.round(width * scene.pixelRatio)) / scene.pixelRatio;
  pen.fillRect(snap(scene, xAt(scene.view, ms) - sharp / 2), top, sharp, bottom - top);
}

/** Left edge and width of a stretch on screen, on device pixels, at least `least` wide. */
export function extent(
  scene: Scene,
  startMs: EpochMs,
  stopMs: EpochMs,
  least: CssPixels,
): [CssPixels, CssPixels] {
  const left = snap(scene, xAt(scene.view, startMs));
  const right = snap(scene, xAt(scene.view, stopMs));
  return [left, Math.max(right - left, least)];
}
