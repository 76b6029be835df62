// Motion search: a region is drawn on the picture, what moved in it is listed with its thumbnail, and Enter plays it.

import type { Page } from '@playwright/test';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expect, test } from './desk.ts';
import { openDesk } from './open-desk.ts';
import { see } from './pictures.ts';
import { expectNoBarriers, takePicture } from './screens.ts';
import { expectSaid, shownMs } from './timeline.ts';
import { addVisited, visitedPlan, visits } from './visited.ts';

const gopMs = 1_000;
const frameMs = 1_000 / visitedPlan.fps;
/** Played before the first keyframe with motion. */
const leadMs = 1_000;

const panel = (page: Page) => page.getByRole('complementary', { name: 'Motion search' });
const hits = (page: Page) => panel(page).getByRole('grid', { name: 'Motion found' }).getByRole('row');
const layer = (page: Page) => page.locator('[data-region-layer]');

/** Drags over the picture, in parts of it. */
async function dragOver(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  const box = await layer(page).boundingBox();
  if (box === null) throw new Error('no picture to draw on');
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

async function clickOn(
  page: Page,
  parts: readonly (readonly [number, number])[],
  last: readonly [number, number],
) {
  const box = await layer(page).boundingBox();
  if (box === null) throw new Error('no picture to draw on');
  const position = ([x, y]: readonly [number, number]) => ({ x: x * box.width, y: y * box.height });
  for (const part of parts) await layer(page).click({ position: position(part) });
  await layer(page).dblclick({ position: position(last) });
}

test('what moves has a border on the wall, and a motion hotspot shows it', async ({ shell, browser }) => {
  await using cameras = await startGstreamerCameras({ hall: visitedPlan });
  await using desk = await openDesk(shell, browser);
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  // First on the wall is one in which nothing is looked for.
  const still = await client.cameras.add({ name: 'Still', url: 'rtsp://127.0.0.1:1/none', recording: false });
  const hall = await addVisited(client, 'Hall', cameras.urls['hall'] ?? '');
  const tile = page.locator(`[data-tile="${hall.streamId}"]`).first();
  await expect(tile).toHaveAttribute('data-status', 'live');
  await page.keyboard.press('4');
  await page.locator(`[data-tile="${still.streamId}"]`).focus();
  await page.keyboard.press('t');
  await page.getByRole('dialog', { name: 'Choose a camera' }).getByRole('searchbox').fill('Motion hotspot');
  await page.keyboard.press('Enter');
  const hotspot = page.locator('[data-slot="0"]');
  await expect(hotspot).toContainText(/The camera in which something moves next|Hall/);
  // A visitor comes every 15 s, and an event ends 8 s after he left.
  await expect(hotspot).toContainText('Hall', { timeout: 30_000 });
  await expect(tile.locator('[data-moving]')).toBeVisible();
  await expectNoBarriers(page, 'a wall on which something moves');
  await takePicture(page, 'live-motion');
  await expect(tile.locator('[data-moving]')).toHaveCount(0, { timeout: 30_000 });
  await expect(hotspot).toContainText('Hall');
});

test('what moved in a drawn region is found there alone, and played from', async ({ shell, browser }) => {
  await using cameras = await startGstreamerCameras({ hall: visitedPlan });
  await using desk = await openDesk(shell, browser, { segmentSeconds: 10 });
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  const camera = await addVisited(client, 'Hall', cameras.urls['hall'] ?? '');
  const whole = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 0.5, y: 1 },
  ];
  const hour = { streamId: camera.streamId, startMs: Date.now() - 60_000, endMs: Date.now() + 3_600_000 };
  // He is found when his file is closed; one who was there before the recording is not seen coming in.
  const seenComing = async () => {
    const [begin] = (await client.timeline.range(hour)).coverage;
    const { hits: found } = await client.motion.search({ ...hour, region: [whole] });
    const sureMs = (begin?.startMs ?? Number.POSITIVE_INFINITY) + visits.forMs + gopMs;
    return found.findIndex(({ startMs }) => startMs > sureMs);
  };
  await expect.poll(seenComing, { timeout: 60_000, intervals: [500] }).toBeGreaterThanOrEqual(0);
  const wanted = await seenComing();
  await page.goto(`${page.url().split('#')[0]}#/playback?camera=${camera.id}`);
  await expect(page.locator('[data-frame-wall-ms]')).toBeVisible();

  await page.keyboard.press('Shift+F');
  await expect(panel(page)).toContainText('Where did something move?');
  await takePicture(page, 'motion-search-empty');
  await expectNoBarriers(page, 'motion search without a region');

  // The right third of the picture: nobody came there.
  await dragOver(page, [0.66, 0.3], [0.95, 0.7]);
  await expect(panel(page)).toContainText('Nothing moved here');
  // As a polygon over his way.
  await panel(page).getByRole('radio', { name: 'Polygon' }).click();
  await clickOn(
    page,
    [
      [0.02, 0.35],
      [0.45, 0.35],
      [0.4, 0.65],
    ],
    [0.05, 0.68],
  );
  await expect.poll(() => hits(page).count(), { timeout: 30_000 }).toBeGreaterThan(0);
  await expectNoBarriers(page, 'motion search with hits');
  const thumbnail = hits(page).first().locator('img');
  await expect
    .poll(() => thumbnail.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(100);
  await expect(hits(page).first()).toContainText(/\d+ %/);
  await takePicture(page, 'motion-search');

  // By keys alone: into the list, Enter, and the picture is the one in which he comes in.
  await panel(page).getByRole('button', { name: 'Clear region' }).focus();
  await page.keyboard.press('Tab');
  await expect(hits(page).first()).toBeFocused();
  for (let row = 0; row < wanted; row += 1) await page.keyboard.press('ArrowDown');
  await expect(hits(page).nth(wanted)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(/[?&]at=\d/);
  await page.keyboard.press('k');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const askedMs = Number(/[?&]at=(\d+)/.exec(page.url())?.[1]);
  await expect.poll(async () => Math.abs((await shownMs(page)) - askedMs)).toBeLessThan(2 * frameMs);
  const { takenMs = Number.NaN } = await see(page.locator('video'));
  // A hit begins with the first keyframe that shows him: he came in after the one before.
  const intoMs = (takenMs + leadMs + 2 * frameMs) % visits.everyMs;
  expect(intoMs).toBeLessThan(gopMs + 4 * frameMs);

  // The timeline shows where something was found, for as long as the list is on screen.
  const timeline = page.getByRole('slider', { name: 'Timeline of Hall' });
  const legend = page.getByText('Found', { exact: true });
  for (let step = 0; step < 4; step += 1) await timeline.press('+');
  await expect(legend).toBeVisible();
  await expectSaid(page, timeline, askedMs + leadMs + 100, 'Found by the search for motion');
  await takePicture(page, 'motion-search-timeline');

  // The region is moved by keys to where nobody came.
  const region = layer(page).getByRole('button', { name: 'Region' });
  await region.focus();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(panel(page)).toContainText('Nothing moved here');
  await page.keyboard.press('Delete');
  await expect(legend).toBeHidden();
  await panel(page).getByRole('button', { name: 'Place a region' }).press('Enter');
  await expect(region).toBeFocused();
});
