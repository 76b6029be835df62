// From live into the past and back: one tile and the whole wall, by the clock in the pictures, without a hole.

import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { type TileLook, watchTile } from './tile-watch.ts';
import { layOut, openWall, tileOf, untilRecorded, type Wall } from './wall.ts';

let wall: Wall;
test.beforeAll(async ({ browser }) => {
  wall = await openWall(browser, 4);
  // There has to be something to go back to.
  await untilRecorded(wall, 25_000);
});
test.afterAll(() => wall[Symbol.asyncDispose]());

const stepMs = 10_000;
/** From picture to picture of what goes on; a busy machine leaves some out. */
const holeMs = 1_500;
/** A live picture may be so late before its tile has to say so. */
const oldestLiveMs = 3_500;

type Clocked = TileLook & { readonly takenMs: number };
const clocked = (looks: readonly TileLook[]) =>
  looks.filter((look): look is Clocked => look.takenMs !== undefined);

/** Where the clock in the picture does not simply go on: how far it jumped each time. */
function jumpsIn(looks: readonly Clocked[]): number[] {
  return looks.flatMap(({ takenMs }, at) => {
    const byMs = takenMs - (looks[at - 1]?.takenMs ?? takenMs);
    return byMs < -50 || byMs > holeMs ? [byMs] : [];
  });
}

test('a tile goes ten seconds back, plays on without a hole, and returns to live', async () => {
  const { page } = wall;
  await page.keyboard.press('4');
  const tile = tileOf(page, 2);
  await tile.focus();
  await expect(tile).toHaveAttribute('data-status', 'live');
  const watch = await watchTile(page, 2);
  const ageMs = async () => {
    const { seenMs = 0, takenMs = 0 } = (await watch.last()) ?? {};
    return seenMs - takenMs;
  };
  await expect.poll(ageMs).toBeLessThan(oldestLiveMs);
  await page.keyboard.press('j');
  await expect(tile).toHaveAttribute('data-status', 'replay');
  await expect.poll(ageMs).toBeGreaterThan(stepMs - 1_000);
  const from = (await watch.last())?.takenMs ?? 0;
  await expect.poll(async () => (await watch.last())?.takenMs ?? 0).toBeGreaterThan(from + 2_000);
  await expect(page.locator('[data-status=live]')).toHaveCount(3);
  await page.keyboard.press('l');
  await expect(tile).toHaveAttribute('data-status', 'live');
  await expect.poll(ageMs).toBeLessThan(oldestLiveMs);

  const looks = await watch.stop();
  expect(looks.filter(({ isBlack }) => isBlack)).toEqual([]);
  const [back = 0, forth = 0, ...others] = jumpsIn(clocked(looks));
  // The same picture of ten seconds ago, to within what the live one was late and a picture.
  expect(Math.abs(back + stepMs)).toBeLessThan(1_000);
  expect(forth).toBeGreaterThan(stepMs - 4_000);
  expect(others).toEqual([]);

  // The search for barriers holds the page up, and with it the pictures watched above.
  await page.keyboard.press('j');
  await expect(tile).toHaveAttribute('data-status', 'replay');
  await expect(page.locator('[data-status=live]')).toHaveCount(3);
  await expectNoBarriers(page, 'a tile in the past');
  await takePicture(page, 'live-replay');
  await page.keyboard.press('l');
  await expect(tile).toHaveAttribute('data-status', 'live');
});

