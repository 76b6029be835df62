// Many cameras in step, and fast ones: each shows the picture of the clock's moment or the one beside it, also after the
// machine was busy.

import { expect, test } from './desk.ts';
import { asides, furthest, staysInStep } from './in-step.ts';
import { layCameras } from './laid-cameras.ts';
import { openWindowOn } from './window-on.ts';

const seconds = 60;
/** A picture is told of up to this long before it is seen: all of them have it in common. */
const refreshMs = 1_000 / 60;

for (const { count, fps } of [
  { count: 16, fps: 10 },
  { count: 9, fps: 25 },
]) {
  test(`${count} cameras of ${fps} pictures a second play within one frame of one clock, and come back into step after a hold-up`, async ({
    browser,
  }) => {
    const frameMs = 1_000 / fps;
    test.slow();
    const startMs = Date.now() - 3_600_000;
    using laid = await layCameras({ count, startMs, seconds, fps });
    await using window = await openWindowOn(browser, laid.dataFolder);
    const { page } = window;
    const ids = laid.cameraIds.join(',');
    await page.goto(`${page.url().split('#')[0]}#/playback?cameras=${ids}&at=${startMs + 2_000}`);
    await expect(page.locator('[data-sync-tile]')).toHaveCount(count);
    await expect(page.locator('[data-sync-tile] video[data-wall-ms]')).toHaveCount(count, {
      timeout: 30_000,
    });
    await page.keyboard.press('l');
    // Half a frame from the middle: no two pictures are further apart than one.
    const inStep = (note: string) =>
      expect
        .poll(async () => furthest(await asides(page, frameMs)), {
          timeout: 30_000,
          intervals: [50],
          message: note,
        })
        .toBeLessThanOrEqual(frameMs / 2);
    await inStep('once all are loaded');

    // Somebody opens a heavy page: Chromium loses the rhythm of the pictures, and each finds one of its own.
    for (let turn = 0; turn < 3; turn += 1) {
      await page.evaluate(() => {
        const untilMs = performance.now() + 400;
        while (performance.now() < untilMs);
      });
      await asides(page, frameMs);
    }
    await inStep('after the hold-ups');
    // It lasts.
    await staysInStep(page, frameMs, frameMs + refreshMs);

    // Standing, every key goes one frame, also before the pictures of the one before have come.
    await page.keyboard.press('k');
    const clock = page.locator('[data-frame-wall-ms]');
    const clockMs = async () => Number(await clock.getAttribute('data-frame-wall-ms'));
    const standsMs = await clockMs();
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('.');
    await expect.poll(async () => Math.round(((await clockMs()) - standsMs) / frameMs)).toBe(4);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press(',');
    await expect.poll(async () => Math.round(((await clockMs()) - standsMs) / frameMs)).toBe(1);

    const [snapshot] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
    expect(snapshot.suggestedFilename()).toMatch(/^Camera 01 /);

    // What is known of the footage goes with the clock, not with a timeline that was moved elsewhere.
    await page.getByRole('slider', { name: 'Timeline of Camera 01' }).focus();
    await page.keyboard.press('Home');
    for (let press = 0; press < 17; press += 1) await page.keyboard.press('+');
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('Shift+ArrowLeft');
    const fromMs = await clockMs();
    await page.keyboard.press('l');
    await expect.poll(async () => (await clockMs()) - fromMs, { timeout: 30_000 }).toBeGreaterThan(6_000);
    await expect(page.locator('[data-sync-tile] > div')).toHaveCount(0);
    await inStep('with the timeline elsewhere');
  });
}
