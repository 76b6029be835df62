// Marks and snapshots as an operator makes them: by key, live and in playback; found again by word, played from, taken back.

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { decodeBurntClock } from '../peers/burnt-clock.ts';
import { expect, test } from './desk.ts';
import type { Desk } from './open-desk.ts';
import { see } from './pictures.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { frameMs, names } from './site.ts';
import { clickAt, openPlayback, shownMs, untilRecorded } from './timeline.ts';

/** From a frame of the wall to the frame playback shows for its moment: the encoder's delay and one frame either way. */
const sameMomentMs = 500;

const panel = (page: Page) => page.getByRole('complementary', { name: 'Marks' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'New mark' });
const items = (page: Page) => panel(page).getByRole('grid', { name: 'Marks found' }).getByRole('row');

async function openPanel(page: Page): Promise<Locator> {
  if (!(await panel(page).isVisible())) await page.keyboard.press('Shift+M');
  await expect(panel(page)).toBeVisible();
  return panel(page).getByRole('searchbox', { name: 'Search marks' });
}

async function closePanel(page: Page): Promise<void> {
  await panel(page).getByRole('button', { name: 'Close' }).click();
  await expect(panel(page)).toBeHidden();
}

/** Keys mean text while a field has the focus. */
async function leaveField(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

/** Playback of a camera, paused on a picture of some seconds ago. */
async function pausedPlayback(desk: Desk, name: string): Promise<{ timeline: Locator; atMs: number }> {
  const { page } = desk;
  const timeline = await openPlayback(page, name);
  await untilRecorded(timeline, 12_000);
  const pause = page.getByRole('button', { name: 'Pause' });
  if (await pause.isVisible()) await pause.click();
  const askedMs = await clickAt(page, timeline, Date.now() - 8_000);
  await expect.poll(async () => Math.abs((await shownMs(page)) - askedMs)).toBeLessThan(frameMs + 2);
  await expect(page.locator('[data-frame-wall-ms]')).toHaveAttribute('aria-busy', 'false');
  return { timeline, atMs: await shownMs(page) };
}

test('a moment on the wall is marked by the keyboard alone, found by its words and played', async ({
  site: { desk },
}) => {
  const { page } = desk;
  await goTo(page, 'Live');
  const tile = page.locator('[data-tile]').filter({ hasText: names.lobby });
  await expect(tile).toHaveAttribute('data-status', 'live');
  await tile.focus();
  // What is marked is on screen between these two looks.
  const { takenMs: beforeMs = Number.NaN } = await see(tile.locator('video'));
  await page.keyboard.press('m');
  const { takenMs: afterMs = Number.NaN } = await see(tile.locator('video'));
  await expect(dialog(page)).toContainText(names.lobby);
  await expectNoBarriers(page, 'the mark dialog');
  await page.keyboard.type('Parcel AB-12 left at the door');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(dialog(page).getByRole('radio', { name: 'Warning' })).toBeChecked();
  await takePicture(page, 'mark-dialog');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByText(/^Warning saved at \d\d:\d\d:\d\d$/)).toBeVisible();

  const search = await openPanel(page);
  await search.fill('ab-12 parc');
  await expect(items(page)).toHaveCount(1);
  await expect(items(page)).toContainText('Parcel AB-12 left at the door');
  // What would be syntax to the index is a word like any other.
  for (const words of ['parcel NOT door"', 'text:parcel', '(((', '"']) {
    await search.fill(words);
    await expect(panel(page).getByText('No mark matches')).toBeVisible();
  }
  await search.fill('PARCEL');
  await expect(items(page)).toHaveCount(1);
  await expectNoBarriers(page, 'the panel of marks');
  await takePicture(page, 'live-marks');
  // A mark of now can be played once its picture is on the disk.
  await expect.poll(() => Date.now() - afterMs).toBeGreaterThan(4_000);
  await search.press('Tab');
  for (let tabs = 0; tabs < 8 && !(await isFocused(items(page).first())); tabs += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Playback', level: 1 })).toBeVisible();
  await expect.poll(() => shownMs(page)).toBeGreaterThan(0);
  const atMs = Number(/[?&]at=(\d+)/.exec(page.url())?.[1]);
  expect(atMs).toBeGreaterThan(beforeMs - frameMs);
  expect(atMs).toBeLessThan(afterMs + sameMomentMs);
  await search.fill('');
  await closePanel(page);
});

const isFocused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

test('a stretch between in and out is marked, tagged, drawn, removed and taken back', async ({
  site: { desk },
}) => {
  const { page } = desk;
  const { timeline, atMs } = await pausedPlayback(desk, names.gate);
  await page.keyboard.press('i');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownMs(page)).toBeGreaterThan(atMs);
  const endMs = await shownMs(page);
  await page.keyboard.press('o');
  await expect(page.getByRole('group', { name: 'Selection' })).toContainText(
    /In \d\d:\d\d:\d\d.*Out \d\d:\d\d:\d\d/,
  );
  await expectNoBarriers(page, 'a selection in playback');
  await page.keyboard.press('m');
  await page.keyboard.type('Van unloads');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Van');
  await expect(page.getByRole('option', { name: 'New tag “Van”' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('row', { name: 'Van' })).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Save mark' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('group', { name: 'Selection' })).toBeHidden();

  const search = await openPanel(page);
  await search.fill('van');
  await expect(items(page)).toHaveCount(1);
  await expect(items(page)).toContainText(`${((endMs - atMs) / 1_000).toFixed(1)} s`);
  const canvas = timeline.locator('canvas');
  const seen = await drawnColours(canvas);
  expect(seen.has(await colourOf(page, '--color-mark-note'))).toBe(true);
  await leaveField(page);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => Math.abs((await shownMs(page)) - atMs)).toBeLessThan(frameMs);

  await items(page).hover();
  await items(page).getByRole('button', { name: 'Remove mark' }).click();
  await expect(panel(page).getByText('No mark matches')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(items(page)).toHaveCount(1);
  await expect(items(page)).toContainText('Van unloads');
  await search.fill('');
  await takePicture(page, 'playback-marks');

  await panel(page).getByRole('button', { name: 'Manage tags' }).click();
  const tags = page.getByRole('dialog', { name: 'Tags' });
  await tags.getByRole('button', { name: 'Change Van' }).click();
  await tags.getByLabel('Name').last().fill('Lorry');
  await tags.getByRole('button', { name: 'Save' }).click();
  await expectNoBarriers(page, 'the tags');
  await page.route('**/rpc/tags/remove', (route) => route.abort('connectionreset'));
  await tags.getByRole('button', { name: 'Remove Lorry' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove Lorry' }).click();
  await expect(page.getByText('The station does not answer.')).toBeVisible();
  await page.unroute('**/rpc/tags/remove');
  await page.keyboard.press('Escape');
  await expect(items(page).filter({ hasText: 'Lorry' })).toBeVisible();
  await closePanel(page);
});

/** Every colour that is on the canvas, as `r,g,b`. */
async function drawnColours(canvas: Locator): Promise<Set<string>> {
  const colours = await canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext('2d');
    copy?.drawImage(element as HTMLCanvasElement, 0, 0);
    const data = copy?.getImageData(0, 0, width, height).data ?? [];
    const found = new Set<string>();
    for (let at = 0; at < data.length; at += 4) found.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return [...found];
  });
  return new Set(colours);
}

/** A colour of the theme as `r,g,b`. */
async function colourOf(page: Page, token: string): Promise<string> {
  return page.evaluate((name) => {
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    if (pen === null) throw new Error('no canvas');
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
  }, token);
}

test('a snapshot is the picture on screen, with its camera and time below and in its name', async ({
  site: { desk },
}) => {
  const { page } = desk;
  await pausedPlayback(desk, names.gate);
  const shown = await see(page.locator('video'));
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
  const saved = await download.path();
  // The page rounds the frame's time once more than the reading above does.
  const shownMs = shown.shownMs ?? 0;
  expect([shownMs - 1, shownMs, shownMs + 1].map((ms) => `${names.gate} ${localStamp(ms)}.jpg`)).toContain(
    download.suggestedFilename(),
  );
  await expect(page.getByText(`Snapshot saved: ${download.suggestedFilename()}`)).toBeVisible();

  const picture = await decoded(page, readFileSync(saved).toString('base64'));
  expect(picture).toMatchObject({ width: 1280, height: 760 });
  const luma = picture.clock.flatMap((value) => [value, value, value, 255]);
  expect(decodeBurntClock(luma, 320, 180)).toBe(shown.takenMs);
  // White letters on black.
  expect(picture.bandWhite).toBeGreaterThan(0.01);
  expect(picture.bandWhite).toBeLessThan(0.4);
});

/** As the file's name has it, in the zone of this machine, which is the browser's. */
function localStamp(ms: number): string {
  const at = new Date(Math.floor(ms));
  const two = (value: number, length = 2) => String(value).padStart(length, '0');
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  const zone =
    minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}-${two(at.getMinutes())}-${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`;
  return `${date} ${time} ${zone}`;
}

interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Luma of the top ninth, scaled as `see` scales it. */
  readonly clock: number[];
  /** Part of the band's pixels that is white. */
  readonly bandWhite: number;
}

/** Reads the saved file as a browser shows it. */
async function decoded(page: Page, base64: string): Promise<Decoded> {
  return page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    const { width, height } = image;
    const pixels = (canvas: OffscreenCanvas, draw: (pen: OffscreenCanvasRenderingContext2D) => void) => {
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('no canvas');
      draw(pen);
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from(data.filter((_, index) => index % 4 === 1));
    };
    const clock = pixels(new OffscreenCanvas(320, 20), (pen) =>
      pen.drawImage(image, 0, 0, 1280, 80, 0, 0, 320, 20),
    );
    const band = pixels(new OffscreenCanvas(width, height - 720), (pen) => pen.drawImage(image, 0, -720));
    return { width, height, clock, bandWhite: band.filter((luma) => luma > 200).length / band.length };
  }, base64);
}
