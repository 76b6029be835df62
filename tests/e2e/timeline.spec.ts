// The timeline: motion, small pictures, gaps in words, zoom from a second to a month by every hand, recorded days, rows, selection.

import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test } from './desk.ts';
import { takenMsOf } from './pictures.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { names } from './site.ts';
import { columnAt, openPlayback, themeColour, untilRecorded, viewOf, xOf } from './timeline.ts';

const monthMs = 31 * 86_400_000;
/** One in ten seconds of footage, asked for to within 2.5 s of the pointer, at a keyframe a second. */
const nearestMs = 5_000 + 2_500 + 1_000 + 500;
/** Middle of a single track, from the top of the canvas. */
const trackY = 55;

/** Pauses when it plays: a screen that was left paused comes back so. */
async function stand(page: Page): Promise<void> {
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  if (await pause.isVisible()) await pause.click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
}

async function wheel(page: Page, by: number, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await page.mouse.wheel(0, by);
}

/** Fingers on the canvas, at CSS pixels from its left edge. */
async function touch(
  devtools: CDPSession,
  timeline: Locator,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  ...xs: number[]
): Promise<void> {
  const box = await timeline.locator('canvas').boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  const touchPoints = xs.map((x, id) => ({ x: box.x + x, y: box.y + trackY, id }));
  await devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
}

test('motion stands on the footage it is about, and nowhere else', async ({ site: { desk } }) => {
  const { page, client } = desk;
  const timeline = await openPlayback(page, names.lobby);
  await stand(page);
  const camera = (await client?.cameras.list())?.find(({ name }) => name === names.lobby);
  if (client === undefined || camera === undefined) throw new Error('the site has no lobby');
  const { streamId } = camera;
  const [motion, footage] = [
    await themeColour(page, '--color-motion'),
    await themeColour(page, '--color-accent'),
  ];
  await expect
    .poll(
      async () =>
        (await client.motion.events({ streamId, startMs: Date.now() - 60_000, endMs: Date.now() })).events
          .length,
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  const { events } = await client.motion.events({
    streamId,
    startMs: Date.now() - 60_000,
    endMs: Date.now(),
  });
  const movedMs = (events[0]?.startMs ?? Number.NaN) + 500;
  // From the foot of the track up to the height of its level; footage shows above it.
  await expect
    .poll(async () => {
      const column = await columnAt(timeline, await xOf(timeline, movedMs));
      return [column[72] === motion, column[40] === footage];
    })
    .toEqual([true, true]);
  const before = Number(await timeline.getAttribute('aria-valuemin')) - 20_000;
  const column = await columnAt(timeline, await xOf(timeline, before));
  expect(column).not.toContain(motion);
  expect(column).not.toContain(footage);
  await timeline.locator('canvas').hover({ position: { x: await xOf(timeline, movedMs), y: trackY } });
  await expect(page.locator('[data-timeline-hover]')).toContainText(/Motion in \d+ % of the picture/);
});

test('the card under the pointer shows the picture of its moment, and asks for few while it moves', async ({
  site: { desk },
}) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.dock);
  await stand(page);
  await untilRecorded(timeline, 15_000);
  const canvas = timeline.locator('canvas');
  const [oldestMs, newestMs] = [
    Number(await timeline.getAttribute('aria-valuemin')),
    Number(await timeline.getAttribute('aria-valuemax')),
  ];
  const card = page.locator('[data-timeline-hover]');
  const image = card.locator('img');
  const seen = new Set<number>();
  for (const ms of [oldestMs + 2_000, newestMs - 1_500]) {
    await canvas.hover({ position: { x: await xOf(timeline, ms), y: trackY } });
    await expect(image).toBeVisible();
    const shownMs = Number(await image.getAttribute('data-thumbnail-ms'));
    const hoverMs = Number(await card.getAttribute('data-hover-ms'));
    expect(Math.abs(shownMs - hoverMs)).toBeLessThan(nearestMs);
    const takenMs = await takenMsOf(image);
    // The camera's own clock in the picture; what FFmpeg and the muxer hold back is at most half a second.
    expect(shownMs - (takenMs ?? Number.NaN)).toBeGreaterThan(-100);
    expect(shownMs - (takenMs ?? Number.NaN)).toBeLessThan(500);
    seen.add(shownMs);
  }
  expect(seen.size).toBe(2);
  await expectNoBarriers(page, 'the card with a picture');
  await takePicture(page, 'timeline-hover');

  // A hand that runs over a day: each step another moment, and no picture of an older one is left standing.
  await page.getByRole('button', { name: 'Whole day' }).click();
  let asked = 0;
  page.on('request', (request) => (asked += request.url().includes('/thumbnail/') ? 1 : 0));
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  const began = Date.now();
  const endX = await xOf(timeline, newestMs);
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.move(box.x + Math.max(0, endX - 30 + step / 2), box.y + trackY);
    const [shown, hovered] = await card.evaluate((element) => [
      element.querySelector('img')?.dataset['thumbnailMs'],
      element.dataset['hoverMs'],
    ]);
    expect(shown === undefined || Math.abs(Number(shown) - Number(hovered)) < nearestMs).toBe(true);
  }
  expect(asked).toBeLessThanOrEqual(2 + (Date.now() - began) / 80);

  // Over what has not happened there is none.
  await page.mouse.move(box.x + box.width - 2, box.y + trackY);
  await expect(card).toHaveAttribute('data-timeline-hover', /future|not-loaded|empty/);
  await expect(image).toHaveCount(0);
});

