// Playback: what a click on the timeline shows, how it goes on over borders and gaps, and how new the newest is.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './desk.ts';
import type { Desk } from './open-desk.ts';
import { type SeenPicture, see } from './pictures.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { frameMs, names } from './site.ts';
import { clickAt, openPlayback, recordedMs, shownMs } from './timeline.ts';

/** Ordinary runs click 20 s back; the long form (LOOKOUT_E2E=long) records for longer and clicks 90 s back. */
const backMs = process.env['LOOKOUT_E2E'] === 'long' ? 90_000 : 20_000;
/**
 * From the camera's clock to the wall time we store: encoding, the way to FFmpeg, and its muxer, which holds a picture
 * back until it knows how long it lasts. The station cannot see it; what it can do is to keep it the same over a run.
 */
const cameraDelayMs = 400;
/** One picture, and the milliseconds that its time is rounded to on both sides. */
const onePictureMs = frameMs + 2;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Every picture is the one its time says: as late as all of its run, give or take one picture. */
function expectTrueTimes(seen: readonly SeenPicture[]): void {
  const delays = seen.map(({ shownMs: shown, takenMs }) => (shown ?? Number.NaN) - (takenMs ?? Number.NaN));
  const usual = median(delays);
  expect(usual).toBeGreaterThan(-onePictureMs);
  expect(usual).toBeLessThan(cameraDelayMs);
  expect(delays.filter((delay) => !(Math.abs(delay - usual) <= onePictureMs))).toEqual([]);
}

/** Looks again and again while it plays, until the screen's time has passed `untilMs`. */
async function watchUntil(page: Page, untilMs: number): Promise<SeenPicture[]> {
  const video = page.locator('video');
  const seen: SeenPicture[] = [];
  await expect
    .poll(
      async () => {
        const picture = await see(video);
        // Between the end of one picture and the next the screen shows no time.
        if (picture.shownMs !== undefined) seen.push(picture);
        return seen.at(-1)?.shownMs ?? 0;
      },
      { intervals: [60], timeout: 30_000 },
    )
    .toBeGreaterThan(untilMs);
  return seen;
}

/** The picture that stands after a pause, once the screen tells its time and no other. */
async function seeStill(page: Page): Promise<SeenPicture> {
  const video = page.locator('video');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  let last = await see(video);
  await expect
    .poll(async () => {
      const before = last;
      last = await see(video);
      return last.shownMs !== undefined && last.shownMs === before.shownMs && last.takenMs === before.takenMs;
    })
    .toBe(true);
  return last;
}

