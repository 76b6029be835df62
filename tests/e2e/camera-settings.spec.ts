// A camera's settings: how long its recordings are kept, and where motion is looked for in its picture.

import type { Page } from '@playwright/test';
import { MadeStationStore } from '../../electron/footage/made-station-store.ts';
import { dayMs } from '../../recorder/model/clock.ts';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { openWindowOn } from './window-on.ts';

async function openSettings(page: Page, name: string, tab: 'Recording' | 'Kept for' | 'Motion') {
  await page.getByRole('button', { name: `Settings of ${name}` }).click();
  const sheet = page.getByRole('dialog', { name: `Settings of ${name}` });
  await sheet.getByRole('tab', { name: tab }).click();
  const save = sheet.getByRole('button', { name: 'Save', exact: true });
  return { sheet, save };
}

test('how long recordings are kept is refused at its field, saved, and takes effect', async ({ browser }) => {
  const made = new MadeStationStore();
  try {
    const store = await made.open();
    const yard = made.addCamera(store, 'Yard');
    const oldMs = Math.floor(Date.now() / 1_000) * 1_000 - 3 * dayMs;
    const newMs = oldMs + 3 * dayMs - 60_000;
    await store.record(yard, oldMs, oldMs + 8_000);
    await store.record(yard, newMs, newMs + 8_000);
    await store.close();
    await using window = await openWindowOn(browser, made.dataFolder);
    const { page, station } = window;
    await goTo(page, 'Cameras');
    const { sheet, save } = await openSettings(page, 'Yard', 'Kept for');
    await expect(sheet).toContainText(/There are \d[\d.]* kB now/);
    const [days, gigabytes] = [sheet.getByLabel('Days at most'), sheet.getByLabel('Gigabytes at most')];
    for (const [field, wrong] of [
      [days, '0'],
      [days, '1.5'],
      [days, '4000'],
      [gigabytes, 'much'],
      [gigabytes, '0.0001'],
    ] as const) {
      await days.fill('');
      await gigabytes.fill('');
      await field.fill(wrong);
      // From another tab the wrong field is come back to.
      await sheet.getByRole('tab', { name: 'Recording' }).click();
      await save.click();
      await expect(field, wrong).toHaveAttribute('aria-invalid', 'true');
      await expect(sheet.locator('[aria-invalid=true]')).toHaveCount(1);
      await expect(field, wrong).toHaveAccessibleDescription(/number/);
    }
    await expectNoBarriers(page, 'how long recordings are kept');
    await takePicture(page, 'camera-kept');
    expect((await station.client.cameras.list())[0]?.retention).toEqual({});

    await days.fill('1');
    await gigabytes.fill('2,5');
    await save.click();
    await expect(sheet).toBeHidden();
    expect((await station.client.cameras.list())[0]?.retention).toEqual({
      keepDays: 1,
      quotaBytes: 2_500_000_000,
    });
    await goTo(page, 'Health');
    const row = page.getByRole('table', { name: 'Recordings' }).getByRole('row', { name: 'Yard' });
    await expect(row).toContainText('1 day · at most 2.50 GB');
    const oldestMs = async () => (await station.client.storage.overview()).cameras[0]?.oldestMs;
    await expect.poll(oldestMs).toBe(newMs);

    await goTo(page, 'Cameras');
    const again = await openSettings(page, 'Yard', 'Kept for');
    await expect(again.sheet.getByLabel('Days at most')).toHaveValue('1');
    await test.step('what another window changes meanwhile stays', async () => {
      const [camera] = await station.client.cameras.list();
      if (camera === undefined) throw new Error('no camera');
      const cameraId = camera.id;
      await station.client.cameras.setRetention({ cameraId, keepDays: 30, quotaBytes: 3e9 });
      await station.client.cameras.setMotion({ cameraId, enabled: false, sensitivity: 20, masks: [] });
      await again.sheet.getByLabel('Gigabytes at most').fill('4');
      await again.sheet.getByRole('tab', { name: 'Recording' }).click();
      await again.sheet.getByText('Off', { exact: true }).click();
      await again.save.click();
      await expect(again.sheet).toBeHidden();
      const [saved] = await station.client.cameras.list();
      expect(saved?.mode.kind).toBe('off');
      expect(saved?.retention).toEqual({ keepDays: 30, quotaBytes: 4e9 });
      expect(await station.client.motion.settings({ cameraId })).toMatchObject({ sensitivity: 20 });
    });
    await test.step('a dialog that is answered late closes itself, not the next one', async () => {
      const held = Promise.withResolvers<void>();
      await page.route('**/rpc/cameras/rename', async (route) => {
        await held.promise;
        await route.continue();
      });
      await page.getByRole('button', { name: 'Rename Yard' }).click();
      const dialog = page.getByRole('dialog', { name: 'Rename camera' });
      await dialog.getByRole('textbox').fill('Court');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await openSettings(page, 'Yard', 'Recording');
      const answered = page.waitForResponse('**/rpc/cameras/rename');
      held.resolve();
      await answered;
      const next = page.getByRole('dialog', { name: 'Settings of Court' });
      await expect(next).toBeVisible();
      await page.route('**/rpc/cameras/recordByHand', (route) => route.abort('connectionreset'));
      await next.getByRole('button', { name: 'Record 30 minutes' }).click();
      await expect(next.getByRole('alert')).toHaveText('The station does not answer.');
    });
  } finally {
    made.remove();
  }
});

