// Everything of the first screens without a mouse: layouts, shortcuts, enlarging, adding a camera, the timeline.

import { expect, test } from './desk.ts';
import { expectNoBarriers, takePicture } from './screens.ts';
import { recordedMs, settledMs } from './timeline.ts';

test('a camera is added, watched and played back from the keyboard alone', async ({ desk }) => {
  const { page } = desk;
  const { keyboard } = page;
  const tiles = page.locator('[data-tile]');

  await test.step('C and N open the form, Tab and Enter fill it', async () => {
    await keyboard.press('c');
    await expect(page.getByRole('heading', { name: 'Cameras', level: 1 })).toBeVisible();
    for (const number of [1, 2]) {
      await keyboard.press('n');
      const form = page.getByRole('dialog', { name: 'Add a camera' });
      await expect(form.getByLabel('Address', { exact: true })).toBeFocused();
      const pattern = form.getByRole('button', { name: 'Add a test pattern' });
      for (
        let presses = 0;
        presses < 12 && !(await pattern.evaluate((one) => one === document.activeElement));
        presses++
      ) {
        await keyboard.press('Tab');
      }
      await expect(pattern).toBeFocused();
      await keyboard.press('Enter');
      await expect(form).toBeHidden();
      await expect(page.getByRole('row', { name: /^Test pattern/ })).toHaveCount(number);
    }
    await keyboard.press('n');
    await keyboard.type('rtsp://127.0.0.1:1/none');
    await keyboard.press('Tab');
    await keyboard.type('admin');
    await keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('? shows the shortcuts of the screen, Escape closes them', async () => {
    await keyboard.press('w');
    await expect(page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
    await keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(sheet).toContainText('Enlarge');
    await expectNoBarriers(page, 'the sheet of shortcuts');
    await takePicture(page, 'shortcuts');
    await keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  });

  await test.step('1, 4 and 9 choose the layout', async () => {
    for (const [key, name, shown] of [
      ['1', 'One camera', 1],
      ['9', '9 cameras', 2],
      ['4', '4 cameras', 2],
    ] as const) {
      await keyboard.press(key);
      await expect(page.getByRole('radio', { name })).toBeChecked();
      await expect(tiles).toHaveCount(shown);
    }
  });

  await test.step('arrows move over the wall, Enter enlarges, Escape goes back', async () => {
    await tiles.first().focus();
    await keyboard.press('ArrowRight');
    await expect(tiles.nth(1)).toBeFocused();
    const second = await tiles.nth(1).getAttribute('data-tile');
    await keyboard.press('Enter');
    await expect(tiles).toHaveCount(1);
    await expect(tiles).toHaveAttribute('data-tile', second ?? '');
    await expect(page.getByRole('button', { name: 'Back to the wall' }).first()).toBeVisible();
    await keyboard.press('Escape');
    await expect(tiles).toHaveCount(2);
  });

  await test.step('in full screen the views are at hand, and what would lie beside the wall is not', async () => {
    const beside = page.getByRole('complementary');
    await keyboard.press('f');
    await expect(page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0);
    for (const key of ['a', 'Shift+M']) await keyboard.press(key);
    await keyboard.press('v');
    await expectNoBarriers(page, 'the views in full screen');
    await takePicture(page, 'live-full-screen-views');
    await page.getByRole('menuitem', { name: 'Save as' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Save this view' });
    await keyboard.type('Both');
    await keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: /^View:/ })).toHaveCount(0);
    await expect(beside).toHaveCount(0);
    await keyboard.press('f');
    await expect(page.getByRole('button', { name: 'View: Both' })).toBeVisible();
    await expect(beside).toHaveCount(0);
  });

  await test.step('P opens playback, where keys play, skip and step, and the timeline is a slider', async () => {
    await keyboard.press('p');
    const time = page.locator('[data-frame-wall-ms]');
    await expect(time).toBeVisible();
    const shown = async () => Number(await time.getAttribute('data-frame-wall-ms'));
    const from = await shown();
    await expect.poll(shown).toBeGreaterThan(from + 300);
    await keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    const paused = await settledMs(page);
    await keyboard.press(',');
    await expect.poll(shown).toBeLessThan(paused);
    expect(paused - (await shown())).toBeLessThan(250);

    const timeline = page.getByRole('slider', { name: /^Timeline of Test pattern/ });
    // The newest is shown two seconds before its end, so there has to be more than that.
    await expect.poll(() => recordedMs(timeline)).toBeGreaterThan(5_000);
    await timeline.focus();
    const oldestMs = Number(await timeline.getAttribute('aria-valuemin'));
    await keyboard.press('Home');
    await expect.poll(async () => Math.abs((await shown()) - oldestMs)).toBeLessThan(250);
    await keyboard.press('End');
    await expect.poll(shown).toBeGreaterThan(oldestMs + 1_000);
    await expect(timeline).toHaveAttribute('aria-valuetext', /\d\d:\d\d:\d\d.*Recorded/);
    await expectNoBarriers(page, 'playback with the timeline focused');
  });
});
