// The transport: J K L and every speed, single frames either way by the clock in the picture, loops, and jumps.

import type { Page } from '@playwright/test';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expect, test } from './desk.ts';
import { layCameras } from './laid-cameras.ts';
import { openDesk } from './open-desk.ts';
import { see } from './pictures.ts';
import { takePicture } from './screens.ts';
import { shownMs } from './timeline.ts';
import { addVisited, visitedPlan, visits } from './visited.ts';
import { openWindowOn } from './window-on.ts';

const frameMs = 1_000 / visitedPlan.fps;
const gopMs = 1_000;
const pausedMs = 2_500;

const speed = (page: Page) => page.locator('[data-speed]');
const expectSpeed = (page: Page, value: number) =>
  expect(speed(page)).toHaveAttribute('data-speed', String(value));

/** The moment in the picture, once it stands still and the screen says nothing else and waits for no other. */
async function stillMs(page: Page): Promise<number> {
  const video = page.locator('video');
  await expect(page.locator('[data-frame-wall-ms]')).toHaveAttribute('aria-busy', 'false');
  let last = await see(video);
  await expect
    .poll(async () => {
      const before = last;
      last = await see(video);
      return last.takenMs !== undefined && last.takenMs === before.takenMs && last.shownMs === before.shownMs;
    })
    .toBe(true);
  return last.takenMs ?? Number.NaN;
}

/** Times of the pictures that are seen, each once, until `isEnough` of them. */
async function watch(page: Page, isEnough: (seen: readonly number[]) => boolean): Promise<number[]> {
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        const { takenMs } = await see(page.locator('video'));
        if (takenMs !== undefined && takenMs !== seen.at(-1)) seen.push(takenMs);
        return isEnough(seen);
      },
      { intervals: [30], timeout: 20_000 },
    )
    .toBe(true);
  return seen;
}

/** Seeks by the address, as a link does. */
async function goTo(page: Page, ms: number): Promise<void> {
  await page.evaluate((at) => {
    location.hash = location.hash.replace(/&at=\d+|$/, `&at=${at}`);
  }, Math.round(ms));
  await expect.poll(async () => Math.abs((await shownMs(page)) - ms)).toBeLessThan(2 * frameMs);
}

