// Reads what a video element shows: its pixels, and the time that the test cameras burn into them.

import type { Locator } from '@playwright/test';
import { decodeBurntClock } from '../peers/burnt-clock.ts';

/** The picture is read at this size: the clock's cells are then 10 × 10 pixels. */
const size = { width: 320, height: 180 };
/** The clock fills the top ninth. */
const clockRows = size.height / 9;

/** The camera's clock in a small picture of the page; undefined when there is none to be read. */
export async function takenMsOf(image: Locator): Promise<number | undefined> {
  const { luma, width, height } = await image.evaluate((element) => {
    const source = element as HTMLImageElement;
    const canvas = document.createElement('canvas');
    canvas.width = source.naturalWidth;
    canvas.height = source.naturalHeight;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    context.drawImage(source, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, Math.ceil(canvas.height / 9));
    return {
      luma: Array.from(data.filter((_, index) => index % 4 === 1)),
      width: canvas.width,
      height: canvas.height,
    };
  });
  const pixels = luma.flatMap((one) => [one, one, one, 255]);
  return decodeBurntClock(pixels, width, height);
}

export interface SeenPicture {
  /** UTC ms at which the camera took it, by the clock burnt into it; undefined when there is none to be read. */
  readonly takenMs: number | undefined;
  /** UTC ms at which it was on the video element. */
  readonly seenMs: number;
  /** The wall time that the playback screen shows for it. */
  readonly shownMs: number | undefined;
  /** The tile's status at that moment. */
  readonly status: string | undefined;
}

/** While a video seeks, its last picture stays on the glass, but cannot be drawn: for so long the next one is awaited. */
const nextPictureMs = 250;

/** One look at the video element and at what the page says of it, in the same task of the page. */
export async function see(video: Locator): Promise<SeenPicture> {
  const look = await video.evaluate(
    async (element, { width, height, rows, nextPictureMs }) => {
      const source = element as HTMLVideoElement;
      const untilMs = performance.now() + nextPictureMs;
      const canBeDrawn = () => !source.seeking && source.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
      while (!canBeDrawn() && performance.now() < untilMs) await new Promise(requestAnimationFrame);
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('no canvas');
      context.drawImage(source, 0, 0, width, height);
      const time = document.querySelector('[data-frame-wall-ms]')?.getAttribute('data-frame-wall-ms');
      return {
        // Each pixel is grey: one of its three values tells it.
        luma: Array.from(context.getImageData(0, 0, width, rows).data.filter((_, index) => index % 4 === 1)),
        seenMs: Date.now(),
        shownMs: time == null ? undefined : Number(time),
        status: source.closest('[data-status]')?.getAttribute('data-status') ?? undefined,
      };
    },
    { ...size, rows: clockRows, nextPictureMs },
  );
  const pixels = look.luma.flatMap((luma) => [luma, luma, luma, 255]);
  return {
    takenMs: decodeBurntClock(pixels, size.width, size.height),
    seenMs: look.seenMs,
    shownMs: look.shownMs,
    status: look.status,
  };
}

/** A number that changes with the picture, for pictures without a clock. */
export function fingerprint(video: Locator): Promise<number> {
  return video.evaluate((element) => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 36;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    context.drawImage(element as HTMLVideoElement, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, index) => (sum * 31 + value * (index % 7)) % 1_000_000_007, 7);
  });
}