test('masks are drawn over the moving picture, moved by keys, stored and drawn again', async ({ desk }) => {
  const { page, client } = desk;
  if (client === undefined) throw new Error('this spec asks the station');
  const { id: cameraId } = await client.cameras.addTestPattern({ name: 'Gate' });
  await goTo(page, 'Cameras');
  await expect(page.getByRole('row', { name: 'Gate' })).toContainText('Recording');
  const { sheet, save } = await openSettings(page, 'Gate', 'Motion');
  const picture = sheet.getByRole('group', { name: 'Picture with masks' });
  await expect(picture.getByText('No picture from the camera')).toHaveCount(0);
  const box = await picture.boundingBox();
  if (box === null) throw new Error('no picture on screen');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;

  await page.mouse.move(...at(0.1, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.3, 0.4), { steps: 4 });
  await page.mouse.move(...at(0.4, 0.6), { steps: 4 });
  await page.mouse.up();
  await expect(sheet).toContainText('1 mask');
  await picture.getByRole('button', { name: 'Corner 3 of mask 1' }).press('Shift+ArrowRight');
  await picture.getByRole('button', { name: 'Mask 1', exact: true }).press('ArrowDown');
  await sheet.getByRole('button', { name: 'Add a mask' }).click();
  const second = picture.getByRole('button', { name: 'Mask 2', exact: true });
  for (let press = 0; press < 3; press++) await second.press('Shift+ArrowRight');
  await picture.getByRole('button', { name: 'Corner 1 of mask 2' }).press('+');
  await expect(picture.getByRole('button', { name: /Corner \d of mask 2/ })).toHaveCount(5);
  await sheet.getByRole('slider', { name: 'Sensitivity' }).press('ArrowRight');
  await expectNoBarriers(page, 'the masks of a camera');
  await takePicture(page, 'camera-masks');
  await save.click();
  await expect(sheet).toBeHidden();

  const { enabled, sensitivity, masks } = await client.motion.settings({ cameraId });
  expect([enabled, sensitivity]).toEqual([true, 51]);
  const rounded = masks.map((mask) => mask.map(({ x, y }) => [Number(x.toFixed(2)), Number(y.toFixed(2))]));
  expect(rounded).toEqual([
    [
      [0.1, 0.21],
      [0.4, 0.21],
      [0.5, 0.61],
      [0.1, 0.61],
    ],
    [
      [0.67, 0.38],
      [0.8, 0.38],
      [0.92, 0.38],
      [0.92, 0.63],
      [0.67, 0.63],
    ],
  ]);

  const again = await openSettings(page, 'Gate', 'Motion');
  const corner = again.sheet.getByRole('button', { name: 'Mask 1', exact: true });
  await corner.focus();
  await expect(again.sheet.getByRole('button', { name: /Corner \d of mask 1/ })).toHaveCount(4);
  await corner.press('Delete');
  await again.save.click();
  await expect(again.sheet).toBeHidden();
  expect((await client.motion.settings({ cameraId })).masks).toHaveLength(1);
});
