// A keyboard-only walk: signed in by the link, a view opened, gone back, motion found, marked, a picture kept, and live again.

import { type Page } from '@playwright/test';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expect, test } from './desk.ts';
import { openDesk } from './open-desk.ts';
import { shownMs } from './timeline.ts';

const plan = { kind: 'h264', width: 320, height: 180, fps: 10, gopFrames: 10, kilobits: 250 } as const;

/** By the palette, as somebody does who knows no key. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Find a command' })).toBeVisible();
  await page.keyboard.type(words);
  await expect(page.getByRole('menuitem').first()).toContainText(words);
  // The first entry takes the keyboard when the list has changed.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('an operator finds a moment, marks it and keeps a picture without a mouse', async ({ browser }) => {
  await using cameras = await startGstreamerCameras({ door: plan });
  await using desk = await openDesk('headless', browser);
  const { page, client } = desk;
  if (client === undefined) throw new Error('a headless desk has a door');
  const camera = await client.cameras.add({ name: 'Door', url: cameras.urls.door, recording: true });
  const slots = [{ kind: 'camera', cameraId: camera.id }];
  await client.views.save({ name: 'Doors', layout: { layout: 4, slots } });
  const range = { streamId: camera.streamId, startMs: Date.now() - 60_000, endMs: Date.now() + 3_600_000 };
  const begins = async () => (await client.motion.events(range)).events.map(({ startMs }) => startMs);
  await expect.poll(async () => (await begins()).length, { timeout: 60_000 }).toBeGreaterThan(0);
  const { keyboard } = page;

  await test.step('V opens the views, typing finds one', async () => {
    await expect(page.locator('[data-status=live]')).toHaveCount(1);
    await keyboard.press('v');
    await expect(page.getByRole('menu', { name: /^View/ })).toBeVisible();
    await keyboard.type('Doo');
    await keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'View: Doors' })).toBeVisible();
    await expect(page.locator('[data-slot]')).toHaveCount(4);
  });
  await test.step('J goes back, B opens the recording at that moment', async () => {
    const { coverage } = await client.timeline.range(range);
    const fromMs = coverage[0]?.startMs ?? Date.now();
    await expect.poll(() => Date.now() - fromMs, { timeout: 30_000 }).toBeGreaterThan(14_000);
    await keyboard.press('ArrowRight');
    await expect(page.locator('[data-slot="0"]')).toBeFocused();
    await keyboard.press('j');
    await expect(page.locator('[data-status=replay]').getByText(/ago$/)).toBeVisible();
    await keyboard.press('b');
    await expect(page.getByRole('heading', { name: 'Playback', level: 1 })).toBeVisible();
    await expect.poll(() => shownMs(page)).toBeGreaterThan(fromMs - 1_000);
    expect(Date.now() - (await shownMs(page))).toBeGreaterThan(5_000);
  });
  await test.step('the motion before is found', async () => {
    await keyboard.press('Space');
    await command(page, 'Previous motion');
    await expect
      .poll(async () => {
        const at = await shownMs(page);
        return (await begins()).some((beginMs) => Math.abs(beginMs - at) < 1_500);
      })
      .toBe(true);
  });
  await test.step('M marks it, S keeps its picture', async () => {
    await keyboard.press('m');
    await expect(page.getByRole('dialog')).toBeVisible();
    await keyboard.type('The door opens');
    await keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const { marks } = await client.marks.search({ words: 'door opens' });
    expect(marks).toMatchObject([{ cameraId: camera.id, text: 'The door opens' }]);
    const saved = page.waitForEvent('download');
    await keyboard.press('s');
    expect((await saved).suggestedFilename()).toMatch(/^Door .*\.jpg$/);
  });
  await test.step('back to live', async () => {
    await command(page, 'Go to live');
    await expect(page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
    await expect(page.getByRole('button', { name: 'View: Doors' })).toBeVisible();
    await expect(page.locator('[data-slot="0"]')).toHaveAttribute('data-status', 'live');
  });
});