test('the wheel, the keys and two fingers zoom from a month to a second, and drags pan', async ({
  site: { desk },
}) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.dock);
  await stand(page);
  const canvas = timeline.locator('canvas');
  const span = async () => (await viewOf(timeline)).spanMs;
  await untilRecorded(timeline, 15_000);
  const newestMs = Number(await timeline.getAttribute('aria-valuemax'));
  await canvas.hover({ position: { x: await xOf(timeline, newestMs - 5_000), y: trackY } });
  const hoveredMs = Number(await page.locator('[data-timeline-hover]').getAttribute('data-hover-ms'));
  await wheel(page, -500, 16);
  await expect.poll(span).toBe(1_000);
  const closest = await viewOf(timeline);
  expect(Math.abs(closest.startMs - hoveredMs)).toBeLessThan(1_500);
  // The picture of that second lies outside of what is loaded now; it is known all the same.
  await expect(page.locator('[data-timeline-hover] img')).toBeVisible();
  await takePicture(page, 'timeline-second');
  await wheel(page, 500, 40);
  await expect.poll(span).toBe(monthMs);
  await takePicture(page, 'timeline-month');

  // The same by the keyboard, about the playhead.
  await page.getByRole('button', { name: 'Newest' }).click();
  await stand(page);
  await timeline.focus();
  for (let press = 0; press < 22; press += 1) await page.keyboard.press('+');
  await expect.poll(span).toBe(1_000);
  const before = await viewOf(timeline);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect
    .poll(async () => before.startMs - (await viewOf(timeline)).startMs)
    .toBeGreaterThanOrEqual(249);
  for (let press = 0; press < 22; press += 1) await page.keyboard.press('-');
  await expect.poll(span).toBe(monthMs);
  await page.keyboard.press('Home');
  await expect
    .poll(
      async () =>
        Number(await timeline.getAttribute('aria-valuenow')) -
        Number(await timeline.getAttribute('aria-valuemin')),
    )
    .toBeLessThan(1_000);
  // What the pointer finds, the keys find at the playhead: its card stands there.
  await expect(page.locator('[data-timeline-hover]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-timeline-hover]')).toHaveCount(0);

  // By a mouse's drag, by a finger, by two.
  await page.getByRole('button', { name: 'Whole day' }).click();
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  const pannedBy = async (from: { startMs: number; spanMs: number }) => {
    const { startMs, spanMs } = await viewOf(timeline);
    expect(Math.abs(spanMs - from.spanMs)).toBeLessThan(2);
    return ((from.startMs - startMs) / spanMs) * box.width;
  };
  const start = await viewOf(timeline);
  await page.mouse.move(box.x + 300, box.y + trackY);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + trackY, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => pannedBy(start)).toBeCloseTo(100, 0);

  const devtools = await page.context().newCDPSession(page);
  const dragged = await viewOf(timeline);
  await touch(devtools, timeline, 'touchStart', 500);
  for (const x of [480, 440, 400]) await touch(devtools, timeline, 'touchMove', x);
  await touch(devtools, timeline, 'touchEnd');
  await expect.poll(() => pannedBy(dragged)).toBeCloseTo(-100, 0);

  const still = await viewOf(timeline);
  const middleMs = still.startMs + (500 / box.width) * still.spanMs;
  await touch(devtools, timeline, 'touchStart', 450, 550);
  for (const spread of [80, 120, 200])
    await touch(devtools, timeline, 'touchMove', 500 - spread, 500 + spread);
  await touch(devtools, timeline, 'touchEnd');
  await expect.poll(async () => still.spanMs / (await span())).toBeCloseTo(4, 1);
  // The moment between the fingers stayed between them.
  expect(Math.abs((await xOf(timeline, middleMs)) - 500)).toBeLessThan(2);
});

test('the calendar marks the days with footage, and says so', async ({ site: { desk } }) => {
  const { page } = desk;
  const timeline = await openPlayback(page, names.dock);
  await untilRecorded(timeline, 1_000);
  const [oldest = '', newest = ''] = await Promise.all(
    ['aria-valuemin', 'aria-valuemax'].map(async (edge) =>
      new Date(Number(await timeline.getAttribute(edge))).toLocaleDateString('sv'),
    ),
  );
  // Two days over midnight, of one month or of two.
  const recorded = oldest !== newest && oldest.slice(0, 7) === newest.slice(0, 7) ? 2 : 1;
  await page.getByRole('button', { name: /choose a day/ }).click();
  const calendar = page.getByRole('dialog', { name: 'Choose a day' });
  const today = new Date().getDate();
  const day = (number: number) =>
    calendar.locator('[data-recorded]').filter({ hasText: new RegExp(`^${number}$`) });
  await expect(day(today)).toHaveAttribute('data-recorded', 'true');
  await expect(calendar.locator('[data-recorded=true]')).toHaveCount(recorded);
  expect(await calendar.locator('[data-recorded=false]').count()).toBeGreaterThanOrEqual(28 - recorded);
  // The focus stands on the day that is shown; what is true of it is said.
  await expect(calendar.getByRole('status')).toContainText(/: recorded$/);
  await expectNoBarriers(page, 'the calendar');
  await takePicture(page, 'timeline-calendar');
  await page.keyboard.press('Enter');
  await expect(calendar).toBeHidden();
});

