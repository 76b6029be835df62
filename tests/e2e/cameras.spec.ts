// The cameras screen: a camera tested, refused, added, changed, renamed, switched off and on, and removed.

import type { Page } from '@playwright/test';
import { standardCameras, startGstreamerCameras } from '../peers/gstreamer.ts';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';

const password = 'S3cr3t!Cam';
const nextPassword = 'N3xt!P4ssword';

async function openForm(page: Page) {
  await page.getByRole('button', { name: 'Add camera' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add a camera' });
  await expect(form).toBeVisible();
  return {
    form,
    address: form.getByLabel('Address', { exact: true }),
    name: form.getByLabel('Name', { exact: true }),
    user: form.getByLabel('User name'),
    password: form.getByLabel('Password', { exact: true }),
    test: form.getByRole('button', { name: 'Test connection' }),
    submit: form.getByRole('button', { name: 'Add camera' }),
  };
}

test('a camera is tested, added, changed, renamed, switched off and on, and removed', async ({ desk }) => {
  const { page } = desk;
  const { clock, guarded } = standardCameras(password);
  await using cameras = await startGstreamerCameras({ clock, guarded });
  await goTo(page, 'Cameras');

  await test.step('an address that is none is refused at its field', async () => {
    const { form, address, name, submit } = await openForm(page);
    await name.fill('Gate');
    for (const wrong of ['ftp://camera/stream', 'rtsp://', '-i /etc/passwd', 'rtsp://camera/\u0007']) {
      await address.fill(wrong);
      await submit.click();
      await expect(address, wrong).toHaveAttribute('aria-invalid', 'true');
      await expect(address).toHaveAccessibleDescription(/./);
    }
    await expectNoBarriers(page, 'the form with a wrong address');
    await takePicture(page, 'cameras-add-wrong');
    await page.keyboard.press('Escape');
    await expect(form).toBeHidden();
  });

  await test.step('the test shows what the camera sends', async () => {
    const { form, address, name, test: testIt, submit } = await openForm(page);
    await address.fill(cameras.urls.clock);
    await testIt.click();
    const result = form.getByRole('status').filter({ hasText: 'The camera answers' });
    await expect(result).toBeVisible({ timeout: 30_000 });
    await expect(result).toContainText('H.264');
    await expect(result).toContainText('640×360');
    await expect(result).toContainText('15 fps');
    await expect(result).toContainText('2 s');
    await expect(result).toContainText(/G\.711.*8 kHz/);
    await name.fill('Gate');
    await expectNoBarriers(page, 'the form with a result');
    await takePicture(page, 'cameras-add-test');
    await submit.click();
    await expect(form).toBeHidden();
    await expect(page.getByRole('row', { name: 'Gate' })).toContainText('Recording');
  });

  await test.step('a wrong password is said as such, and the right one is never shown again', async () => {
    const { form, address, name, user, password: secret, test: testIt, submit } = await openForm(page);
    const url = new URL(cameras.urls.guarded);
    await address.fill(`rtsp://${url.host}${url.pathname}`);
    await name.fill('Guarded');
    await user.fill('admin');
    await secret.fill('not the password');
    await testIt.click();
    await expect(form.getByRole('alert')).toContainText(/does not accept the user name or the password/, {
      timeout: 30_000,
    });
    await takePicture(page, 'cameras-add-password');
    await secret.fill(password);
    await submit.click();
    await expect(form).toBeHidden();
    const row = page.getByRole('row', { name: 'Guarded' });
    await expect(row).toContainText('Recording');
    await expect(row.getByRole('img', { name: 'User name and password are stored' })).toBeVisible();
    expect(await page.content()).not.toContain(password);
  });

  await test.step('a password that was changed at the camera is changed here, and never shown', async () => {
    const row = page.getByRole('row', { name: 'Guarded' });
    await cameras.setPassword('guarded', nextPassword);
    await expect(row).toContainText('The camera refused user name or password');
    await page.getByRole('button', { name: 'Change address of Guarded' }).click();
    const sheet = page.getByRole('dialog', { name: 'Change address of Guarded' });
    const [address, user] = [sheet.getByLabel('Address', { exact: true }), sheet.getByLabel('User name')];
    const secret = sheet.getByLabel('Password', { exact: true });
    const url = new URL(cameras.urls.guarded);
    await expect(address).toHaveValue(`rtsp://${url.host}${url.pathname}`);
    await expect(user).toHaveValue('');
    await expect(secret).toHaveValue('');
    const testIt = sheet.getByRole('button', { name: 'Test connection' });
    await testIt.click();
    await expect(sheet.getByRole('alert')).toContainText(/does not accept the user name or the password/, {
      timeout: 30_000,
    });
    await address.fill('rtsp://elsewhere/stream');
    await expect(user).toHaveAccessibleDescription('The stored sign-in is not sent to another host.');
    await address.fill(`rtsp://${url.host}${url.pathname}`);
    await secret.fill(nextPassword);
    await testIt.click();
    await expect(sheet).toContainText('The camera answers', { timeout: 30_000 });
    await expectNoBarriers(page, 'the form of another address');
    await takePicture(page, 'cameras-change-address');
    await sheet.getByRole('button', { name: 'Save' }).click();
    await expect(sheet).toBeHidden();
    await expect(row).toContainText('Recording');
    expect(await page.content()).not.toMatch(new RegExp(`${password}|${nextPassword}`));
  });

  await test.step('a name that is taken is refused, a free one is taken over everywhere', async () => {
    await page.getByRole('button', { name: 'Rename Gate' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename camera' });
    const name = dialog.getByRole('textbox');
    await name.fill('Guarded');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await name.fill('North gate');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await goTo(page, 'Live');
    await expect(page.getByRole('group', { name: 'North gate: live' })).toBeVisible();
    await goTo(page, 'Cameras');
  });

  await test.step('recording stops and starts, and the picture stays live', async () => {
    const row = page.getByRole('row', { name: 'North gate' });
    const record = page.getByRole('switch', { name: 'Record North gate' });
    await row.locator('label').click();
    await expect(record).not.toBeChecked();
    await expect(row).toContainText('Live, not recorded');
    await row.locator('label').click();
    await expect(record).toBeChecked();
    await expect(row).toContainText('Recording');
  });

  await test.step('a removed camera is gone from every screen', async () => {
    await page.getByRole('button', { name: 'Remove North gate' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove North gate?' });
    await expectNoBarriers(page, 'the question before a camera is removed');
    // A shortcut of the screen behind it is none while it asks.
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog', { name: 'Add a camera' })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Remove camera' }).click();
    await expect(page.getByRole('row', { name: 'North gate' })).toHaveCount(0);
    await goTo(page, 'Live');
    await expect(page.getByRole('group', { name: 'Guarded: live' })).toBeVisible();
    await expect(page.locator('[data-tile]')).toHaveCount(1);
  });
});
