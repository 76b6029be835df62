// One tile of the wall: the right stream for its size without a black picture, zoom, sound, snapshot; and views that stay.

import { readFileSync, statSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { watchTile } from './tile-watch.ts';
import { layOut, layoutOf, openWall, placeOf, saveView, tileOf, type Wall } from './wall.ts';

let wall: Wall;
test.beforeAll(async ({ browser }) => {
  wall = await openWall(browser, 4);
});
test.afterAll(() => wall[Symbol.asyncDispose]());

test('the small stream is in a small tile and the large one in a large tile, and never black between', async () => {
  const { page, desk } = wall;
  await page.keyboard.press('7');
  const tile = tileOf(page, 1);
  await expect(tile).toHaveAttribute('data-status', 'live');
  await expect.poll(() => tile.locator('video').evaluateAll((all) => all.length)).toBe(1);
  const watch = await watchTile(page, 1);
  const width = async () => (await watch.last())?.width;
  await expect.poll(width).toBe(320);
  await tile.dblclick();
  await expect.poll(width).toBe(1280);
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await expect.poll(width).toBe(320);
  await expect(tile.locator('video')).toHaveCount(1);
  const looks = await watch.stop();
  expect(looks.length).toBeGreaterThan(20);
  expect(looks.filter(({ isBlack }) => isBlack)).toEqual([]);
  // A tile that had the keyboard when the wall was left asks for no large picture afterwards.
  const videoWidth = () =>
    tile
      .locator('video')
      .last()
      .evaluate((video) => (video as HTMLVideoElement).videoWidth);
  await tile.focus();
  await expect.poll(videoWidth).toBe(1280);
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { name: 'Playback', level: 1 })).toBeVisible();
  await goTo(page, 'Live');
  await expect.poll(videoWidth).toBe(320);
  // The small one is for looking alone: it has no footage and no gap.
  const [camera] = (await desk.client?.cameras.list()) ?? [];
  expect(camera?.sub?.picture).toMatchObject({ width: 320, height: 180 });
  const sub = camera?.sub?.streamId;
  if (sub === undefined) throw new Error('the camera has no sub stream');
  const range = { startMs: Date.now() - 600_000, endMs: Date.now() };
  expect(await desk.client?.timeline.range({ streamId: sub, ...range })).toEqual({ coverage: [], gaps: [] });
});

test('digital zoom enlarges what is under the pointer, moves in it, and goes back', async () => {
  const { page } = wall;
  await page.keyboard.press('4');
  const tile = tileOf(page, 2);
  await expect.poll(() => placeOf(page, tile)).toMatchObject({ w: 0.5, h: 0.5 });
  const box = await tile.boundingBox();
  if (box === null) throw new Error('no tile');
  const video = tile.locator('video').first();
  const shown = async () => (await video.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const plain = await shown();
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
  await page.mouse.wheel(0, -400);
  await expect.poll(async () => (await shown()).width / plain.width).toBeCloseTo(2, 1);
  // What was under the pointer still is.
  const zoomed = await shown();
  expect((box.x + box.width / 4 - zoomed.x) / zoomed.width).toBeCloseTo(0.25, 1);
  await expect(tile).toContainText('2.0×');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 4 - 60, box.y + box.height / 4, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await shown()).x - zoomed.x)).toBe(-60);
  await takePicture(page, 'live-zoomed');
  await tile.focus();
  await page.keyboard.press('0');
  await expect.poll(async () => (await shown()).width).toBeCloseTo(plain.width, 0);
  await page.keyboard.press('+');
  await expect.poll(async () => (await shown()).width / plain.width).toBeCloseTo(1.25, 1);
  await page.keyboard.press('-');
  await expect.poll(async () => (await shown()).width).toBeCloseTo(plain.width, 0);
});

