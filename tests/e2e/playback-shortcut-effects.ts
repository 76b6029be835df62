// What each shortcut of the playback screen has to bring about, as in shortcut-effects.ts.

import { expect, type Page } from '@playwright/test';
import { downloads, type Effect, type Effects, opens, toggles } from './shortcut-effects.ts';
import { settledMs, shownMs } from './timeline.ts';

const playing = (page: Page) => page.getByRole('button', { name: 'Pause', exact: true });
const standing = (page: Page) => page.getByRole('button', { name: 'Play', exact: true });
const pause = async (page: Page) => {
  if ((await playing(page).count()) > 0) await page.keyboard.press('Space');
  await expect(standing(page)).toBeVisible();
};
/** The picture moves by about so much. */
const moves =
  (leastMs: number, mostMs: number): Effect =>
  async (page, press) => {
    await pause(page);
    const before = await settledMs(page);
    await press();
    await expect
      .poll(async () => {
        const byMs = (await shownMs(page)) - before;
        return byMs >= leastMs && byMs <= mostMs;
      })
      .toBe(true);
  };
const rate = (page: Page) =>
  page
    .locator('video')
    .first()
    .evaluate((video) => (video as HTMLVideoElement).playbackRate);
const selectionBar = (page: Page) => page.getByRole('group', { name: 'Selection' });
const selects: Effect = async (page, press) => {
  await pause(page);
  await press();
  await expect(selectionBar(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(selectionBar(page)).toHaveCount(0);
};
const said: Effect = async (page, press) => {
  await pause(page);
  await press();
  await expect(page.getByRole('status').filter({ hasText: /^No / })).toBeVisible();
};
/** Goes to such a moment, or says that there is none. */
const jumps: Effect = async (page, press) => {
  await pause(page);
  const before = await shownMs(page);
  const words = page.getByRole('status').filter({ hasText: /^No (earlier|later)/ });
  await press();
  await expect
    .poll(async () => (await words.count()) > 0 || Math.abs((await shownMs(page)) - before) > 100)
    .toBe(true);
};

export const playbackEffects: Effects = {
  Space: async (page, press) => {
    await pause(page);
    await press();
    await expect(playing(page)).toBeVisible();
    await press();
    await expect(standing(page)).toBeVisible();
  },
  ArrowLeft: moves(-11_000, -8_000),
  ArrowRight: async (page, press) => {
    // The newest leaves no room to go on.
    await moves(-11_000, -8_000)(page, () => page.keyboard.press('ArrowLeft'));
    await moves(8_000, 11_000)(page, press);
  },
  ',': moves(-300, -20),
  '.': async (page, press) => {
    await moves(-11_000, -8_000)(page, () => page.keyboard.press('ArrowLeft'));
    await moves(20, 300)(page, press);
  },
  ']': async (page, press) => {
    await press();
    await expect.poll(() => rate(page)).toBe(2);
    await page.keyboard.press('[');
    await expect.poll(() => rate(page)).toBe(1);
  },
  '[': async (page, press) => {
    await press();
    await expect.poll(() => rate(page)).toBeLessThan(1);
    await page.keyboard.press(']');
    await expect.poll(() => rate(page)).toBe(1);
  },
  N: async (page, press) => {
    await pause(page);
    await page.keyboard.press('ArrowLeft');
    await press();
    await expect.poll(async () => Date.now() - (await shownMs(page))).toBeLessThan(6_000);
  },
  M: opens('dialog', /mark/i),
  S: downloads,
  I: selects,
  O: selects,
  Escape: async (page, press) => {
    await pause(page);
    await page.keyboard.press('i');
    await expect(selectionBar(page)).toBeVisible();
    await press();
    await expect(selectionBar(page)).toHaveCount(0);
  },
  'Shift+ArrowLeft': said,
  'Shift+ArrowRight': said,
  // Transport and jumps are proven by transport.spec.ts; here each key is pressed.
  J: async (page, press) => {
    await press();
    await expect(page.locator('[data-speed="-1"]')).toBeVisible();
    await page.keyboard.press('k');
  },
  K: async (page, press) => {
    await page.keyboard.press('Space');
    await press();
    await expect(standing(page)).toBeVisible();
  },
  L: async (page, press) => {
    await pause(page);
    await press();
    await expect(playing(page)).toBeVisible();
    await page.keyboard.press('k');
  },
  R: async (page, press) => {
    await moves(-11_000, -8_000)(page, () => page.keyboard.press('ArrowLeft'));
    await page.keyboard.press('i');
    await moves(8_000, 11_000)(page, () => page.keyboard.press('ArrowRight'));
    await page.keyboard.press('o');
    await press();
    await expect(page.getByRole('button', { name: /loop/i, pressed: true })).toBeVisible();
    await page.keyboard.press('Escape');
  },
  'Shift+J': jumps,
  'Shift+L': jumps,
  G: jumps,
  'Shift+G': jumps,
  'Shift+F': toggles((page) => page.getByRole('complementary', { name: /motion/i })),
};
