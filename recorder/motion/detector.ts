// Motion between keyframes: the cells that stand out of a slowly learnt background and have changed since the keyframe before.
//
// Out of the background alone, what passed would go on moving until it is forgotten there; changed since the keyframe
// before alone, everything would move twice, where it came from and where it went. Both together is what moves now. A pixel
// only counts by how far it lies outside of what its neighbours were (3 × 3), so that a camera that trembles by a pixel of the
// small picture (24 of 1920), and the edges of what an encoder sharpens and blurs, move nothing.

import type { EpochMs } from '../model/clock.ts';
import {
  addCell,
  analysis,
  type CellSet,
  cellCount,
  countCells,
  hasCell,
  noCells,
  removeCell,
} from './cells.ts';

/** What one keyframe showed. */
export interface KeyframeMotion {
  readonly atMs: EpochMs;
  readonly cells: CellSet;
  /** Moving part of the unmasked picture, 0..1. */
  readonly level: number;
}

export interface DetectorSettings {
  /** 0 (only strong changes) to 100 (everything that is not noise). */
  readonly sensitivity: number;
  /** Cells that are never looked at. */
  readonly masked: CellSet;
}

/** Part of the background that a still cell's new keyframe replaces; at a keyframe every 2 s half of it is 14 s old. */
const stillShare = 0.1;
/** The same of a moving cell: what passes leaves next to nothing behind. */
const movingShare = 0.01;
/** Part of a cell's noise estimate that a new keyframe replaces: what always moves (leaves, water) is noise after minutes. */
const noiseShare = { still: 0.05, moving: 0.01 } as const;
/** A cell's noise lies in these bounds, in grey levels: what an encoder adds to a still picture, and what still lets people show. */
const leastNoise = 1.5;
const mostNoise = 6;
/** When more of the picture than this changes at once it is the light or the camera that moved, not somebody in it. */
const sceneChangeLevel = 0.7;
/** Keyframes after a scene change (or the start) from which only the background is learnt. */
const settleKeyframes = 2;

const { width, height } = analysis;
const pixels = width * height;
const cellWidth = width / analysis.columns;
const cellHeight = height / analysis.rows;

export class MotionDetector {
  #threshold = 0;
  #masked = noCells();
  #looked = cellCount;
  readonly #background = new Float32Array(pixels);
  readonly #before = new Float32Array(pixels);
  readonly #noise = new Float32Array(cellCount).fill(leastNoise);
  #settling = settleKeyframes;
  #isFirst = true;

  constructor(settings: DetectorSettings) {
    this.set(settings);
  }

  /** Goes on with other settings and all that was learnt. */
  set({ sensitivity, masked }: DetectorSettings): void {
    // Times the noise of the cell: 100 → 2.5, 50 → 5, 0 → 10.
    this.#threshold = 10 / 4 ** (sensitivity / 100);
    this.#masked = masked;
    let looked = 0;
    for (let cell = 0; cell < cellCount; cell++) if (!hasCell(masked, cell)) looked++;
    this.#looked = looked;
  }

  /** Forgets what it learnt: the picture has been away. */
  restart(): void {
    this.#isFirst = true;
    this.#settling = settleKeyframes;
  }