test('a gap says its reason in words under the pointer', async ({ site: { desk, cameras } }) => {
  const { page } = desk;
  await goTo(page, 'Live');
  const tile = page.locator('[data-tile]').filter({ hasText: names.yard });
  await expect(tile).toHaveAttribute('data-status', 'live');
  await cameras.drop('yard');
  await expect(tile.getByRole('status')).toContainText('The camera knows no stream at this address');
  await cameras.bringBack('yard');
  const timeline = await openPlayback(page, names.yard);
  const camera = (await desk.client?.cameras.list())?.find(({ name }) => name === names.yard);
  if (desk.client === undefined || camera === undefined) throw new Error('the site has no yard');
  const { timeline: calls } = desk.client;
  const { streamId } = camera;
  const fault = async () => {
    const { gaps } = await calls.range({
      streamId,
      startMs: Date.now() - 120_000,
      endMs: Date.now(),
      mergeMs: 0,
    });
    return gaps.findLast(({ reason, endMs }) => reason === 'not-found' && endMs !== undefined);
  };
  await expect.poll(fault, { timeout: 20_000 }).toBeDefined();
  const gap = await fault();
  const middleMs = ((gap?.startMs ?? Number.NaN) + (gap?.endMs ?? Number.NaN)) / 2;
  const card = page.locator('[data-timeline-hover]');
  await expect
    .poll(async () => {
      await timeline.locator('canvas').hover({ position: { x: await xOf(timeline, middleMs), y: trackY } });
      return card.getAttribute('data-timeline-hover');
    })
    .toBe('gap');
  await expect(card).toContainText(/No video\. The camera knows no stream at this address, \d\d:\d\d:\d\d/);
  await expect(card.locator('img')).toHaveCount(0);
});

test('cameras in step have a row each, and a stretch is selected by hand in a row of its own', async ({
  site: { desk },
}) => {
  const { page } = desk;
  await openPlayback(page, names.gate);
  await page.getByRole('radio', { name: '4', exact: true }).click({ force: true });
  await expect(page.locator('[data-sync-tile]')).toHaveCount(4);
  const timeline = page.getByRole('slider', { name: /^Timeline of/ });
  const canvas = timeline.locator('canvas');
  const footage = await themeColour(page, '--color-accent');
  const motion = await themeColour(page, '--color-motion');
  const newest = async () => Number(await timeline.getAttribute('aria-valuemax'));
  await untilRecorded(timeline, 15_000);
  const newestMs = await newest();
  // The playhead's line would stand where the rows are looked at.
  await timeline.press('Home');
  await expect
    .poll(async () => newestMs - Number(await timeline.getAttribute('aria-valuenow')))
    .toBeGreaterThan(10_000);
  const card = page.locator('[data-timeline-hover]');
  // Rows of 18 with a line between them, below the ruler of 38.
  for (const [row, name] of [names.gate, names.yard, names.dock, names.lobby].entries()) {
    const top = 38 + row * 19;
    // Where everything moves, motion covers the footage it is about. A gap of just now has its sign, and the card says why,
    // until the moment looked at is past it.
    await expect
      .poll(async () => {
        const x = await xOf(timeline, (await newest()) - 2_000);
        const colour = (await columnAt(timeline, x))[top + 1] ?? '';
        await canvas.hover({ position: { x, y: top + 9 } });
        return [footage, motion].includes(colour) && (await card.locator('img').count()) === 1;
      })
      .toBe(true);
    await expect(card).toContainText(name);
  }
  await takePicture(page, 'timeline-rows');

  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  const [fromMs, untilMs] = [newestMs - 12_000, newestMs - 4_000];
  const y = box.y + box.height - 7;
  await page.mouse.move(box.x + (await xOf(timeline, fromMs)), y);
  await expect(card).toContainText('Drag here to select');
  await page.mouse.down();
  await page.mouse.move(box.x + (await xOf(timeline, untilMs)), y, { steps: 5 });
  await page.mouse.up();
  const bar = page.getByRole('group', { name: /selection/i });
  await expect(bar).toContainText(/[78]\.\d s/);
  const selected = await themeColour(page, '--color-accent-text');
  const middle = await columnAt(timeline, await xOf(timeline, (fromMs + untilMs) / 2));
  expect(middle.slice(-10)).toContain(selected);
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
});
