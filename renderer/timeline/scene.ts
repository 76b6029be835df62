// What a picture of the timeline is made from: the scene, its layout, and the few canvas calls that drawing needs.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Footage } from './footage.ts';
import type { HeatStrip } from './heat.ts';
import type { Labels } from './labels.ts';
import type { Selection, TimelineMark } from './marks.ts';
import type { Range, Ranges } from './ranges.ts';
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
  /** On footage. */
  readonly motion: string;
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

/** One camera's row. */
export interface Track {
  readonly footage: Footage;
  /** What moved; undefined while it is not known. */
  readonly heat?: HeatStrip | undefined;
  /** What evidence locks keep. */
  readonly locks?: Ranges | undefined;
  /** What a search found. */
  readonly hits?: Ranges | undefined;
}

export interface Scene {
  readonly view: Viewport;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  readonly font: string;
  readonly colours: Colours;
  readonly labels: Labels;
  /** From top to bottom. */
  readonly tracks: readonly Track[];
  /** Which of them the selected stretch, and what is read aloud, are about. */
  readonly chosen: number;
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

/** Heights that are the same for any number of tracks. */
export const layout = { dates: 20, times: 18, marks: 16, selection: 12, bottom: 2 } as const;
export const trackTop: CssPixels = layout.dates + layout.times;

/** Where a track lies, and the lane that keeps its short gaps visible at every zoom. */
export interface TrackPlace {
  readonly top: CssPixels;
  readonly height: CssPixels;
  readonly laneTop: CssPixels;
  readonly laneHeight: CssPixels;
}

/** From top to bottom: dates and clock times, tracks, marks, the selection. */
export interface Layout {
  readonly tracks: readonly TrackPlace[];
  readonly tracksBottom: CssPixels;
  readonly marksTop: CssPixels;
  readonly selectionTop: CssPixels;
  readonly height: CssPixels;
}

const between: CssPixels = 2;

/** A single track is tall with its lane below it; of several each is as tall as lets the pictures keep their room. */
export function layoutFor(count: number): Layout {
  const tracks =
    count <= 1 ? [onlyPlace] : Array.from({ length: count }, (_, index) => placeOf(index, count));
  const last = tracks.at(-1) ?? onlyPlace;
  const tracksBottom = Math.max(last.top + last.height, last.laneTop + last.laneHeight);
  const marksTop = tracksBottom + between;
  const selectionTop = marksTop + layout.marks;
  const height = selectionTop + layout.selection + layout.bottom;
  return { tracks, tracksBottom, marksTop, selectionTop, height };
}

const onlyHeight = 36;
const onlyPlace: TrackPlace = {
  top: trackTop,
  height: onlyHeight,
  laneTop: trackTop + onlyHeight + between,
  laneHeight: 6,
};

function placeOf(index: number, count: number): TrackPlace {
  const height = count <= 4 ? 18 : count <= 9 ? 13 : 11;
  const top = trackTop + index * (height + 1);
  const laneHeight = 3;
  return { top, height, laneTop: top + height - laneHeight, laneHeight };
}

/** The track at `y`; the chosen one where there is none. */
export function trackAt({ tracks }: Layout, y: CssPixels, chosen: number): number {
  const found = tracks.findIndex(({ top, height }) => y >= top && y <= top + height);
  return found === -1 ? chosen : found;
}

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
