// An operator's hand on the timeline: finds a moment by the card under the pointer, and clicks it.

import { expect, type Locator, type Page } from '@playwright/test';
import { goTo } from './screens.ts';

/** Opens the playback of a camera; ends when a picture is on screen and plays. */
export async function openPlayback(page: Page, name: string): Promise<Locator> {
  await goTo(page, 'Playback');
  const chooser = page.getByRole('button', { name: 'Camera' });
  if (!(await chooser.textContent())?.includes(name)) {
    await chooser.click();
    await page.getByRole('option', { name }).click();
  }
  // Until its own slider is there, the picture on screen may be of the camera before.
  const timeline = page.getByRole('slider', { name: `Timeline of ${name}` });
  await expect(timeline).toBeVisible();
  await expect(page.locator('[data-frame-wall-ms]')).toBeVisible();
  // What stood before stands on, with another camera as well.
  const play = page.getByRole('button', { name: 'Play', exact: true });
  if (await play.isVisible()) await play.click();
  return timeline;
}

/** Wall time of the frame on screen, as the screen shows it; NaN while there is none. */
export async function shownMs(page: Page): Promise<number> {
  const shown = page.locator('[data-frame-wall-ms]');
  if ((await shown.count()) === 0) return Number.NaN;
  return Number(await shown.getAttribute('data-frame-wall-ms'));
}

/** The same once the picture stands still. */
export async function settledMs(page: Page): Promise<number> {
  let last = await shownMs(page);
  const stands = async () => {
    const before = last;
    last = await shownMs(page);
    return last === before;
  };
  await expect.poll(stands, { intervals: [300] }).toBe(true);
  return last;
}

/** From the oldest to the newest footage that the timeline knows, in ms; 0 until it knows of any. */
export async function recordedMs(timeline: Locator): Promise<number> {
  const [newestMs, oldestMs] = await timeline.evaluate((slider) =>
    ['aria-valuemax', 'aria-valuemin'].map((edge) => Number(slider.getAttribute(edge))),
  );
  // Until the first answer the slider ends with the view, ahead of now.
  if (newestMs === undefined || oldestMs === undefined || newestMs > Date.now()) return 0;
  return newestMs - oldestMs;
}

/** Ends when the timeline knows so much footage: a site that has only just begun has none to look at. */
export async function untilRecorded(timeline: Locator, ms: number): Promise<void> {
  await expect.poll(() => recordedMs(timeline), { timeout: ms + 30_000 }).toBeGreaterThan(ms);
}

/** Clicks the moment, once the card under the pointer says it, and gives back the very moment clicked, as the address has it. */
export async function clickAt(page: Page, timeline: Locator, ms: number): Promise<number> {
  const canvas = timeline.locator('canvas');
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  const y = box.height * 0.7;
  let x = 0;
  // The view goes on with the time while something is recorded.
  await expect
    .poll(async () => {
      x = await xOf(timeline, ms);
      await canvas.hover({ position: { x, y } });
      const said = await page.locator('[data-timeline-hover]').getAttribute('data-hover-ms');
      return Math.abs(Number(said) - ms);
    }, 'the card says the moment')
    .toBeLessThan(2_000);
  const before = page.url();
  await canvas.click({ position: { x, y } });
  await expect.poll(() => page.url()).not.toBe(before);
  return Number(/[?&]at=(\d+)/.exec(page.url())?.[1]);
}

/** The card under the pointer says those words of a moment; the view may go on with the time meanwhile. */
export async function expectSaid(page: Page, timeline: Locator, ms: number, words: string): Promise<void> {
  const canvas = timeline.locator('canvas');
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  await expect
    .poll(async () => {
      await canvas.hover({ position: { x: await xOf(timeline, ms), y: box.height / 2 } });
      return page.locator('[data-timeline-hover]').textContent();
    })
    .toContain(words);
}

/** The stretch of time on the timeline. */
export async function viewOf(timeline: Locator): Promise<{ startMs: number; spanMs: number }> {
  const [startMs, spanMs] = await timeline.evaluate(({ dataset }) => [
    Number(dataset['viewStartMs']),
    Number(dataset['viewSpanMs']),
  ]);
  return { startMs: startMs ?? Number.NaN, spanMs: spanMs ?? Number.NaN };
}

/** Where a moment stands on the canvas, in CSS pixels from its left edge. */
export async function xOf(timeline: Locator, ms: number): Promise<number> {
  const { startMs, spanMs } = await viewOf(timeline);
  const box = await timeline.locator('canvas').boundingBox();
  return ((ms - startMs) / spanMs) * (box?.width ?? Number.NaN);
}

/** The colours of the canvas in a column, as `r,g,b`, from top to bottom by CSS pixels. */
export function columnAt(timeline: Locator, x: number): Promise<string[]> {
  return timeline.locator('canvas').evaluate((element, left) => {
    const canvas = element as HTMLCanvasElement;
    const ratio = canvas.width / canvas.clientWidth;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    return Array.from({ length: canvas.clientHeight }, (_, y) =>
      Array.from(
        context.getImageData(Math.round(left * ratio), Math.round((y + 0.5) * ratio), 1, 1).data.slice(0, 3),
      ).join(),
    );
  }, x);
}

/** A colour of the desk's theme as `r,g,b`. */
export function themeColour(page: Page, token: string): Promise<string> {
  return page.evaluate((name) => {
    const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    return [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16)).join();
  }, token);
}
