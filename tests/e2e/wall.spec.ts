// The wall: every layout, tiles moved by hand and by key, sixteen that move, and what nobody sees costs nothing.

import type { Request } from '@playwright/test';
import { expect, test } from './desk.ts';
import { see } from './pictures.ts';
import { expectNoBarriers, takePicture } from './screens.ts';
import { cameraName, layoutOf, openWall, placeOf, tileOf, type Wall } from './wall.ts';

let wall: Wall;
test.beforeAll(async ({ browser }) => {
  wall = await openWall(browser, 16);
});
test.afterAll(() => wall[Symbol.asyncDispose]());

const layouts = [
  ['1', 'One camera', 1],
  ['4', '4 cameras', 4],
  ['6', '6 cameras', 6],
  ['9', '9 cameras', 9],
  ['7', '16 cameras', 16],
  ['8', '25 cameras', 16],
] as const;

test('each layout shows as many cameras as it has tiles, with the same video elements', async () => {
  const { page } = wall;
  const tiles = page.locator('[data-tile]');
  const live = page.locator('[data-status=live]');
  const goThrough = async () => {
    for (const [key, name, shown] of layouts) {
      await page.keyboard.press(key);
      await expect(layoutOf(page)).toHaveAccessibleName(name);
      await expect(tiles).toHaveCount(shown);
      await expect(live, name).toHaveCount(shown);
    }
  };
  await goThrough();
  const made = await page.evaluateHandle(() => {
    const counted = { videos: 0 };
    const create = Reflect.get(document, 'createElement') as (...args: unknown[]) => Element;
    Reflect.set(document, 'createElement', (...args: unknown[]) => {
      if (args[0] === 'video') counted.videos += 1;
      return Reflect.apply(create, document, args);
    });
    return counted;
  });
  await goThrough();
  expect(await made.evaluate(({ videos }) => videos)).toBe(0);
  expect(await page.locator('video').count()).toBeLessThanOrEqual(17);

  await page.keyboard.press('6');
  const [large, other] = [await placeOf(page, tileOf(page, 1)), await placeOf(page, tileOf(page, 2))];
  expect([large.w, large.h]).toEqual([0.67, 0.67]);
  expect([other.w, other.h]).toEqual([0.33, 0.33]);
});

test('sixteen tiles move, each showing the present', async () => {
  const { page } = wall;
  await page.keyboard.press('7');
  await expect(page.locator('[data-status=live]')).toHaveCount(16);
  const look = () =>
    Promise.all(
      Array.from({ length: 16 }, (_, at) =>
        see(
          tileOf(page, at + 1)
            .locator('video')
            .last(),
        ),
      ),
    );
  let first: Awaited<ReturnType<typeof look>> = [];
  await expect
    .poll(async () => {
      first = await look();
      return first.filter(({ takenMs }) => takenMs !== undefined).length;
    })
    .toBe(16);
  await expect
    .poll(
      async () =>
        (await look()).filter(({ takenMs = 0 }, at) => takenMs > (first[at]?.takenMs ?? Infinity)).length,
    )
    .toBe(16);
  // How late a wall of sixteen is on a quiet machine, the bench live-latency measures.
  for (const { seenMs, takenMs = 0 } of await look()) expect(seenMs - takenMs).toBeLessThan(3_500);
  await expectNoBarriers(page, 'the wall of sixteen');
  await takePicture(page, 'live-sixteen-tiles');
});

test('only what can be seen is sent, and nothing while nobody looks', async () => {
  const { page } = wall;
  const watched: number[] = [];
  const note = (request: Request) => {
    if (!request.url().endsWith('/live/watch')) return;
    watched.push(request.postData()?.match(/"channel"/g)?.length ?? 0);
  };
  page.on('request', note);
  await page.keyboard.press('4');
  await expect.poll(() => watched.at(-1)).toBe(4);
  await page.keyboard.press('1');
  await expect.poll(() => watched.at(-1)).toBe(1);

  const connection = page.waitForEvent('requestfailed', (request) => request.url().includes('/live/'));
  const hide = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await hide(true);
  // The one connection ends with its last tile.
  await connection;
  await expect(page.locator('video')).toHaveCount(0);
  await hide(false);
  await expect(page.locator('[data-status=live]')).toHaveCount(1);
  await page.evaluate(() => Reflect.deleteProperty(document, 'hidden'));
  page.off('request', note);
});

