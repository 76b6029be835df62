// A wall under test: any number of cameras with a clock in their pictures, and what is to be seen of its tiles.

import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { type Desk, openDesk } from './open-desk.ts';
import { goTo } from './screens.ts';

const small = { kind: 'h264', width: 320, height: 180, fps: 10, gopFrames: 10, kilobits: 250 } as const;

const green = { ...small, background: 0xff3d7a55, audio: 'aac' } as const;
/** Encoded only while they are watched; a small one is watched by four cameras, which saves the machine three encoders. */
const plans = {
  main: { ...small, width: 1280, height: 720, kilobits: 1_200, background: 0xff2f6f98, audio: 'pcma' },
  sub: green,
  ...{ small0: green, small1: green, small2: green, small3: green },
} as const;

export interface Wall extends AsyncDisposable {
  readonly desk: Desk;
  readonly page: Page;
}

export const cameraName = (number: number) => `Camera ${String(number).padStart(2, '0')}`;

/** A headless desk that shows `count` cameras; the first has a large main stream and a small sub stream. */
export async function openWall(browser: Browser, count: number): Promise<Wall> {
  const open = new AsyncDisposableStack();
  try {
    const { urls } = open.use(await startGstreamerCameras(plans));
    const desk = open.use(await openDesk('headless', browser));
    const { client, page } = desk;
    for (let number = 1; number <= count; number += 1) {
      const shared = urls[`small${(number % 4) as 0 | 1 | 2 | 3}`];
      const source = number === 1 ? { url: urls.main, subUrl: urls.sub } : { url: shared };
      await client?.cameras.add({ name: cameraName(number), recording: true, ...source });
    }
    // Sixteen at once may lose their first try on a small machine.
    const recording = count === 1 ? '1 camera recording' : `${count} cameras recording`;
    await goTo(page, 'Live');
    await expect(page.getByText(recording)).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('[data-status=live]')).toHaveCount(count, { timeout: 60_000 });
    return { desk, page, [Symbol.asyncDispose]: () => open.disposeAsync() };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}

/** Ends when the first camera has so much footage. */
export async function untilRecorded({ desk: { client } }: Wall, ms: number): Promise<void> {
  const [camera] = (await client?.cameras.list()) ?? [];
  if (camera === undefined) throw new Error('no camera');
  const recordedMs = async () => {
    const range = { startMs: Date.now() - 600_000, endMs: Date.now() };
    const { oldestMs = 0, newestMs = 0 } =
      (await client?.timeline.range({ streamId: camera.streamId, ...range })) ?? {};
    return newestMs - oldestMs;
  };
  await expect.poll(recordedMs, { timeout: 60_000 }).toBeGreaterThan(ms);
}

export const tileOf = (page: Page, number: number): Locator =>
  page.locator('[data-tile]').filter({ hasText: cameraName(number) });

/** The usual layout that is chosen, by its name. */
export const layoutOf = (page: Page): Locator => page.getByRole('radio', { checked: true });

/** Chooses a layout by its digit, once there is a wall that hears it. */
export async function layOut(page: Page, digit: string, name: string): Promise<void> {
  await expect(page.locator('[data-slot]').first()).toBeVisible();
  await page.keyboard.press(digit);
  await expect(layoutOf(page)).toHaveAccessibleName(name);
}

/** Where a tile lies, as shares of the wall, rounded to a hundredth. */
export async function placeOf(
  page: Page,
  tile: Locator,
): Promise<{ x: number; y: number; w: number; h: number }> {
  const [box, wall] = await Promise.all([
    tile.boundingBox(),
    page.getByRole('region', { name: 'Camera wall' }).boundingBox(),
  ]);
  if (box === null || wall === null) throw new Error('the tile is not on the wall');
  const share = (part: number, of: number) => Math.round((part / of) * 100) / 100;
  // Between two tiles lies a pixel of each.
  return {
    x: share(box.x - 1 - wall.x, wall.width),
    y: share(box.y - 1 - wall.y, wall.height),
    w: share(box.width + 2, wall.width),
    h: share(box.height + 2, wall.height),
  };
}

/** Keeps what the wall shows under a name, by the keyboard. */
export async function saveView(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Shift+V');
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: `View: ${name}` })).toBeVisible();
}
