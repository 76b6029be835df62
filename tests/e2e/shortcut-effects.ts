// What each shortcut has to bring about, by the group and the key as the sheet of shortcuts shows them.

import { expect, type Page } from '@playwright/test';
import { goTo } from './screens.ts';
import { cameraName, layoutOf, placeOf, tileOf } from './wall.ts';

/** Presses the key and says what came of it; leaves the screen as it was. */
export type Effect = (page: Page, press: () => Promise<void>) => Promise<void>;
export type Effects = Readonly<Record<string, Effect>>;

const slot = (page: Page, number: number) => page.locator(`[data-slot="${number}"]`);
const undo = (page: Page) => page.keyboard.press('Control+z');

/** A dialog or menu opens; Escape closes it. */
export const opens =
  (role: 'dialog' | 'menu', name: string | RegExp): Effect =>
  async (page, press) => {
    await press();
    const opened = page.getByRole(role, { name });
    await expect(opened).toBeVisible();
    // It takes the keyboard a moment later.
    await expect.poll(() => opened.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role)).toHaveCount(0);
  };

/** Something is there after one press and gone after the next. */
export const toggles =
  (find: (page: Page) => ReturnType<Page['locator']>): Effect =>
  async (page, press) => {
    await expect(find(page)).toHaveCount(0);
    await press();
    await expect(find(page).first()).toBeVisible();
    await press();
    await expect(find(page)).toHaveCount(0);
  };

const layout =
  (name: string): Effect =>
  async (page, press) => {
    await press();
    await expect(layoutOf(page)).toHaveAccessibleName(name);
  };

const screen =
  (name: string): Effect =>
  async (page, press) => {
    await press();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  };

const fromHealth: Effect = async (page, press) => {
  await goTo(page, 'Health');
  await screen('Live')(page, press);
};

export const downloads: Effect = async (page, press) => {
  const saved = page.waitForEvent('download');
  await press();
  expect((await saved).suggestedFilename()).toMatch(/\.jpg$/);
};

export const generalEffects: Effects = {
  L: fromHealth,
  W: fromHealth,
  P: screen('Playback'),
  C: screen('Cameras'),
  H: screen('Health'),
  F: async (page, press) => {
    const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
    await press();
    await expect.poll(isFull).toBe(true);
    await press();
    await expect.poll(isFull).toBe(false);
  },
  'Mod+K': opens('dialog', 'Find a command'),
  '?': opens('dialog', 'Keyboard shortcuts'),
  'Shift+M': toggles((page) => page.getByRole('complementary', { name: 'Marks' })),
};

const turned =
  (from: number, to: number): Effect =>
  async (page, press) => {
    const pages = page.getByRole('group', { name: 'Pages' });
    await page.keyboard.press('1');
    if (from === 2) await page.keyboard.press('PageDown');
    await expect(pages).toContainText(`${from} /`);
    await press();
    await expect(pages).toContainText(`${to} /`);
  };