/** When the stored segments of the camera on screen begin, as their files are named. */
function segmentStarts(desk: Desk): number[] {
  const camera = /[?&]camera=([^&]+)/.exec(desk.page.url())?.[1];
  const files = readdirSync(path.join(desk.dataFolder, 'footage', camera ?? ''), { recursive: true });
  return files
    .map((file) => /(\d+)\.mp4$/.exec(String(file))?.[1])
    .filter((start) => start !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

test('a click on the timeline shows the picture of that moment', async ({ site: { desk } }) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.lobby);
  await expect.poll(() => recordedMs(timeline), { timeout: backMs + 30_000 }).toBeGreaterThan(backMs + 4_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  const seen: SeenPicture[] = [];
  for (const backByMs of [backMs, backMs - 6_300, backMs - 12_700, backMs - 1_900]) {
    const wantedMs = Date.now() - backByMs;
    const clickedMs = await clickAt(page, timeline, wantedMs);
    expect(Math.abs(clickedMs - wantedMs)).toBeLessThan(2_000);
    // The picture of a moment is the one that began last before it.
    await expect
      .poll(async () => Math.abs(clickedMs - (await shownMs(page))), 'the shown picture is the clicked one')
      .toBeLessThan(onePictureMs);
    expect(clickedMs - (await shownMs(page))).toBeGreaterThanOrEqual(-1);
    const picture = await see(page.locator('video'));
    expect(Math.abs((picture.shownMs ?? 0) - clickedMs)).toBeLessThan(onePictureMs);
    seen.push(picture);
    const shownSecond = Math.floor((picture.shownMs ?? 0) / 1_000) * 1_000;
    await expect(timeline).toHaveAttribute('aria-valuenow', String(shownSecond));
  }
  expectTrueTimes(seen);
});

test('playing goes over the border of two segments without a break', async ({ site: { desk } }) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.lobby);
  // The last border but one, and enough before it to be played.
  const borderOf = (starts: readonly number[]) =>
    (starts.length > 2 ? starts.at(-2) : undefined) ?? Number.NaN;
  await expect
    .poll(
      () => {
        const starts = segmentStarts(desk);
        return borderOf(starts) - (starts[0] ?? Number.NaN);
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(3_000);
  const borderMs = borderOf(segmentStarts(desk));
  await page.getByRole('button', { name: 'Pause' }).click();
  const clickedMs = await clickAt(page, timeline, borderMs - 2_500);
  await expect.poll(async () => Math.abs((await shownMs(page)) - clickedMs)).toBeLessThan(onePictureMs);
  const still = [await seeStill(page)];
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const seen = await watchUntil(page, borderMs + 2_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  still.push(await seeStill(page));
  expectTrueTimes(still);
  const times = seen.map(({ shownMs: shown }) => shown ?? 0);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.some((time) => time < borderMs)).toBe(true);
  // A border that has to be loaded first shows as time in which the picture stands.
  const steps = seen.slice(1).map(({ seenMs }, index) => seenMs - (seen[index]?.seenMs ?? 0));
  const moved = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.max(...moved.map((ms, index) => Math.abs(ms - (steps[index] ?? 0))))).toBeLessThan(1_000);
  await expect(page.getByText(/^No video /)).toHaveCount(0);
});

test('another camera and another layout go on from the moment on screen, and its keys stay with it', async ({
  site: { desk },
}) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.lobby);
  await expect.poll(() => recordedMs(timeline), { timeout: backMs + 30_000 }).toBeGreaterThan(backMs + 4_000);
  const clickedMs = await clickAt(page, timeline, Date.now() - backMs);
  await expect.poll(() => shownMs(page), { timeout: 20_000 }).toBeGreaterThan(clickedMs + 1_500);
  await page.keyboard.press('k');
  const { shownMs: pausedMs = 0 } = await seeStill(page);

  const chooser = page.getByRole('button', { name: 'Camera' });
  await chooser.click();
  await page.getByRole('option', { name: names.yard }).click();
  await expect.poll(async () => Math.abs((await shownMs(page)) - pausedMs)).toBeLessThan(onePictureMs);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  // The chooser has the focus still: letters and Space are the desk's.
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog').getByText(names.yard)).toBeVisible();
  await page.keyboard.press('Escape');
  await chooser.focus();
  await page.keyboard.press(' ');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect.poll(() => shownMs(page)).toBeGreaterThan(pausedMs + 1_000);

  const layouts = page.getByRole('radiogroup', { name: 'Cameras in step' });
  const beforeMs = await shownMs(page);
  await layouts.getByText('4', { exact: true }).click();
  await expect(page.locator('[data-sync-tile]')).toHaveCount(4);
  await expect.poll(() => shownMs(page), { timeout: 20_000 }).toBeGreaterThan(beforeMs + 1_000);
  expect((await shownMs(page)) - beforeMs).toBeLessThan(15_000);
  await page.locator('[data-sync-tile]').filter({ hasText: names.dock }).click();
  await page.keyboard.press('k');
  const stoodMs = await shownMs(page);
  await layouts.getByText('1', { exact: true }).click();
  await expect(chooser).toContainText(names.dock);
  await expect.poll(async () => Math.abs((await shownMs(page)) - stoodMs)).toBeLessThan(onePictureMs);
});

