// Pointers and wheel on a timeline: a drag pans, or selects in the selection's row; two fingers and the wheel zoom; a press seeks.

import { type CssPixels, panBy, type Viewport, zoomAbout } from './viewport.ts';

/** A place on the timeline in the pixels its layout is made of. */
export interface Point {
  readonly x: CssPixels;
  readonly y: CssPixels;
}

export interface GestureTargets {
  /** Pixels of the screen for one of the layout. */
  scale(): number;
  change(next: (view: Viewport) => Viewport): void;
  press(at: Point): void;
  /** What the pointer is over; undefined when it left. */
  hover(at: Point | undefined): void;
  /** True where a drag selects a stretch of time. */
  selects(at: Point): boolean;
  select(fromX: CssPixels, toX: CssPixels): void;
}

/** A hand that presses trembles by less than this. */
const dragBegins: CssPixels = 4;
/** Zoom per pixel of wheel: one notch of a mouse (100 to 120) changes the span by a fifth. */
const zoomPerPixel = 0.002;
/** Two fingers on a touch pad come as a wheel with Ctrl and a tenth of the way (UI Events, WheelEvent). */
const pinchPerPixel = 0.02;
/** Pixels that one line of a wheel that counts in lines stands for. */
const pixelsPerLine = 32;
/** Fingers closer than this say nothing of a zoom. */
const leastSpread: CssPixels = 12;

interface Finger {
  readonly from: Point;
  x: CssPixels;
}

/** What the pointers that are down do together. */
class Drag {
  readonly #targets: GestureTargets;
  readonly #fingers = new Map<number, Finger>();
  #kind: 'press' | 'pan' | 'select' | 'pinch' = 'press';

  constructor(targets: GestureTargets) {
    this.#targets = targets;
  }

  begin(pointerId: number, at: Point): void {
    if (this.#fingers.size >= 2) return;
    this.#fingers.set(pointerId, { from: at, x: at.x });
    if (this.#fingers.size === 2) this.#kind = 'pinch';
    else this.#kind = 'press';
  }

  /** Answers whether the pointer does something of its own, so that it only hovers otherwise. */
  move(pointerId: number, { x }: Point): boolean {
    const finger = this.#fingers.get(pointerId);
    if (finger === undefined) return false;
    if (this.#kind === 'press' && Math.abs(x - finger.from.x) >= dragBegins) {
      this.#kind = this.#targets.selects(finger.from) ? 'select' : 'pan';
    }
    if (this.#kind === 'press') return false;
    if (this.#kind === 'select') this.#targets.select(finger.from.x, x);
    else if (this.#kind === 'pinch') this.#pinch(pointerId, x);
    else {
      const dx = x - finger.x;
      this.#targets.change((view) => panBy(view, dx));
    }
    finger.x = x;
    return true;
  }

  end(pointerId: number): void {
    const finger = this.#fingers.get(pointerId);
    if (finger === undefined) return;
    this.#fingers.delete(pointerId);
    // The finger that stays after a pinch moves the view on.
    if (this.#fingers.size > 0) this.#kind = 'pan';
    else if (this.#kind === 'press') this.#targets.press(finger.from);
  }

  cancel(): void {
    this.#fingers.clear();
  }

  /** The moments under both fingers stay under them. */
  #pinch(pointerId: number, x: CssPixels): void {
    const moved = this.#fingers.get(pointerId);
    const other = Array.from(this.#fingers).find(([id]) => id !== pointerId)?.[1];
    if (moved === undefined || other === undefined) return;
    const before = Math.max(leastSpread, Math.abs(moved.x - other.x));
    const after = Math.max(leastSpread, Math.abs(x - other.x));
    const middle = (moved.x + other.x) / 2;
    const dx = (x - moved.x) / 2;
    this.#targets.change((view) => panBy(zoomAbout(view, middle, before / after), dx));
  }
}

/** Listens on `element` until the returned function is called. */
export function listenForGestures(element: HTMLElement, targets: GestureTargets): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const drag = new Drag(targets);
  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    const scale = targets.scale();
    return { x: (event.clientX - left) / scale, y: (event.clientY - top) / scale };
  };
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => element.addEventListener(name, listener, { signal, passive: false });

  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    drag.begin(event.pointerId, at);
    // A finger hovers by resting; it shows what it would play.
    targets.hover(at);
  });
  on('pointermove', (event) => {
    const at = pointOf(event);
    targets.hover(drag.move(event.pointerId, at) ? undefined : at);
  });
  on('pointerup', (event) => {
    drag.end(event.pointerId);
    if (event.pointerType === 'touch') targets.hover(undefined);
  });
  on('pointercancel', () => drag.cancel());
  on('pointerleave', () => targets.hover(undefined));
  on('wheel', (event) => {
    event.preventDefault();
    const unit = (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? pixelsPerLine : 1) / targets.scale();
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    const { x } = pointOf(event);
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      targets.change((view) => panBy(view, -sideways * unit));
      return;
    }
    const perPixel = event.ctrlKey ? pinchPerPixel : zoomPerPixel;
    targets.change((view) => zoomAbout(view, x, Math.exp(event.deltaY * unit * perPixel)));
  });
  return () => ending.abort();
}
