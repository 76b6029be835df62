// How the screens look: sizes, light and dark, nothing to show, waiting, failing, many cameras, without motion. Every picture
// lies in test-results/appearance, to be looked at.

import path from 'node:path';
import type { Page, Route } from '@playwright/test';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, type ScreenName } from './screens.ts';

const screens = ['Live', 'Playback', 'Cameras', 'Health'] as const satisfies readonly ScreenName[];
/** The smallest a desk has, the usual, and the largest (product A4). */
const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const;
const schemes = ['dark', 'light'] as const;

async function keep(page: Page, name: string): Promise<void> {
  const file = path.resolve(import.meta.dirname, '../../test-results/appearance', `${name}.png`);
  await page.screenshot({ path: file });
}

/** Nothing pushes the page wider or longer than the window; what is longer scrolls inside. */
async function expectNoOverflow(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(() => [
    document.documentElement.scrollWidth - innerWidth,
    document.documentElement.scrollHeight - innerHeight,
  ]);
  expect(overflow, what).toEqual([0, 0]);
}

async function expectShown(page: Page, screen: ScreenName): Promise<void> {
  if (screen === 'Live') {
    const tiles = page.locator('[data-tile]');
    await expect(tiles.first()).toBeVisible();
    for (const tile of await tiles.all()) await expect(tile).toHaveAttribute('data-status', 'live');
  }
  if (screen === 'Playback') await expect(page.locator('[data-frame-wall-ms]')).toBeVisible();
}

test('every screen is whole, and without barriers, from 1280 × 720 to 3840 × 2160, in the dark and in the light', async ({
  site: { desk },
}) => {
  const { page } = desk;
  try {
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const screen of screens) {
        await goTo(page, screen);
        for (const size of sizes) {
          await page.setViewportSize(size);
          const what = `${screen.toLowerCase()}-${size.width}-${scheme}`;
          await expectShown(page, screen);
          await expectNoOverflow(page, what);
          // Colours and names are the same at every size; where things cover each other they differ.
          if (size.width < 3000) await expectNoBarriers(page, what);
          await keep(page, what);
        }
      }
    }
  } finally {
    await page.setViewportSize(sizes[0]);
    await page.emulateMedia({ colorScheme: 'dark' });
  }
});

/** The first call of each screen; without its answer there is nothing to show. */
const firstCall = {
  Live: 'cameras/list',
  Playback: 'cameras/list',
  Cameras: 'cameras/list',
  Health: 'station/info',
} as const satisfies Record<ScreenName, string>;

test('an empty, a waiting and a failing station are told on every screen', async ({ desk }) => {
  const { page } = desk;
  const { origin } = new URL(page.url());

  const empty = { Live: 'No cameras yet', Playback: 'No cameras yet', Cameras: 'No cameras yet' } as const;
  for (const [screen, words] of Object.entries(empty) as [keyof typeof empty, string][]) {
    await goTo(page, screen);
    await expect(page.getByRole('heading', { name: words })).toBeVisible();
    await expectNoBarriers(page, `${screen}, empty`);
    await keep(page, `${screen.toLowerCase()}-empty`);
  }

  for (const screen of screens) {
    const call = `**/rpc/${firstCall[screen]}*`;
    const held: Route[] = [];
    await page.route(call, (route) => void held.push(route));
    await page.goto(`${origin}/?again=${screen}#/${screen.toLowerCase()}`);
    await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toBeVisible();
    await expectNoBarriers(page, `${screen}, waiting`);
    await keep(page, `${screen.toLowerCase()}-waiting`);

    // The window asks twice before it gives up.
    await page.route(call, (route) => route.abort('connectionreset'));
    for (const route of held) await route.abort('connectionreset');
    const again = page.getByRole('button', { name: 'Try again' });
    await expect(again).toBeVisible();
    await expectNoBarriers(page, `${screen}, failing`);
    await keep(page, `${screen.toLowerCase()}-failing`);

    await page.unroute(call);
    await again.click();
    await expect(again).toBeHidden();
    await expect(page.getByRole('heading', { name: screen, level: 1 })).toBeVisible();
  }
});

test('64 cameras with long names stay a list that is fast and can be used', async ({ desk }) => {
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  const cameras = 64;
  for (let number = 1; number <= cameras; number += 1) {
    const name = `${String(number).padStart(2, '0')} Warehouse north, loading dock behind the containers`;
    // Nobody answers there: the list is the subject, not the pictures.
    await client.cameras.add({ name, url: `rtsp://127.0.0.1:1/${number}`, recording: false });
  }
  await goTo(page, 'Cameras');
  const rows = page.getByRole('row', { name: /Warehouse north/ });
  await expect(rows).toHaveCount(cameras);
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows.last()).toBeInViewport();
  await expectNoOverflow(page, 'the list of 64 cameras');
  await expectNoBarriers(page, 'the list of 64 cameras');
  await keep(page, 'cameras-64');

  for (const screen of ['Live', 'Playback', 'Health'] as const) {
    await goTo(page, screen);
    if (screen === 'Playback') await expect(page.getByText('Nothing recorded yet')).toBeVisible();
    if (screen === 'Health') {
      // The last camera has a row among the recordings, too.
      const last = page.getByRole('row', { name: `${cameras} Warehouse north` });
      await expect(last.filter({ hasText: 'refused' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'Problems' })).toContainText(
        /\d+ cameras have no signal/,
      );
    }
    await expectNoOverflow(page, `${screen} with 64 cameras`);
    await keep(page, `${screen.toLowerCase()}-64`);
  }
});

test('whoever asks for less motion gets none', async ({ desk }) => {
  const { page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await goTo(page, 'Cameras');
  await page.getByRole('button', { name: 'Add a test pattern' }).click();
  await expect(page.getByRole('row', { name: 'Test pattern' })).toBeVisible();
  for (const screen of screens) {
    await goTo(page, screen);
    await expectShown(page, screen);
    const moving = await page.evaluate(() =>
      document.getAnimations().flatMap((animation) => {
        const { effect } = animation;
        const { endTime = 0 } = effect?.getComputedTiming() ?? {};
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        // What is over before the next picture cannot be seen.
        return Number(endTime) > 16 ? [target?.outerHTML ?? animation.id] : [];
      }),
    );
    expect(moving, screen).toEqual([]);
  }
});
