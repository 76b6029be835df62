// What moves in one stream, for as long as the program runs: told as it begins and ends, and as a heat map of each segment.

import type { EpochMs } from '../model/clock.ts';
import { type CellSet, cellCount, cellsOf, countCells, noCells, type Outline } from './cells.ts';
import { type DetectorSettings, type KeyframeMotion, MotionDetector } from './detector.ts';
import { type MotionEvent, MotionEvents } from './events.ts';
import { encodeHeatMap } from './heat-map.ts';

export interface MotionSettings {
  readonly enabled: boolean;
  /** 0 (only strong changes) to 100 (everything that is not noise). */
  readonly sensitivity: number;
  /** Areas that are never looked at. */
  readonly masks: readonly Outline[];
}

export const defaultMotionSettings: MotionSettings = { enabled: true, sensitivity: 50, masks: [] };

export interface StreamMotionListener {
  /** Something moves in the keyframe of this time. */
  onMoved(atMs: EpochMs): void;
  /** Movement began; the event grows until it is told as ended. */
  onBegan(event: MotionEvent): void;
  /** `isKept`: while it went on, footage was being kept. */
  onEnded(event: MotionEvent, isKept: boolean): void;
  /** The heat map of a closed segment in which something moved. */
  onHeatMap(segmentStartMs: EpochMs, blob: Uint8Array): void;
}

interface Span {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

/** Moving keyframes that wait for their segment to close: an hour of the longest segments, at the two a second there are at most. */
const movedLimit = 8_000;
/** Closed segments whose last pictures have not come; they come some keyframes late when a stream has B-frames. */
const closingLimit = 3;

export class StreamMotion {
  readonly #listener: StreamMotionListener;
  readonly #keeps: () => boolean;
  readonly #detector: MotionDetector;
  readonly #events = new MotionEvents();
  #settings: MotionSettings;
  #isKept = false;
  #moved: { readonly atMs: EpochMs; readonly cells: CellSet }[] = [];
  readonly #closing: Span[] = [];
  /** Time of the newest picture; undefined while none is expected. */
  #newestMs: EpochMs | undefined;

  /** `keeps`: whether footage is being kept now. */
  constructor(settings: MotionSettings, keeps: () => boolean, listener: StreamMotionListener) {
    this.#settings = settings;
    this.#keeps = keeps;
    this.#listener = listener;
    this.#detector = new MotionDetector(detectorSettings(settings));
  }

  /** False when no movement will be found, whatever moves: it is switched off, or masks cover the whole picture. */
  get looks(): boolean {
    const { masked } = detectorSettings(this.#settings);
    return this.#settings.enabled && countCells(masked) < cellCount;
  }

  /** Takes effect with the next picture. */
  set(settings: MotionSettings): void {
    if (this.#settings.enabled !== settings.enabled) {
      this.#finishEvent();
      this.#detector.restart();
    }
    this.#settings = settings;
    this.#detector.set(detectorSettings(settings));
  }

  /** A grey picture and its wall time, in order. RangeError when it is not of the size that is analysed. */
  see(grey: Uint8Array, atMs: EpochMs): void {
    this.#newestMs = atMs;
    if (this.#settings.enabled) this.#take(this.#detector.see(grey, atMs));
    this.#settle();
  }

  /** A segment was closed. Its heat map is told when all pictures of it have come. */
  segmentClosed({ startMs, endMs }: Span): void {
    this.#closing.push({ startMs, endMs });
    this.#settle();
  }

  /** No more pictures come for the time being. */
  pause(): void {
    this.#finishEvent();
    this.#detector.restart();
    this.#newestMs = undefined;
    this.#settle();
  }

  #take(motion: KeyframeMotion): void {
    const { atMs, cells, level } = motion;
    const { ended, began } = this.#events.add(motion);
    if (ended !== undefined) this.#tellEnd(ended);
    if (level === 0) return;
    this.#moved.push({ atMs, cells });
    if (this.#moved.length > movedLimit) this.#moved.shift();
    this.#listener.onMoved(atMs);
    this.#isKept ||= this.#keeps();
    if (began !== undefined) this.#listener.onBegan(began);
  }

  #finishEvent(): void {
    const ended = this.#events.finish();
    if (ended !== undefined) this.#tellEnd(ended);
  }

  #tellEnd(event: MotionEvent): void {
    // Movement may be what made the recording begin: then it is kept by now.
    const isKept = this.#isKept || this.#keeps();
    this.#isKept = false;
    this.#listener.onEnded(event, isKept);
  }

  #settle(): void {
    for (let first = this.#closing[0]; first !== undefined; first = this.#closing[0]) {
      const isComplete = this.#newestMs === undefined || this.#newestMs >= first.endMs;
      if (!isComplete && this.#closing.length <= closingLimit) return;
      this.#closing.shift();
      this.#finish(first);
    }
  }

  #finish({ startMs, endMs }: Span): void {
    const inside = this.#moved.filter(({ atMs }) => atMs >= startMs && atMs < endMs);
    if (inside.length === 0) return;
    this.#moved = this.#moved.filter(({ atMs }) => atMs >= endMs);
    // Only a clock that was set back lets them come out of order.
    inside.sort((one, other) => one.atMs - other.atMs);
    this.#listener.onHeatMap(startMs, encodeHeatMap(startMs, inside));
  }
}

function detectorSettings({ sensitivity, masks }: MotionSettings): DetectorSettings {
  return { sensitivity, masked: masks.length === 0 ? noCells() : cellsOf(masks) };
}
