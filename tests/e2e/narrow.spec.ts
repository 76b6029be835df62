// Every screen at the smallest size the desk is drawn for, with names as long as they may be.

import { cameraNameLimit } from '../../electron/contract/shapes.ts';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, type ScreenName, takePicture } from './screens.ts';

const longName =
  'Loading dock of the northern warehouse, second gate from the left, behind the containers'.slice(
    0,
    cameraNameLimit,
  );

test('long names and a small window leave every screen whole', async ({ desk }) => {
  const { page } = desk;
  await goTo(page, 'Cameras');
  await page.getByRole('button', { name: 'Add a test pattern' }).click();
  await page.getByRole('button', { name: 'Rename Test pattern' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename camera' });
  await dialog.getByRole('textbox').fill(longName);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row')).toContainText([/./, longName.trim()]);

  await page.setViewportSize({ width: 960, height: 600 });
  for (const screen of ['Live', 'Playback', 'Cameras', 'Health'] satisfies ScreenName[]) {
    await goTo(page, screen);
    if (screen === 'Live') await expect(page.locator('[data-tile]')).toHaveAttribute('data-status', 'live');
    if (screen === 'Playback') await expect(page.locator('[data-frame-wall-ms]')).toBeVisible();
    // Nothing pushes the page wider or longer than the window; what is longer scrolls inside.
    const overflow = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]);
    expect(overflow, screen).toEqual([0, 0]);
    await expectNoBarriers(page, `${screen} in a small window`);
    await takePicture(page, `narrow-${screen.toLowerCase()}`);
  }
});
