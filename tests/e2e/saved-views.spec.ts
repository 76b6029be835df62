// A saved view outlives the station: saved in a window, it is there and opens when the station has been started again.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from './desk.ts';
import { goTo } from './screens.ts';
import { layOut, layoutOf, saveView } from './wall.ts';
import { openWindowOn } from './window-on.ts';

let dataFolder: string;
test.beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-views-'));
});
test.afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

test('a view saved before a restart is there after it, and opens as it was', async ({ browser }) => {
  const names = ['Door', 'Yard'];
  {
    await using window = await openWindowOn(browser, dataFolder);
    const { page, station } = window;
    for (const name of names) {
      // An address that nobody answers at: the view is about places, not pictures.
      await station.client.cameras.add({ name, url: 'rtsp://127.0.0.1:1/none', recording: false });
    }
    await goTo(page, 'Live');
    await layOut(page, '6', '6 cameras');
    const door = page.locator('[data-slot]').filter({ hasText: 'Door' });
    await door.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.locator('[data-slot="1"]')).toContainText('Door');
    await saveView(page, 'Night watch');
  }
  // Another browser, too: nothing but the station remembers.
  await using window = await openWindowOn(browser, dataFolder);
  const { page } = window;
  await goTo(page, 'Live');
  // The wall comes back as it was left; another one first, so that the view has something to change.
  await page.getByRole('button', { name: /^View:/ }).click();
  await page.getByRole('menuitem', { name: 'All cameras' }).click();
  await layOut(page, '4', '4 cameras');
  await expect(page.locator('[data-slot="0"]')).toContainText('Door');
  await page.getByRole('button', { name: /^View:/ }).click();
  await page.getByRole('menuitem', { name: 'Night watch' }).click();
  await expect(page.getByRole('button', { name: 'View: Night watch' })).toBeVisible();
  await expect(layoutOf(page)).toHaveAccessibleName('6 cameras');
  await expect(page.locator('[data-slot="1"]')).toContainText('Door');
  await expect(page.locator('[data-slot="0"]')).toContainText('Yard');
});