  /** Takes one grey picture of `analysis.width` × `analysis.height` bytes; RangeError on any other length. */
  see(grey: Uint8Array, atMs: EpochMs): KeyframeMotion {
    if (grey.length !== pixels) throw new RangeError(`a grey picture has ${pixels} bytes`);
    if (this.#isFirst) {
      this.#background.set(grey);
      this.#before.set(grey);
      this.#isFirst = false;
    }
    const cells = this.#standingOut(grey);
    const moving = countCells(cells);
    const level = this.#looked === 0 ? 0 : moving / this.#looked;
    const isScene = level >= sceneChangeLevel;
    this.#learn(grey, cells, isScene);
    if (!isScene && this.#settling === 0) return { atMs, cells, level };
    this.#settling = isScene ? settleKeyframes : this.#settling - 1;
    return { atMs, cells: noCells(), level: 0 };
  }

  /** The cells that differ from the background and from the keyframe before; the second is only asked where the first is true. */
  #standingOut(grey: Uint8Array): CellSet {
    const cells = this.#beyondNoise(grey, this.#background);
    if (countCells(cells) === 0) return cells;
    compare(grey, this.#before);
    for (let cell = 0; cell < cellCount; cell++) {
      if (hasCell(cells, cell) && meanOf(cell) <= (this.#noise[cell] ?? 0) * this.#threshold) {
        removeCell(cells, cell);
      }
    }
    return cells;
  }

  #beyondNoise(grey: Uint8Array, old: Float32Array): CellSet {
    compare(grey, old);
    const cells = noCells();
    for (let cell = 0; cell < cellCount; cell++) {
      if (hasCell(this.#masked, cell)) continue;
      const difference = meanOf(cell);
      const noise = this.#noise[cell] ?? leastNoise;
      const isBeyond = difference > noise * this.#threshold;
      if (isBeyond) addCell(cells, cell);
      const learnt = noise + (difference - noise) * (isBeyond ? noiseShare.moving : noiseShare.still);
      this.#noise[cell] = Math.min(mostNoise, Math.max(leastNoise, learnt));
    }
    return cells;
  }

  #learn(grey: Uint8Array, moving: CellSet, isScene: boolean): void {
    this.#before.set(grey);
    if (isScene) {
      this.#background.set(grey);
      return;
    }
    const background = this.#background;
    const isStill = countCells(moving) === 0;
    for (let i = 0; i < pixels; i++) {
      const share = isStill || !hasCell(moving, cellAt(i)) ? stillShare : movingShare;
      const old = background[i] ?? 0;
      background[i] = old + ((grey[i] ?? 0) - old) * share;
    }
  }
}

const cellByPixel = Uint8Array.from({ length: pixels }, (_, i) => {
  const [x, y] = [i % width, Math.floor(i / width)];
  return Math.floor(y / cellHeight) * analysis.columns + Math.floor(x / cellWidth);
});
const cellAt = (pixel: number): number => cellByPixel[pixel] ?? 0;

// One picture is looked at after the other, so these serve all detectors.
const differences = new Float32Array(pixels);
const rowLow = new Float32Array(pixels);
const rowHigh = new Float32Array(pixels);

/** Of the picture compared last. */
function meanOf(cell: number): number {
  const left = (cell % analysis.columns) * cellWidth;
  const top = Math.floor(cell / analysis.columns) * cellHeight;
  let sum = 0;
  for (let y = top; y < top + cellHeight; y++) {
    for (let x = left; x < left + cellWidth; x++) sum += differences[y * width + x] ?? 0;
  }
  return sum / (cellWidth * cellHeight);
}

/** How far each pixel lies outside of what it and its neighbours were in `old`, once the light is the same. */
function compare(grey: Uint8Array, old: Float32Array): void {
  for (let i = 0; i < pixels; i++) {
    const x = i % width;
    const value = old[i] ?? 0;
    const left = x > 0 ? (old[i - 1] ?? 0) : value;
    const right = x < width - 1 ? (old[i + 1] ?? 0) : value;
    rowLow[i] = Math.min(value, left, right);
    rowHigh[i] = Math.max(value, left, right);
  }
  const { shift, gain } = lightBetween(grey, old);
  for (let i = 0; i < pixels; i++) {
    const above = i >= width ? i - width : i;
    const below = i < pixels - width ? i + width : i;
    const low = Math.min(rowLow[above] ?? 0, rowLow[i] ?? 0, rowLow[below] ?? 0);
    const high = Math.max(rowHigh[above] ?? 0, rowHigh[i] ?? 0, rowHigh[below] ?? 0);
    const value = ((grey[i] ?? 0) - shift) / gain;
    differences[i] = value > high ? value - high : value < low ? low - value : 0;
  }
}

/** Every so many pixels are enough to tell the light. */
const lightStep = 3;
/** A camera's exposure does not change by more in one keyframe interval than this; beyond it, it is another picture. */
const gainLimit = 1.6;

/**
 * By how much the light of the whole picture changed, so that a cloud or the camera's exposure moves nothing: the median
 * change of the darker and of the brighter half, which what moves in less than half of either does not touch.
 */
function lightBetween(
  grey: Uint8Array,
  old: Float32Array,
): { readonly shift: number; readonly gain: number } {
  let sum = 0;
  for (let i = 0; i < pixels; i += lightStep) sum += old[i] ?? 0;
  const middle = sum / Math.ceil(pixels / lightStep);
  dark.clear();
  bright.clear();
  for (let i = 0; i < pixels; i += lightStep) {
    const value = old[i] ?? 0;
    (value < middle ? dark : bright).add(value, (grey[i] ?? 0) - value);
  }
  const gain = 1 + (bright.medianChange - dark.medianChange) / (bright.meanValue - dark.meanValue);
  // One half is empty when all of the picture is the same.
  if (!(gain <= gainLimit && gain >= 1 / gainLimit)) return { shift: bright.medianChange, gain: 1 };
  return { shift: dark.meanValue * (1 - gain) + dark.medianChange, gain };
}

/** How one half of a picture changed. */
class Half {
  readonly #changes = new Uint16Array(511);
  #count = 0;
  #sum = 0;

  clear(): void {
    this.#changes.fill(0);
    this.#count = 0;
    this.#sum = 0;
  }

  add(value: number, change: number): void {
    this.#count++;
    this.#sum += value;
    const at = Math.round(change) + 255;
    this.#changes[at] = (this.#changes[at] ?? 0) + 1;
  }

  get meanValue(): number {
    return this.#sum / this.#count;
  }

  get medianChange(): number {
    let below = 0;
    for (let at = 0; at < this.#changes.length; at++) {
      below += this.#changes[at] ?? 0;
      if (below * 2 >= this.#count) return at - 255;
    }
    return 0;
  }
}

const dark = new Half();
const bright = new Half();