test('J K L, speeds, frames, a loop and jumps', async ({ shell, browser }) => {
  await using cameras = await startGstreamerCameras({ hall: visitedPlan });
  await using desk = await openDesk(shell, browser, { segmentSeconds: 10 });
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  const camera = await addVisited(client, 'Hall', cameras.urls['hall'] ?? '');
  const range = { streamId: camera.streamId, startMs: Date.now() - 60_000, endMs: Date.now() + 3_600_000 };
  const footage = async () => (await client.timeline.range({ ...range, mergeMs: 500 })).coverage;
  const lengthMs = async () =>
    (await footage()).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  await expect.poll(lengthMs, { timeout: 30_000 }).toBeGreaterThan(5_000);
  // A gap of the operator's own will.
  await client.cameras.setRecording({ cameraId: camera.id, recording: false });
  const stoppedAtMs = Date.now();
  await expect.poll(() => Date.now() - stoppedAtMs, { intervals: [100] }).toBeGreaterThan(pausedMs);
  await client.cameras.setRecording({ cameraId: camera.id, recording: true });
  const begins = async () => {
    const { events } = await client.motion.events(range);
    return events.map(({ startMs }) => startMs);
  };
  await expect
    .poll(
      async () => {
        const [, again = { startMs: 0, endMs: 0 }] = await footage();
        return (await begins()).length > 0 ? again.endMs - again.startMs : 0;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(8_000);
  const [first, second] = await footage();
  if (first === undefined || second === undefined) throw new Error('no gap');
  await page.goto(
    `${page.url().split('#')[0]}#/playback?camera=${camera.id}&at=${Math.ceil(second.startMs) + 4_000}`,
  );
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await page.keyboard.press('k');

  await test.step('single frames, each exactly one further or one back', async () => {
    let before = await stillMs(page);
    for (const [key, step] of [
      ['.', 1],
      ['.', 1],
      [',', -1],
      [',', -1],
      [',', -1],
    ] as const) {
      await page.keyboard.press(key);
      const wanted = before + step * frameMs;
      await expect.poll(() => stillMs(page)).not.toBe(before);
      const now = await stillMs(page);
      expect(Math.abs(now - wanted)).toBeLessThan(frameMs / 2);
      before = now;
    }
    await takePicture(page, 'playback-transport');
  });

  await test.step('as many frames as presses, also of those made while a picture is on its way', async () => {
    const before = await stillMs(page);
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('.');
    await page.keyboard.press(',');
    const movedBy = async (from: number) => Math.round(((await stillMs(page)) - from) / frameMs);
    await expect.poll(() => movedBy(before)).toBe(5);
    for (let press = 0; press < 5; press += 1) await page.keyboard.press(',');
    await expect.poll(() => movedBy(before)).toBe(0);
    // A seek first: the frames are counted from the moment it goes to.
    await expect
      .poll(async () => ((await footage())[1]?.endMs ?? 0) - second.startMs, { timeout: 20_000 })
      .toBeGreaterThan(14_000);
    await goTo(page, second.startMs + 1_000);
    const skip = async (key: 'ArrowLeft' | 'ArrowRight') => {
      const from = await stillMs(page);
      await page.keyboard.press(key);
      await expect.poll(async () => Math.abs((await stillMs(page)) - from)).toBeGreaterThan(9_000);
    };
    await skip('ArrowRight');
    await skip('ArrowLeft');
    const there = await stillMs(page);
    await skip('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('.');
    await expect.poll(() => movedBy(there)).toBe(3);
  });

  await test.step('L plays faster with each press, K stops, J goes backwards', async () => {
    await goTo(page, second.startMs + 2_000);
    for (const value of [1, 2, 4]) {
      await page.keyboard.press('l');
      await expectSpeed(page, value);
    }
    const forward = await watch(page, (seen) => seen.length > 4);
    expect(forward).toEqual(forward.toSorted((a, b) => a - b));
    await page.keyboard.press('k');
    await expectSpeed(page, 1);
    const stopped = await stillMs(page);
    await page.keyboard.press('j');
    await expectSpeed(page, -1);
    const back = await watch(page, (seen) => seen.length > 4 && (seen[0] ?? 0) - (seen.at(-1) ?? 0) > 500);
    expect(back[0]).toBeLessThanOrEqual(stopped);
    expect(back).toEqual(back.toSorted((a, b) => b - a));
  });

  await test.step('16× backwards goes over the gap to the oldest footage', async () => {
    await page.keyboard.press('k');
    await goTo(page, second.endMs - 1_000);
    for (const value of [-1, -2, -4, -8, -16]) {
      await page.keyboard.press('j');
      await expectSpeed(page, value);
    }
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    await expect.poll(async () => (await shownMs(page)) - first.startMs).toBeLessThan(2 * frameMs);
  });

  await test.step('8× forward comes to the newest footage and plays on at 1×', async () => {
    for (const value of [1, 2, 4, 8]) {
      await page.keyboard.press('l');
      await expectSpeed(page, value);
    }
    const seen = await watch(page, (taken) => (taken.at(-1) ?? 0) > second.endMs - 2_000);
    // Key frames alone: whole GOPs lie between them.
    const ofRun = seen.filter((ms) => ms > second.startMs && ms < second.endMs - 3_000);
    const rests = ofRun.map((ms) => (ms - (ofRun[0] ?? 0) + frameMs / 2) % gopMs);
    expect(ofRun.length).toBeGreaterThan(1);
    expect(rests.filter((rest) => rest > frameMs)).toEqual([]);
    await expectSpeed(page, 1);
    await expect.poll(async () => Date.now() - (await shownMs(page))).toBeLessThan(8_000);
    await page.keyboard.press('k');
  });

  await test.step('G and Shift+G go to where footage goes on after a gap', async () => {
    await goTo(page, first.startMs + 1_000);
    await page.keyboard.press('g');
    await expect.poll(async () => Math.abs((await shownMs(page)) - second.startMs)).toBeLessThan(frameMs);
    await page.keyboard.press('g');
    await expect(page.getByText('No later gap on this camera')).toBeVisible();
    await goTo(page, second.startMs + 4_000);
    await page.keyboard.press('Shift+G');
    await expect.poll(async () => Math.abs((await shownMs(page)) - second.startMs)).toBeLessThan(frameMs);
  });

  await test.step('Shift+L and Shift+J go to motion: somebody is in the picture', async () => {
    // Of a visitor who was there before the recording nobody sees how he comes in.
    const sureMs = first.startMs + visits.forMs + gopMs;
    const moved = (await begins()).findLast((ms) => ms > sureMs && ms < Date.now() - 8_000) ?? Number.NaN;
    await goTo(page, moved + 3_000);
    await page.keyboard.press('Shift+J');
    const byMs = async () => Math.abs((await shownMs(page)) - moved);
    await expect.poll(byMs).toBeLessThan(1.5 * frameMs);
    // The first keyframe that shows him: he came in after the one before.
    const intoMs = ((await stillMs(page)) + frameMs) % visits.everyMs;
    expect(intoMs).toBeLessThan(gopMs + 2 * frameMs);
    await goTo(page, moved - 1_500);
    await page.getByRole('button', { name: 'Jump to' }).click();
    await takePicture(page, 'playback-jumps');
    await page.getByRole('menuitem', { name: 'Next motion' }).click();
    await expect.poll(byMs).toBeLessThan(1.5 * frameMs);
  });

  await test.step('Shift+ArrowRight goes to the next mark', async () => {
    const startMs = Math.round(second.startMs) + 3_000;
    await client.marks.add({ cameraId: camera.id, kind: 'note', startMs, text: 'here', tagIds: [] });
    await goTo(page, second.startMs + 1_000);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(async () => Math.abs((await shownMs(page)) - startMs)).toBeLessThan(frameMs);
  });

  await test.step('Shift+ArrowLeft goes past the mark that is just being played', async () => {
    const startMs = Math.round(second.startMs) + 5_000;
    await client.marks.add({ cameraId: camera.id, kind: 'note', startMs, text: 'there', tagIds: [] });
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(async () => Math.abs((await shownMs(page)) - startMs)).toBeLessThan(frameMs);
    await page.keyboard.press('l');
    await page.keyboard.press('[');
    await expect.poll(() => shownMs(page)).toBeGreaterThan(startMs + 200);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => shownMs(page)).toBeLessThan(startMs - 500);
    await page.keyboard.press('k');
  });

  await test.step('a selection is looped', async () => {
    const inMs = second.startMs + 2_000;
    await goTo(page, inMs);
    await page.keyboard.press('i');
    await goTo(page, inMs + 1_500);
    await page.keyboard.press('o');
    await page.keyboard.press('r');
    await expect(page.getByRole('button', { name: 'Loop the selection' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await page.keyboard.press('l');
    const turns = (seen: readonly number[]) => seen.filter((ms, at) => ms < (seen[at - 1] ?? 0)).length;
    const seen = await watch(page, (taken) => turns(taken) > 1);
    expect(Math.max(...seen) - Math.min(...seen)).toBeLessThan(1_500 + 2 * frameMs);
    await page.keyboard.press('k');
  });

  await test.step('W goes live from any moment', async () => {
    await page.keyboard.press('w');
    await expect(page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
  });
});

test('at the end of what is recorded no key begins anew', async ({ browser }) => {
  const startMs = Date.now() - 3_600_000;
  using laid = await layCameras({ count: 1, startMs, seconds: 10, fps: 25 });
  await using window = await openWindowOn(browser, laid.dataFolder);
  const { page } = window;
  await page.goto(`${page.url().split('#')[0]}#/playback?camera=${laid.cameraIds[0]}&at=${startMs + 8_000}`);
  const video = page.locator('video');
  await expect.poll(() => video.evaluate((element) => (element as HTMLVideoElement).ended)).toBe(true);
  const end = page.getByRole('status').filter({ hasText: 'Recording was switched off' });
  await expect(end).toBeVisible();
  const atS = () => video.evaluate((element) => (element as HTMLVideoElement).currentTime);
  const endS = await atS();
  for (const key of ['l', 'Space', 'Space', ']', 'k', 'l']) {
    await page.keyboard.press(key);
    expect(await atS()).toBe(endS);
  }
  await expect(end).toBeVisible();

  // The year 2569 of a computer in Thailand is the same one.
  const thai = await browser.newContext({ locale: 'th-TH' });
  const other = await thai.newPage();
  await other.goto(await window.station.freshLink());
  await expect(other.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  await other.goto(page.url());
  await other.getByRole('button', { name: /choose a day$/ }).click();
  const days = other.getByRole('dialog', { name: 'Choose a day' });
  await expect(days.locator('[data-recorded=true]')).not.toHaveCount(0);
  await thai.close();
});