test('playing goes over a gap, and says how long and why', async ({ site: { desk, cameras } }) => {
  const { page } = desk;
  // Some to be shown before the gap, also where this is the first that is asked of the site.
  const recorded = await openPlayback(page, names.yard);
  await expect.poll(() => recordedMs(recorded), { timeout: 30_000 }).toBeGreaterThan(5_000);
  await goTo(page, 'Live');
  const tile = page.locator('[data-tile]').filter({ hasText: names.yard });
  await expect(tile).toHaveAttribute('data-status', 'live');
  const droppedMs = Date.now();
  await cameras.drop('yard');
  await expect(tile.getByRole('status')).toContainText('The camera knows no stream at this address');
  const goneMs = Date.now();
  await cameras.bringBack('yard');
  await expect(tile).toHaveAttribute('data-status', 'live', { timeout: 30_000 });
  const backAgainMs = Date.now();

  const timeline = await openPlayback(page, names.yard);
  await expect
    .poll(async () => Number(await timeline.getAttribute('aria-valuemax')), { timeout: 20_000 })
    .toBeGreaterThan(backAgainMs + 3_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  const clickedMs = await clickAt(page, timeline, droppedMs - 2_500);
  await expect.poll(async () => Math.abs((await shownMs(page)) - clickedMs)).toBeLessThan(onePictureMs);
  expectTrueTimes([await seeStill(page)]);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const seen = await watchUntil(page, backAgainMs + 500);
  await page.getByRole('button', { name: 'Pause' }).click();
  expectTrueTimes([await seeStill(page)]);
  // Nothing that was not recorded is shown as if it had been.
  const inGap = seen.filter(({ shownMs: shown = 0 }) => shown > droppedMs + 1_000 && shown < goneMs);
  expect(inGap).toEqual([]);
  const notice = page.locator('[data-skipped]');
  await expect(notice).toContainText(/No video .*\d\d:\d\d:\d\d/);
  await expect(notice).toContainText('The camera knows no stream at this address');
  await expect(notice).toContainText(/Goes on at \d\d:\d\d:\d\d/);
  await expectNoBarriers(page, 'playback with the notice of a gap');
  await takePicture(page, 'playback-gap');
});

test('the newest two seconds can be played', async ({ site: { desk } }) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.lobby);
  await page.getByRole('button', { name: 'Pause' }).click();
  const newestMs = async () => Number(await timeline.getAttribute('aria-valuemax'));
  // This camera sends a key frame a second: what has been written up to the last of them can be played.
  let askedMs = Number.NaN;
  // Held up between asking and looking, the machine shows an old picture: it is asked anew.
  await expect(async () => {
    await expect.poll(async () => Date.now() - (await newestMs()), { intervals: [50] }).toBeLessThan(2_000);
    askedMs = (await newestMs()) - 400;
    await page.evaluate((at) => {
      location.hash = location.hash.replace(/at=\d+|$/, (found) => `${found === '' ? '&' : ''}at=${at}`);
    }, askedMs);
    await expect
      .poll(async () => askedMs - (await shownMs(page)), { intervals: [20], timeout: 5_000 })
      .toBeLessThan(onePictureMs);
    const { shownMs: shown = 0, seenMs } = await see(page.locator('video'));
    expect(shown - askedMs).toBeLessThan(1_000);
    expect(seenMs - shown).toBeLessThan(3_500);
  }).toPass({ timeout: 40_000 });

  await expect(async () => {
    await page.getByRole('button', { name: 'Newest' }).click();
    await expect.poll(() => shownMs(page)).toBeGreaterThan(askedMs + 4_000);
    expect(Date.now() - (await shownMs(page))).toBeLessThan(5_000);
  }).toPass({ timeout: 40_000 });
});

test('the whole day on the timeline, and zoomed in', async ({ site: { desk } }) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.dock);
  await expectNoBarriers(page, 'playback');
  await takePicture(page, 'playback-minutes');
  await page.getByRole('button', { name: 'Whole day' }).click();
  await timeline.locator('canvas').hover({ position: { x: 300, y: 40 } });
  await expect(page.locator('[data-timeline-hover]')).toBeVisible();
  await expectNoBarriers(page, 'playback with the whole day');
  await takePicture(page, 'playback-day');
});