test('one camera is heard at a time', async () => {
  const { page } = wall;
  const heard = await page.evaluateHandle(() => {
    const elements = new Set<HTMLMediaElement>();
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      elements.add(this);
      return play.call(this);
    };
    return elements;
  });
  const sounding = () =>
    heard.evaluate((elements) =>
      [...elements]
        .filter(
          ({ paused, muted, volume, currentTime }) => !paused && !muted && volume > 0 && currentTime > 0,
        )
        .map(({ currentTime }) => currentTime),
    );
  const only = async () => {
    await expect.poll(async () => (await sounding()).length).toBe(1);
    const [from = 0] = await sounding();
    await expect.poll(async () => (await sounding())[0] ?? 0).toBeGreaterThan(from);
    expect(await sounding()).toHaveLength(1);
  };
  await page.keyboard.press('4');
  expect(await sounding()).toEqual([]);
  for (const number of [2, 3]) {
    await tileOf(page, number).focus();
    await page.keyboard.press('u');
    await expect(page.getByRole('img', { name: 'You hear this camera' })).toHaveCount(1);
    await expect(tileOf(page, number).getByRole('img', { name: 'You hear this camera' })).toBeVisible();
    await only();
  }
  await page.keyboard.press('u');
  await expect.poll(async () => (await sounding()).length).toBe(0);
});

test('a snapshot of a tile is saved under the name of its camera and its moment', async () => {
  const { page } = wall;
  await page.keyboard.press('4');
  await tileOf(page, 3).focus();
  const saved = page.waitForEvent('download');
  await page.keyboard.press('s');
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(
    /^Camera 03 \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.\d{3} UTC.*\.jpg$/,
  );
  const file = await download.path();
  expect(statSync(file).size).toBeGreaterThan(2_000);
  expect(readFileSync(file).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
});

test('keys are about the tile under the pointer while none has the keyboard, and ask for one while there is none', async () => {
  const { page } = wall;
  await page.reload();
  await layOut(page, '4', '4 cameras');
  await expect(page.locator('[data-status=live]')).toHaveCount(4);
  const heading = page.getByRole('heading', { name: 'Live', level: 1 });
  await heading.hover();
  for (const key of ['s', 'm', 'u', 'j', 'r']) {
    await page.keyboard.press(key);
    await expect(page.getByText('Choose a tile with a camera first.')).toBeVisible();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await heading.hover();
  }
  await expect(page.locator('[data-status=live]')).toHaveCount(4);
  await tileOf(page, 2).hover();
  const saved = page.waitForEvent('download');
  await page.keyboard.press('s');
  expect((await saved).suggestedFilename()).toMatch(/^Camera 02 /);
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'New mark' });
  await expect(dialog).toContainText('Camera 02');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await tileOf(page, 2).hover();
  await page.keyboard.press('j');
  await expect(tileOf(page, 2)).toHaveAttribute('data-status', 'replay');
  await expect(page.locator('[data-status=replay]')).toHaveCount(1);
  await page.keyboard.press('l');
  await expect(page.locator('[data-status=live]')).toHaveCount(4);
  // The keyboard goes before the pointer, and the tile that had it last is meant once both are elsewhere.
  await tileOf(page, 3).focus();
  await page.keyboard.press('u');
  await expect(tileOf(page, 3).getByRole('img', { name: 'You hear this camera' })).toBeVisible();
  await heading.hover();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('u');
  await expect(page.getByRole('img', { name: 'You hear this camera' })).toHaveCount(0);
});

