// Looks at every frame of the page at what one tile of the wall shows, as the compositor puts its pictures together.

import type { Page } from '@playwright/test';
import { decodeBurntClock } from '../peers/burnt-clock.ts';
import { cameraName } from './wall.ts';

/** The clock's cells (peers/burnt-clock.ts), each of so many pixels of the canvas it is read from. */
const cell = 10;
const columns = 32;

export interface TileLook {
  readonly seenMs: number;
  readonly isBlack: boolean;
  /** Of the picture in front; 0 without one. */
  readonly width: number;
  /** By the clock in the picture; undefined when it cannot be read. */
  readonly takenMs: number | undefined;
}

interface RawLook extends Omit<TileLook, 'takenMs'> {
  readonly cells: readonly number[];
}

export interface TileWatch {
  last(): Promise<TileLook | undefined>;
  stop(): Promise<readonly TileLook[]>;
}

export async function watchTile(page: Page, number: number): Promise<TileWatch> {
  const watch = await page.evaluateHandle(startLooking, { name: cameraName(number), cell, columns });
  return {
    last: async () => {
      const raw = await watch.evaluate(({ looks }) => looks.at(-1));
      return raw && read(raw);
    },
    stop: async () => {
      const looks = await watch.evaluate((state) => {
        state.goesOn = false;
        return state.looks;
      });
      await watch.dispose();
      return looks.map(read);
    },
  };
}

function read({ cells, ...look }: RawLook): TileLook {
  const pixels: number[] = [];
  for (let y = 0; y < 2 * cell; y += 1) {
    for (let x = 0; x < columns * cell; x += 1) {
      const luma = cells[Math.floor(y / cell) * columns + Math.floor(x / cell)] ?? Number.NaN;
      pixels.push(luma, luma, luma, 255);
    }
  }
  return { ...look, takenMs: decodeBurntClock(pixels, columns * cell, 18 * cell) };
}

/** Runs in the page. */
function startLooking(options: { readonly name: string; readonly cell: number; readonly columns: number }) {
  const [width, height] = [options.columns * options.cell, 18 * options.cell];
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  const state = { looks: [] as RawLook[], goesOn: true };
  const shownIn = (tile: Element) => {
    const layer = (video: HTMLVideoElement) =>
      video.closest('.isolate') === null ? 1_000 : Number(video.style.zIndex);
    return [...tile.querySelectorAll('video')]
      .filter((video) => pictureOf(video) !== undefined)
      .filter((video) => video.checkVisibility({ opacityProperty: true }))
      .sort((a, b) => layer(a) - layer(b));
  };
  const pictures = new WeakMap<
    HTMLVideoElement,
    { readonly src: string; readonly canvas: OffscreenCanvas }
  >();
  /** While a video seeks, its last frame stays on the glass, though it cannot be drawn any more. */
  const pictureOf = (video: HTMLVideoElement) => {
    const before = pictures.get(video);
    const src = video.currentSrc;
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
      return before?.src === src && video.src !== '' ? before.canvas : undefined;
    }
    const canvas = before?.canvas ?? new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
    pictures.set(video, { src, canvas });
    return canvas;
  };
  const look = () => {
    if (pen === null || !state.goesOn) return;
    requestAnimationFrame(look);
    const tile = [...document.querySelectorAll('[data-tile]')].find((one) =>
      one.textContent?.includes(options.name),
    );
    if (tile === undefined) return;
    pen.fillStyle = 'black';
    pen.fillRect(0, 0, width, height);
    const shown = shownIn(tile);
    for (const video of shown) {
      const picture = pictures.get(video);
      if (picture !== undefined) pen.drawImage(picture.canvas, 0, 0);
    }
    const { data } = pen.getImageData(0, 0, width, height);
    const lumaAt = (x: number, y: number) => data[(Math.floor(y) * width + Math.floor(x)) * 4 + 1] ?? 0;
    const cells = Array.from({ length: 2 * options.columns }, (_, at) =>
      lumaAt(
        ((at % options.columns) + 0.5) * options.cell,
        (Math.floor(at / options.columns) + 0.5) * options.cell,
      ),
    );
    // Below the clock the test cameras have a colour of their own.
    const isBlack = [0.3, 0.5, 0.7, 0.9].every((share) => lumaAt(width * 0.02, height * share) < 24);
    state.looks.push({ seenMs: Date.now(), isBlack, width: shown.at(-1)?.videoWidth ?? 0, cells });
  };
  look();
  return state;
}