export const wallEffects: Effects = {
  '1': layout('One camera'),
  '4': layout('4 cameras'),
  '6': layout('6 cameras'),
  '9': layout('9 cameras'),
  '7': layout('16 cameras'),
  '8': layout('25 cameras'),
  PageUp: turned(2, 1),
  PageDown: turned(1, 2),
  V: opens('menu', /^View/),
  'Shift+V': opens('dialog', 'Save this view'),
  A: (page, press) =>
    toggles((one) => one.getByRole('searchbox', { name: 'Find a camera' }))(page, async () => {
      await slot(page, 0).focus();
      await press();
    }),
  E: toggles((page) => page.getByRole('toolbar', { name: 'Arrange tiles' })),
  'Mod+Z': async (page, press) => {
    await page.keyboard.press('Shift+ArrowRight');
    await expect(slot(page, 1)).toContainText(cameraName(1));
    await press();
    await expect(slot(page, 0)).toContainText(cameraName(1));
  },
  G: async (page, press) => {
    await page.keyboard.press('1');
    await press();
    await expect(page.getByRole('button', { name: 'Stay on this page' })).toBeVisible();
    await press();
    await expect(page.getByRole('button', { name: 'Stay on this page' })).toHaveCount(0);
  },
  N: async (page, press) => {
    const opened = page.context().waitForEvent('page');
    await press();
    const other = await opened;
    await expect(other.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
    await other.close();
  },
  I: toggles((page) => page.getByText('Latency', { exact: true })),
  M: opens('dialog', /mark/i),
  S: downloads,
};

const goes =
  (from: number, to: number): Effect =>
  async (page, press) => {
    await slot(page, from).focus();
    await press();
    await expect(slot(page, to)).toBeFocused();
  };

const swaps =
  (from: number, to: number): Effect =>
  async (page, press) => {
    await slot(page, from).focus();
    await press();
    await expect(slot(page, to)).toContainText(cameraName(from + 1));
    await undo(page);
    await expect(slot(page, from)).toContainText(cameraName(from + 1));
  };

const zoomed = (page: Page) => slot(page, 0).getByText(/^\d\.\d×$/);
const enlarges: Effect = async (page, press) => {
  await press();
  await expect(zoomed(page)).toHaveText('1.3×');
  await page.keyboard.press('0');
  await expect(zoomed(page)).toHaveCount(0);
};
const pans: Effect = async (page, press) => {
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('+');
  const left = () =>
    slot(page, 0)
      .locator('.origin-top-left')
      .first()
      .evaluate((one) => one.style.transform);
  const before = await left();
  await press();
  await expect.poll(left).not.toBe(before);
  await page.keyboard.press('0');
};
const reduces: Effect = async (page, press) => {
  await page.keyboard.press('+');
  await expect(zoomed(page)).toHaveCount(1);
  await press();
  await expect(zoomed(page)).toHaveCount(0);
};

const replaying = (page: Page) => page.locator('[data-status=replay]');
/** How far behind the first tile says it is, in seconds. */
const behind = async (page: Page) => {
  const words = slot(page, 0).getByText(/^\d+:\d\d ago$/);
  if ((await words.count()) === 0) return Number.NaN;
  const [, minutes, seconds] = /(\d+):(\d\d) ago/.exec((await words.textContent()) ?? '') ?? [];
  return Number(minutes) * 60 + Number(seconds);
};
const rewound: Effect = async (page) => {
  await page.keyboard.press('j');
  await expect.poll(() => behind(page)).toBeGreaterThanOrEqual(8);
};
const backToLive = async (page: Page) => {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('l');
  await expect(replaying(page)).toHaveCount(0);
};

export const tileEffects: Effects = {
  ArrowRight: goes(0, 1),
  ArrowLeft: goes(1, 0),
  ArrowDown: goes(0, 2),
  ArrowUp: goes(2, 0),
  'Shift+ArrowRight': swaps(0, 1),
  'Shift+ArrowLeft': swaps(1, 0),
  'Shift+ArrowDown': swaps(0, 2),
  'Shift+ArrowUp': swaps(2, 0),
  Enter: async (page, press) => {
    await press();
    await expect(page.locator('[data-tile]')).toHaveCount(1);
    await press();
    await expect(page.locator('[data-tile]')).toHaveCount(4);
  },
  Escape: async (page, press) => {
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-tile]')).toHaveCount(1);
    await press();
    await expect(page.locator('[data-tile]')).toHaveCount(4);
  },
  R: async (page, press) => {
    // The camera is not recorded but by hand: only then its tile has a recording dot.
    const dot = tileOf(page, 4).getByRole('img', { name: 'Recording', exact: true });
    await slot(page, 3).focus();
    await expect(dot).toHaveCount(0);
    await press();
    await expect(dot).toBeVisible();
    await press();
    await expect(dot).toHaveCount(0);
  },
  B: screen('Playback'),
  T: opens('dialog', 'Choose a camera'),
  Delete: async (page, press) => {
    await press();
    await expect(page.getByRole('group', { name: 'Empty tile' })).toHaveCount(1);
    await undo(page);
    await expect(slot(page, 0)).toContainText(cameraName(1));
  },
  U: toggles((page) => page.getByRole('img', { name: 'You hear this camera' })),
  Plus: enlarges,
  '=': enlarges,
  '-': reduces,
  '0': reduces,
  'Alt+ArrowLeft': pans,
  'Alt+ArrowRight': pans,
  'Alt+ArrowUp': pans,
  'Alt+ArrowDown': pans,
  J: async (page, press) => {
    await press();
    await expect(replaying(page)).toHaveCount(1);
    await expect.poll(() => behind(page)).toBeGreaterThanOrEqual(8);
    await backToLive(page);
  },
  'Mod+J': async (page, press) => {
    await press();
    await expect(replaying(page)).toHaveCount(4);
    await backToLive(page);
  },
  'Shift+J': async (page, press) => {
    await rewound(page, press);
    await page.keyboard.press('j');
    await expect.poll(() => behind(page)).toBeGreaterThanOrEqual(18);
    await press();
    await expect.poll(() => behind(page)).toBeLessThan(17);
    await backToLive(page);
  },
  K: async (page, press) => {
    await rewound(page, press);
    await press();
    await expect(slot(page, 0).getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    await backToLive(page);
  },
  L: async (page, press) => {
    await rewound(page, press);
    await press();
    await expect(replaying(page)).toHaveCount(0);
    await expect(slot(page, 0)).toHaveAttribute('data-status', 'live');
  },
};

type Place = Awaited<ReturnType<typeof placeOf>>;
const places =
  (from: number, expected: Partial<Place>): Effect =>
  async (page, press) => {
    const tile = tileOf(page, from + 1);
    await tile.focus();
    const before = await placeOf(page, tile);
    await press();
    await expect.poll(() => placeOf(page, tile)).toMatchObject(expected);
    await undo(page);
    await expect.poll(() => placeOf(page, tile)).toEqual(before);
  };
const slots = (page: Page) => page.locator('[data-slot]');
const ends: Effect = async (page, press) => {
  await press();
  await expect(page.getByRole('toolbar', { name: 'Arrange tiles' })).toHaveCount(0);
};

/** While tiles are being arranged. */
export const arrangeEffects: Effects = {
  ArrowRight: places(0, { x: 0.08 }),
  ArrowLeft: places(1, { x: 0.42 }),
  ArrowDown: places(0, { y: 0.08 }),
  ArrowUp: places(2, { y: 0.42 }),
  'Shift+ArrowRight': places(0, { w: 0.58 }),
  'Shift+ArrowLeft': places(0, { w: 0.42 }),
  'Shift+ArrowDown': places(0, { h: 0.58 }),
  'Shift+ArrowUp': places(0, { h: 0.42 }),
  Delete: async (page, press) => {
    await press();
    await expect(slots(page)).toHaveCount(3);
    await undo(page);
    await expect(slots(page)).toHaveCount(4);
  },
  Insert: async (page, press) => {
    await page.keyboard.press('Delete');
    await expect(slots(page)).toHaveCount(3);
    await press();
    await expect(slots(page)).toHaveCount(4);
    await undo(page);
    await undo(page);
  },
  Escape: ends,
  Enter: ends,
};

export const camerasEffects: Effects = { N: opens('dialog', 'Add a camera') };
