// Somebody opens Lookout for the first time: empty screens that say what to do, a test pattern, the first moving picture.

import { expect, test } from './desk.ts';
import { fingerprint } from './pictures.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';

test('a newcomer without a camera sees the first picture move, and plays it back', async ({ desk }) => {
  const { page } = desk;
  await test.step('every screen says what is missing, and how to go on', async () => {
    await expect(page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
    await expect(page.getByText('No cameras yet')).toBeVisible();
    await expectNoBarriers(page, 'the empty wall');
    await takePicture(page, 'live-empty');
    await goTo(page, 'Playback');
    await expect(page.getByText('No cameras yet')).toBeVisible();
    await expectNoBarriers(page, 'playback without cameras');
    await takePicture(page, 'playback-empty');
    await goTo(page, 'Health');
    await expect(page.getByText('Everything works')).toBeVisible();
    await goTo(page, 'Live');
    await page.getByRole('button', { name: 'Add a camera' }).click();
    await expect(page.getByRole('heading', { name: 'Cameras', level: 1 })).toBeVisible();
    await expectNoBarriers(page, 'the empty list of cameras');
    await takePicture(page, 'cameras-empty');
  });

  await test.step('the test pattern is on the wall, live and recording, and moves', async () => {
    await page.getByRole('button', { name: 'Add a test pattern' }).click();
    await expect(page.getByRole('row', { name: 'Test pattern' })).toBeVisible();
    await goTo(page, 'Live');
    const tile = page.getByRole('group', { name: 'Test pattern: live' });
    await expect(tile).toBeVisible();
    await expect(tile.getByRole('img', { name: 'Recording', exact: true })).toBeVisible();
    const video = tile.locator('video');
    const first = await fingerprint(video);
    await expect.poll(() => fingerprint(video)).not.toBe(first);
  });

  await test.step('what was just recorded plays', async () => {
    await goTo(page, 'Playback');
    const time = page.locator('[data-frame-wall-ms]');
    await expect(time).toBeVisible();
    const video = page.locator('video');
    const [shown, first] = [await time.getAttribute('data-frame-wall-ms'), await fingerprint(video)];
    await expect.poll(() => fingerprint(video)).not.toBe(first);
    await expect.poll(() => time.getAttribute('data-frame-wall-ms')).not.toBe(shown);
    const ageMs = Date.now() - Number(await time.getAttribute('data-frame-wall-ms'));
    expect(ageMs).toBeLessThan(30_000);
  });
});
