// Every shortcut is pressed. Which there are, the sheet of shortcuts says; one without an effect that is known here fails.

import type { Page } from '@playwright/test';
import { expect, test } from './desk.ts';
import { playbackEffects } from './playback-shortcut-effects.ts';
import { goTo, type ScreenName } from './screens.ts';
import {
  arrangeEffects,
  camerasEffects,
  type Effects,
  generalEffects,
  tileEffects,
  wallEffects,
} from './shortcut-effects.ts';
import { cameraName, openWall, tileOf, untilRecorded, type Wall } from './wall.ts';

const effectsOf: Readonly<Record<string, Effects>> = {
  Everywhere: generalEffects,
  'The wall': wallEffects,
  'The tile you are at': tileEffects,
  'Arranging tiles': arrangeEffects,
  Playback: playbackEffects,
  Cameras: camerasEffects,
};

let wall: Wall;
const pressed = new Set<string>();
test.beforeAll(async ({ browser }) => {
  wall = await openWall(browser, 4);
  const fourth = (await wall.desk.client?.cameras.list())?.find(({ name }) => name === cameraName(4));
  if (fourth === undefined) throw new Error('no fourth camera');
  await wall.desk.client?.cameras.setRecording({ cameraId: fourth.id, recording: false });
  await untilRecorded(wall, 25_000);
});
test.afterAll(() => wall[Symbol.asyncDispose]());

interface Shortcut {
  readonly group: string;
  readonly keys: string;
}

async function listed(page: Page): Promise<Shortcut[]> {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  const shortcuts = await sheet.locator('section').evaluateAll((sections) =>
    sections.flatMap((section) =>
      [...section.querySelectorAll<HTMLElement>('[data-keys]')].map((caps) => ({
        group: section.querySelector('h3')?.textContent ?? '',
        keys: caps.dataset['keys'] ?? '',
      })),
    ),
  );
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  return shortcuts;
}

/** As Playwright writes keys. */
const pressable = (keys: string) =>
  keys
    .replace('Mod', 'Control')
    .replace('Plus', '+')
    .replace(/^[A-Z]$/, (letter) => letter.toLowerCase());

/** Presses each key that the sheet lists and that was not pressed yet, always from the same state of the screen. */
async function pressAll(page: Page, begin: () => Promise<void>): Promise<void> {
  await begin();
  const shortcuts = await listed(page);
  expect(shortcuts.length).toBeGreaterThan(5);
  const wrong: string[] = [];
  for (const { group, keys } of shortcuts) {
    const name = `${group}: ${keys}`;
    if (pressed.has(name)) continue;
    pressed.add(name);
    const effect = effectsOf[group]?.[keys];
    if (effect === undefined) {
      wrong.push(`${name} has no effect that is known to this test`);
      continue;
    }
    await begin();
    await effect(page, () => page.keyboard.press(pressable(keys))).catch((error: Error) => {
      wrong.push(`${name}: ${error.message.slice(0, 400)}`);
    });
  }
  expect(wrong).toEqual([]);
}

async function onScreen(screen: ScreenName): Promise<void> {
  const heading = wall.page.getByRole('heading', { name: screen, level: 1 });
  if ((await heading.count()) === 0) await goTo(wall.page, screen);
}

const onWall = async () => {
  await onScreen('Live');
  await expect(wall.page.getByRole('region', { name: 'Camera wall' })).toBeVisible();
  await wall.page.keyboard.press('4');
  await tileOf(wall.page, 1).focus();
  await expect(wall.page.locator('[data-status=live]')).toHaveCount(4);
};

test('every shortcut of the wall and of the desk does what it says', async () => {
  await pressAll(wall.page, onWall);
});

test('every shortcut of arranging tiles does what it says', async () => {
  const { page } = wall;
  await pressAll(page, async () => {
    const bar = page.getByRole('toolbar', { name: 'Arrange tiles' });
    if ((await bar.count()) === 0) {
      await onWall();
      await page.keyboard.press('e');
    }
    await expect(bar).toBeVisible();
    await tileOf(page, 1).focus();
  });
  await page.keyboard.press('Escape');
});

test('every shortcut of playback does what it says', async () => {
  await pressAll(wall.page, async () => {
    await onScreen('Playback');
    await expect(wall.page.locator('[data-frame-wall-ms]')).toBeVisible();
  });
});

test('every shortcut of the cameras screen does what it says', async () => {
  await pressAll(wall.page, () => onScreen('Cameras'));
});