test('the keyboard stays on the wall when a tile comes, goes or changes, and when the list of cameras closes', async () => {
  const { page } = wall;
  await layOut(page, '4', '4 cameras');
  const slot = (number: number) => page.locator(`[data-slot="${number}"]`);
  const empty = page.getByRole('group', { name: 'Empty tile' });
  await test.step('while tiles are arranged', async () => {
    await page.keyboard.press('e');
    await page.keyboard.press('Insert');
    await expect(page.getByText('There is no room for another tile.')).toBeVisible();
    await slot(3).focus();
    await page.keyboard.press('Delete');
    await expect(slot(3)).toHaveCount(0);
    await expect(slot(2)).toBeFocused();
    await page.keyboard.press('Insert');
    await expect(empty).toBeFocused();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await expect(slot(3)).toContainText('Camera 04');
  });
  await test.step('when a tile is emptied, and shows something else', async () => {
    await slot(2).focus();
    await page.keyboard.press('Delete');
    await expect(empty).toBeFocused();
    await page.keyboard.press('t');
    const picker = page.getByRole('dialog', { name: 'Choose a camera' });
    await picker.getByRole('searchbox').fill('Motion hotspot');
    await page.keyboard.press('Enter');
    await expect(picker).toBeHidden();
    await expect(slot(2)).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(slot(0)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(slot(1)).toBeFocused();
  });
  await test.step('around the list of cameras, which takes what is typed', async () => {
    await page.keyboard.press('a');
    const search = page.getByRole('searchbox', { name: 'Find a camera' });
    await expect(search).toBeFocused();
    await expect(search.locator('..')).toHaveCSS('outline-style', 'solid');
    await page.keyboard.type('v');
    await expect(search).toHaveValue('v');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(search).toHaveCount(0);
    await expect(slot(1)).toBeFocused();
  });
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(slot(2)).toContainText('Camera 03');
});

test('a view that is saved is there for a new window, as it was, and can be taken away', async () => {
  const { page, desk } = wall;
  await page.keyboard.press('6');
  await tileOf(page, 1).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('[data-slot="1"]')).toContainText('Camera 01');
  await saveView(page, 'Night watch');

  const other = await page.context().newPage();
  await other.goto(new URL('/#/live', page.url()).href);
  await other.getByRole('button', { name: /^View:/ }).click();
  await expectNoBarriers(other, 'the menu of views');
  await other.getByRole('menuitem', { name: 'Night watch' }).click();
  await expect(layoutOf(other)).toHaveAccessibleName('6 cameras');
  await expect(other.locator('[data-slot="1"]')).toContainText('Camera 01');
  await other.keyboard.press('9');
  await other.getByRole('button', { name: 'View: Night watch' }).click();
  await other.getByRole('menuitem', { name: 'Save changes' }).click();
  await expect.poll(async () => (await desk.client?.views.list())?.[0]?.layout['layout']).toBe(9);
  await other.getByRole('button', { name: 'View: Night watch' }).click();
  await other.getByRole('menuitem', { name: 'Remove…' }).click();
  await other.getByRole('button', { name: 'Remove the view' }).click();
  await expect.poll(async () => (await desk.client?.views.list())?.length).toBe(0);
  await other.close();
});

/** Where what is written stands on the screen. */
async function boxOf(one: Locator) {
  const box = await one.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

test('words and buttons of a tile lie beside each other, however long its name and small the tile', async () => {
  const { page, desk } = wall;
  const [first, , , fourth] = (await desk.client?.cameras.list()) ?? [];
  if (first === undefined || fourth === undefined) throw new Error('no camera');
  const long = 'Camera 01 at the gate, a long name the installer typed for the delivery yard';
  await desk.client?.cameras.rename({ cameraId: first.id, name: long });
  await desk.client?.cameras.rename({ cameraId: fourth.id, name: long.replace('01', '04') });
  // Nobody answers there.
  await desk.client?.cameras.add({ name: 'Camera 05', url: 'rtsp://127.0.0.1:1/none', recording: true });
  await page.getByRole('button', { name: /^View:/ }).click();
  await page.getByRole('menuitem', { name: 'All cameras' }).click();
  await layOut(page, '4', '4 cameras');
  const tile = tileOf(page, 1);
  await expect(tile).toContainText(long);
  await tile.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('+');
  const factor = tile.getByText(/^\d\.\d×$/);
  const tools = tile.getByRole('button', { name: 'Mark this moment' });
  for (const [width, height] of [
    [1920, 1080],
    [1280, 720],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(async () => (await boxOf(factor)).right).toBeLessThan((await boxOf(tools)).left);
    await expect(factor).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press('0');

  await layOut(page, '8', '25 cameras');
  const away = tileOf(page, 5);
  await expect(away).toHaveAttribute('data-status', 'no-signal');
  const reason = away.getByRole('status').locator('p').last();
  const name = away.getByText('Camera 05', { exact: true });
  expect((await boxOf(reason)).bottom).toBeLessThan((await boxOf(name)).top);
  expect((await boxOf(reason)).top).toBeGreaterThan((await boxOf(away)).top);
  await page.keyboard.press('e');
  await expect(away).toContainText('Camera 05');
  await expect(away.getByText(/^No signal/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(away.getByText(/^No signal/)).toBeVisible();

  await goTo(page, 'Playback');
  await page.getByRole('radio', { name: '4', exact: true }).click();
  const last = page.locator('[data-sync-tile]').nth(3);
  const nameThere = last.getByText(/^Camera 04 at the gate/);
  await expect(nameThere).toBeVisible();
  const toolThere = page.getByRole('button', { name: 'Set in', exact: true });
  expect((await boxOf(nameThere)).right).toBeLessThan((await boxOf(toolThere)).left);
});
