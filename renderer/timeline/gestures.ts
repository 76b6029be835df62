// Pointer and wheel on a timeline: drag pans, wheel zooms about the pointer, a press without a drag seeks.

import { type CssPixels, panBy, type Viewport, zoomAbout } from './viewport.ts';

export interface GestureTargets {
  change(next: (view: Viewport) => Viewport): void;
  press(x: CssPixels, y: CssPixels): void;
  /** The pointer is over `x`, or left. */
  hover(x: CssPixels | undefined): void;
}

/** A hand that presses trembles by less than this. */
const dragBegins: CssPixels = 4;
/** Zoom per pixel of wheel: one notch of a mouse (100 to 120) changes the span by a fifth. */
const zoomPerPixel = 0.002;
/** Pixels that one line of a wheel that counts in lines stands for. */
const pixelsPerLine = 32;

/** Listens on `element` until the returned function is called. */
export function listenForGestures(element: HTMLElement, targets: GestureTargets): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const xOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left;
  const yOf = (event: MouseEvent) => event.clientY - element.getBoundingClientRect().top;
  let drag: { readonly pointerId: number; readonly fromX: number; lastX: number; moved: boolean } | undefined;

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || drag !== undefined) return;
      element.setPointerCapture(event.pointerId);
      drag = { pointerId: event.pointerId, fromX: xOf(event), lastX: xOf(event), moved: false };
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const x = xOf(event);
      if (drag?.pointerId === event.pointerId) {
        drag.moved ||= Math.abs(x - drag.fromX) >= dragBegins;
        if (drag.moved) {
          const dx = x - drag.lastX;
          drag.lastX = x;
          targets.hover(undefined);
          targets.change((view) => panBy(view, dx));
          return;
        }
      }
      targets.hover(x);
    },
    { signal },
  );
  element.addEventListener(
    'pointerup',
    (event) => {
      if (drag?.pointerId !== event.pointerId) return;
      if (!drag.moved) targets.press(drag.fromX, yOf(event));
      drag = undefined;
    },
    { signal },
  );
  element.addEventListener('pointercancel', () => (drag = undefined), { signal });
  element.addEventListener('pointerleave', () => targets.hover(undefined), { signal });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? pixelsPerLine : 1;
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      const x = xOf(event);
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        targets.change((view) => panBy(view, -sideways * unit));
      } else {
        targets.change((view) => zoomAbout(view, x, Math.exp(event.deltaY * unit * zoomPerPixel)));
      }
    },
    { signal, passive: false },
  );
  return () => ending.abort();
}
