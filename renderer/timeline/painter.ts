// Keeps a canvas showing a scene: sharp at every pixel ratio, in the theme's colours, one frame per change and none else.

import { drawTimeline } from './draw.ts';
import type { Colours, Playhead, Scene } from './scene.ts';
import { type CssPixels, xAt } from './viewport.ts';

/** What the canvas itself cannot know. */
export type Shown = Omit<Scene, 'pixelRatio' | 'font' | 'colours' | 'playhead' | 'hoverMs'>;

/** Root font size the layout is made for; where the desk's text is larger, so is the timeline. */
export const designFontPixels = 15;

/** Pixels of the screen for one of the layout. */
export function designScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / designFontPixels;
}

const tokens: Readonly<Record<keyof Colours, string>> = {
  ground: '--color-panel',
  track: '--color-raised',
  line: '--color-line',
  strongLine: '--color-line-strong',
  text: '--color-ink',
  faintText: '--color-ink-soft',
  footage: '--color-accent',
  roughFootage: '--color-accent-wash',
  motion: '--color-motion',
  fault: '--color-warn-text',
  faultGround: '--color-warn-wash',
  wantedGap: '--color-ink-faint',
  wantedGapGround: '--color-raised',
  future: '--color-panel',
  now: '--color-ink-faint',
  playhead: '--color-ink',
  selection: '--color-accent-text',
  note: '--color-mark-note',
  marker: '--color-mark-marker',
  warning: '--color-mark-warning',
  evidence: '--color-mark-evidence',
};

export class TimelinePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #sizes: ResizeObserver;
  readonly #schemes = window.matchMedia('(prefers-color-scheme: dark)');
  #pixelRatio = 1;
  #look: Pick<Scene, 'font' | 'colours'> | undefined;
  #shown: Shown | undefined;
  #playhead: Playhead | undefined;
  #hoverMs: number | undefined;
  #frame: number | undefined;

  /** Calls `onWidth` with the width in the layout's pixels, at once and whenever it changes. */
  constructor(canvas: HTMLCanvasElement, onWidth: (width: CssPixels) => void) {
    const pen = canvas.getContext('2d', { alpha: false });
    if (pen === null) throw new Error('this browser draws no canvas');
    this.#canvas = canvas;
    this.#pen = pen;
    this.#sizes = new ResizeObserver(([entry]) => {
      const device = entry?.devicePixelContentBoxSize[0];
      const css = entry?.contentBoxSize[0];
      if (device === undefined || css === undefined || css.inlineSize === 0) return;
      canvas.width = device.inlineSize;
      canvas.height = device.blockSize;
      const scale = designScale();
      this.#pixelRatio = (device.inlineSize / css.inlineSize) * scale;
      onWidth(css.inlineSize / scale);
      // A resized canvas is empty; drawn now, it is never seen so.
      this.#paint();
    });
    this.#sizes.observe(canvas, { box: 'device-pixel-content-box' });
    this.#schemes.addEventListener('change', this.#forgetLook);
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#schedule();
  }

  movePlayhead(next: Playhead | undefined): void {
    const before = this.#playhead;
    this.#playhead = next;
    const view = this.#shown?.view;
    if (view === undefined || (before === undefined && next === undefined)) return;
    const movedBy = before && next ? Math.abs(xAt(view, next.ms) - xAt(view, before.ms)) : view.width;
    // A step smaller than half a device pixel is kept for the next one.
    if (before?.pending === next?.pending && movedBy * this.#pixelRatio < 0.5) this.#playhead = before;
    else this.#schedule();
  }

  moveHover(ms: number | undefined): void {
    if (ms === this.#hoverMs) return;
    this.#hoverMs = ms;
    this.#schedule();
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#schemes.removeEventListener('change', this.#forgetLook);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  readonly #forgetLook = () => {
    this.#look = undefined;
    this.#schedule();
  };

  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    if (this.#shown === undefined) return;
    this.#look ??= readLook(this.#canvas);
    drawTimeline(this.#pen, {
      ...this.#shown,
      ...this.#look,
      pixelRatio: this.#pixelRatio,
      playhead: this.#playhead,
      hoverMs: this.#hoverMs,
    });
  }
}

/** Font and colours as they are where `element` stands. */
export function readLook(element: Element): Pick<Scene, 'font' | 'colours'> {
  const style = getComputedStyle(element);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const entries = Object.entries(tokens).map(([name, token]) => [name, colour(token)]);
  const colours = Object.fromEntries(entries) as unknown as Colours;
  return { font: `500 11px ${style.fontFamily}`, colours };
}
