// A camera's sub stream is added on the cameras screen, refused at its field while it is wrong, and shown in a small tile.

import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo } from './screens.ts';
import { layOut } from './wall.ts';

const main = { kind: 'h264', width: 640, height: 360, fps: 10, gopFrames: 10, kilobits: 500 } as const;
const sub = { ...main, width: 320, height: 180, kilobits: 150 } as const;

test('a sub stream is refused at its field, tested, stored, shown in a small tile, and taken away', async ({
  desk,
}) => {
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  await using cameras = await startGstreamerCameras({ main, sub });
  await client.cameras.add({ name: 'Gate', url: cameras.urls.main, transport: 'tcp', recording: false });
  const tile = page.locator('[data-tile]').filter({ hasText: 'Gate' });
  const width = () =>
    tile
      .locator('video')
      .last()
      .evaluate((video) => (video as HTMLVideoElement).videoWidth);
  await goTo(page, 'Live');
  await layOut(page, '7', '16 cameras');
  await expect.poll(width, { timeout: 30_000 }).toBe(main.width);

  await goTo(page, 'Cameras');
  const open = async () => {
    await page.getByRole('button', { name: 'Sub stream of Gate' }).click();
    const sheet = page.getByRole('dialog', { name: 'Sub stream of Gate' });
    const address = sheet.getByLabel('Sub stream address');
    await expect(address).toBeVisible();
    return { sheet, address, save: sheet.getByRole('button', { name: 'Save', exact: true }) };
  };
  const { sheet, address, save } = await open();
  for (const wrong of ['ftp://camera/stream', 'rtsp://', '-i /etc/passwd']) {
    await address.fill(wrong);
    await save.click();
    await expect(address, wrong).toHaveAttribute('aria-invalid', 'true');
    await expect(address).toHaveAccessibleDescription(/./);
  }
  await expectNoBarriers(page, 'a wrong address of a sub stream');
  expect((await client.cameras.list())[0]?.sub).toBeUndefined();
  await address.fill('');
  await sheet.getByRole('button', { name: 'Test connection' }).click();
  await expect(address).toHaveAccessibleDescription(/Type the address to be tested/);
  // One that nobody answers at is said by the test, before it is stored.
  await address.fill('rtsp://127.0.0.1:1/none');
  await sheet.getByRole('button', { name: 'Test connection' }).click();
  await expect(sheet).toContainText(/Sub stream: ./);
  // What was found out is about the address it was asked of.
  await address.press('End');
  await address.press('x');
  await expect(sheet).not.toContainText(/Sub stream: ./);
  await address.fill(cameras.urls.sub);
  await sheet.getByRole('button', { name: 'Test connection' }).click();
  await expect(sheet).toContainText('The sub stream answers', { timeout: 30_000 });
  await save.click();
  await expect(sheet).toBeHidden();

  await goTo(page, 'Live');
  await expect.poll(width, { timeout: 30_000 }).toBe(sub.width);
  await layOut(page, '1', 'One camera');
  await expect.poll(width, { timeout: 30_000 }).toBe(main.width);

  await goTo(page, 'Cameras');
  const again = await open();
  await expect(again.address).toHaveValue(cameras.urls.sub);
  await again.address.fill('');
  await again.save.click();
  await expect(again.sheet).toBeHidden();
  expect((await client.cameras.list())[0]?.sub).toBeUndefined();
  await goTo(page, 'Live');
  await layOut(page, '7', '16 cameras');
  await expect.poll(width, { timeout: 30_000 }).toBe(main.width);
});