test('tiles are moved and resized by hand and by key, and every change can be taken back', async () => {
  const { page } = wall;
  await page.keyboard.press('4');
  await expect(page.locator('[data-tile]')).toHaveCount(4);
  await page.keyboard.press('e');
  const bar = page.getByRole('toolbar', { name: 'Arrange tiles' });
  await expect(bar).toBeVisible();
  const tile = tileOf(page, 1);
  const ground = await page.getByRole('region', { name: 'Camera wall' }).boundingBox();
  if (ground === null) throw new Error('no wall');
  const at = (x: number, y: number) => [ground.x + x * ground.width, ground.y + y * ground.height] as const;
  const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...at(...from));
    await page.mouse.down();
    await page.mouse.move(...at((from[0] + to[0]) / 2, (from[1] + to[1]) / 2));
    await page.mouse.move(...at(...to));
    await page.mouse.up();
  };

  await test.step('a corner that is dragged resizes, and the others give way', async () => {
    await drag([0.495, 0.495], [0.745, 0.745]);
    await expect.poll(() => placeOf(page, tile)).toEqual({ x: 0, y: 0, w: 0.75, h: 0.75 });
    expect((await placeOf(page, tileOf(page, 2))).x).toBe(0.75);
    await expect(layoutOf(page)).toHaveCount(0);
    await expectNoBarriers(page, 'arranging tiles');
    await takePicture(page, 'live-arrange');
  });
  await test.step('the body that is dragged moves', async () => {
    await drag([0.375, 0.3], [0.625, 0.3]);
    await expect.poll(async () => (await placeOf(page, tile)).x).toBe(0.25);
  });
  await test.step('arrows move, and resize with Shift', async () => {
    await tile.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await placeOf(page, tile)).x).toBe(0.17);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(async () => (await placeOf(page, tile)).w).toBe(0.67);
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(async () => (await placeOf(page, tile)).h).toBe(0.67);
  });
  await test.step('tiles come and go', async () => {
    const places = page.locator('[data-slot]');
    const before = await places.count();
    await tileOf(page, 4).focus();
    await page.keyboard.press('Delete');
    await expect(places).toHaveCount(before - 1);
    await page.keyboard.press('Insert');
    await expect(places).toHaveCount(before);
    await expect(page.getByRole('group', { name: 'Empty tile' })).toHaveCount(1);
  });
  await test.step('each change is taken back, to the layout it began with', async () => {
    for (let change = 0; change < 7; change += 1) await page.keyboard.press('Control+z');
    await expect.poll(() => placeOf(page, tile)).toEqual({ x: 0, y: 0, w: 0.5, h: 0.5 });
  });
  await test.step('a tile that is held when arranging ends stays where it was, also for the next time', async () => {
    await page.mouse.move(...at(0.495, 0.495));
    await page.mouse.down();
    await page.mouse.move(...at(0.745, 0.745), { steps: 2 });
    await expect.poll(() => placeOf(page, tile)).toMatchObject({ w: 0.75, h: 0.75 });
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await expect.poll(() => placeOf(page, tile)).toMatchObject({ w: 0.5, h: 0.5 });
    await page.mouse.up();
    await page.keyboard.press('e');
    await expect(bar).toBeVisible();
    expect(await placeOf(page, tile)).toMatchObject({ w: 0.5, h: 0.5 });
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await expect(layoutOf(page)).toHaveAccessibleName('4 cameras');
  });
});

test('a tour turns the pages, and waits while somebody is busy', async () => {
  const { page } = wall;
  await page.keyboard.press('9');
  const pages = page.getByRole('group', { name: 'Pages' });
  await expect(pages).toContainText('1 / 2');
  await page.keyboard.press('v');
  await page.getByRole('menuitem', { name: 'Turn pages by itself' }).hover();
  await page.getByRole('menuitem', { name: 'Every 5 seconds' }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(pages).toContainText('2 / 2');
  await expect(page.locator('[data-tile]')).toHaveCount(7);
  await expect(pages).toContainText('1 / 2');
  await page.keyboard.press('g');
  await expect(pages.getByRole('button', { name: 'Turn pages by itself' })).toBeVisible();
  await page.keyboard.press('PageDown');
  await expect(pages).toContainText('2 / 2');
  await page.keyboard.press('PageUp');
  await expect(pages).toContainText('1 / 2');
});

test('a hotspot follows the camera that is selected', async () => {
  const { page } = wall;
  await page.keyboard.press('4');
  await tileOf(page, 4).focus();
  await page.keyboard.press('t');
  const picker = page.getByRole('dialog', { name: 'Choose a camera' });
  await picker.getByRole('searchbox').fill('Hotspot');
  await page.keyboard.press('Enter');
  await expect(picker).toBeHidden();
  const hotspot = page.locator('[data-slot="3"]');
  for (const number of [2, 3, 1]) {
    await page.locator(`[data-slot="${number - 1}"]`).focus();
    await expect(hotspot).toContainText(cameraName(number));
    await expect(hotspot).toHaveAttribute('data-status', 'live');
  }
  await page.keyboard.press('Control+z');
  await expect(hotspot).toContainText(cameraName(4));
});

test('what is chosen for the enlarged tile is enlarged in its place', async () => {
  const { page } = wall;
  const tiles = page.locator('[data-tile]');
  const choose = async (name: string) => {
    await page.keyboard.press('t');
    const picker = page.getByRole('dialog', { name: 'Choose a camera' });
    await picker.getByRole('searchbox').fill(name);
    await page.keyboard.press('Enter');
    await expect(picker).toBeHidden();
  };
  await tileOf(page, 1).focus();
  await page.keyboard.press('Enter');
  await expect(tiles).toHaveCount(1);
  // One that has a tile on this page, then one of another page.
  for (const number of [2, 9]) {
    await choose(cameraName(number));
    await expect(tiles).toContainText(cameraName(number));
    await expect(tiles).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(tiles).toHaveCount(4);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-slot="0"]')).toContainText(cameraName(1));
});

test('full screen leaves nothing but the wall', async () => {
  const { page } = wall;
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await expect(page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0);
  await expect(page.getByRole('banner')).toHaveCount(0);
  await page.keyboard.press('f');
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
});