test('a tile in the past is paused, goes further back and on', async () => {
  const { page } = wall;
  const tile = tileOf(page, 3);
  await tile.focus();
  const watch = await watchTile(page, 3);
  const takenMs = async () => (await watch.last())?.takenMs ?? 0;
  await page.keyboard.press('j');
  await expect(tile).toHaveAttribute('data-status', 'replay');
  await expect.poll(async () => Date.now() - (await takenMs())).toBeGreaterThan(stepMs - 1_000);
  await page.keyboard.press('k');
  await expect(tile.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const paused = await takenMs();
  await page.keyboard.press('j');
  await expect.poll(async () => Math.abs((await takenMs()) - paused + stepMs)).toBeLessThan(1_000);
  const earlier = await takenMs();
  await page.keyboard.press('Shift+J');
  await expect.poll(async () => Math.abs((await takenMs()) - earlier - stepMs)).toBeLessThan(1_000);
  await page.keyboard.press('l');
  await expect(tile).toHaveAttribute('data-status', 'live');
  await watch.stop();
});

test('a camera that a hotspot shows, too, goes back, stands and goes on in both tiles', async () => {
  const { page } = wall;
  await tileOf(page, 4).focus();
  await page.keyboard.press('t');
  await page.getByRole('searchbox').fill('Hotspot');
  await page.keyboard.press('Enter');
  const hotspot = page.locator('[data-slot="3"]');
  await expect(hotspot).toBeFocused();
  await tileOf(page, 2).first().focus();
  await expect(hotspot).toHaveAttribute('data-status', 'live');
  await page.keyboard.press('j');
  await expect(page.locator('[data-status=replay]')).toHaveCount(2);
  // Their own bars say it: the wall's buttons have other names.
  const bars = (name: string) => page.locator('[data-tile]').getByRole('button', { name, exact: true });
  await expect(page.locator('[data-tile]').getByText(/^\d+:\d\d ago$/)).toHaveCount(2);
  await page.keyboard.press('k');
  await expect(bars('Play')).toHaveCount(2);
  await page.keyboard.press('k');
  await expect(bars('Pause')).toHaveCount(2);
  await tileOf(page, 3).focus();
  await expect(hotspot).toContainText('Camera 03');
  await expect(hotspot).toHaveAttribute('data-status', 'live');
  await page.keyboard.press('l');
  await expect(page.locator('[data-status=live]')).toHaveCount(4);
  await page.keyboard.press('Control+z');
  await expect(tileOf(page, 4)).toBeVisible();
});

test('what a tile in the past shows is kept and marked, with its own moment', async () => {
  const { page, desk } = wall;
  const tile = tileOf(page, 2);
  await tile.focus();
  await page.keyboard.press('j');
  await expect(tile.getByText(/^\d+:\d\d ago$/)).toBeVisible();
  // It is recorded all the while.
  await expect(tile.getByRole('img', { name: 'Recording', exact: true })).toBeVisible();
  await page.keyboard.press('k');
  await expect(tile.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  // Standing, it falls further behind.
  const ago = tile.getByText(/^\d+:\d\d ago$/);
  await expect(ago).not.toHaveText((await ago.textContent()) ?? '');
  const beforeMs = Date.now();
  const saved = page.waitForEvent('download');
  await page.keyboard.press('s');
  const name = (await saved).suggestedFilename();
  // In the zone of this machine, which the name tells, but for UTC itself.
  const [, day, clock, hours = '+00', minutes = '00'] =
    /^Camera 02 (\S+) (\S+) UTC(?:([+-]\d\d)(\d\d))?\./.exec(name) ?? [];
  const takenMs = Date.parse(`${day}T${clock?.replaceAll('-', ':')}${hours}:${minutes}`);
  expect(beforeMs - takenMs, name).toBeGreaterThan(stepMs - 1_000);
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'New mark' });
  await dialog.getByRole('button', { name: 'Save mark' }).click();
  await expect(dialog).toBeHidden();
  const marks = await desk.client?.marks.search({ limit: 1, order: 'newest' });
  expect(marks?.marks[0]?.startMs).toBe(takenMs);
  await tile.hover();
  await tile.getByRole('button', { name: 'Mark this moment' }).click();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await tile.getByRole('button', { name: 'Back to live' }).click();
  await expect(tile).toHaveAttribute('data-status', 'live');
  // Keys would be about the tile under the pointer.
  await page.getByRole('heading', { name: 'Live', level: 1 }).hover();
});

test('the whole wall goes back to one moment, and to live together', async () => {
  const { page } = wall;
  await page.keyboard.press('4');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await expect(page.locator('[data-status=live]')).toHaveCount(4);
  const watches = await Promise.all([1, 2, 3, 4].map((number) => watchTile(page, number)));
  const ages = async () => {
    const looks = await Promise.all(watches.map((watch) => watch.last()));
    return looks.map((look) => (look?.seenMs ?? 0) - (look?.takenMs ?? 0));
  };
  await page.keyboard.press('Control+j');
  await expect(page.locator('[data-status=replay]')).toHaveCount(4);
  await expect.poll(async () => Math.min(...(await ages()))).toBeGreaterThan(stepMs - 1_000);
  const spreadMs = async () => {
    const seen = await ages();
    return Math.max(...seen) - Math.min(...seen);
  };
  await expect.poll(spreadMs).toBeLessThan(1_500);
  await page.keyboard.press('l');
  await expect(page.locator('[data-status=live]')).toHaveCount(4);
  await expect.poll(async () => Math.max(...(await ages()))).toBeLessThan(oldestLiveMs);
  for (const watch of watches) {
    const looks = await watch.stop();
    expect(looks.filter(({ isBlack }) => isBlack)).toEqual([]);
  }
});

test('what is done, refused or not there is said', async () => {
  const { page, desk } = wall;
  const tile = tileOf(page, 2);
  await tile.focus();
  await test.step('recording by hand, which changes nothing on a tile that is recorded anyway', async () => {
    await page.keyboard.press('r');
    await expect(page.getByText(/^Camera 02 is recorded by hand until \d\d:\d\d/)).toBeVisible();
    await page.keyboard.press('r');
    await expect(page.getByText('Camera 02: recording by hand ended.')).toBeVisible();
    await page.route('**/rpc/cameras/**', (route) => route.abort('connectionreset'));
    await page.keyboard.press('r');
    await expect(page.getByText('The station does not answer.')).toBeVisible();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
  });
  await test.step('a switch that could not be set', async () => {
    await goTo(page, 'Cameras');
    const toggle = page.getByRole('switch', { name: 'Record Camera 02' });
    await page.getByRole('row', { name: 'Camera 02' }).locator('label').click();
    await expect(page.getByText('The station does not answer.')).toBeVisible();
    await expect(toggle).toBeChecked();
    await page.unroute('**/rpc/cameras/**');
    await goTo(page, 'Live');
  });
  await test.step('a recording that was never made', async () => {
    await desk.client?.cameras.add({ name: 'Camera 05', url: 'rtsp://127.0.0.1:1/none', recording: true });
    await layOut(page, '9', '9 cameras');
    const none = tileOf(page, 5);
    await none.focus();
    await page.keyboard.press('j');
    await expect(none.getByRole('alert')).toBeVisible();
    await expect(none.getByText('No picture', { exact: true })).toBeVisible();
    await expect(none.getByRole('button', { name: 'Pause' })).toHaveCount(0);
    await page.keyboard.press('l');
    await expect(none).toHaveAttribute('data-status', 'no-signal');
  });
});
