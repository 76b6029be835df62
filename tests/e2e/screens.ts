// What the specs do on every screen: go there, add cameras, look for barriers, take its picture.

import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export type ScreenName = 'Live' | 'Playback' | 'Cameras' | 'Health';

const pictures = path.resolve(import.meta.dirname, '../../docs/pictures');

/** By the rail, as an operator does. */
export async function goTo(page: Page, screen: ScreenName): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
  await expect(page.getByRole('heading', { name: screen, level: 1 })).toBeVisible();
}

/** Adds a camera by its address on the cameras screen; ends with its row in the list. */
export async function addByUrl(page: Page, name: string, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Add camera' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add a camera' });
  await form.getByLabel('Address', { exact: true }).fill(url);
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByRole('button', { name: 'Add camera' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('row', { name })).toBeVisible();
}

/** WCAG 2.2 AA as far as a machine can see it: every violation with the elements it is about. */
export async function expectNoBarriers(page: Page, what: string): Promise<void> {
  // Legacy mode looks at the page alone; the other opens one of its own, which a desktop does not let happen.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // React Aria's announcer empties what it has said after seconds; until then its words may outlive their element.
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ html, any }) => [html, any[0]?.message]),
  }));
  expect(found, `barriers on ${what}`).toEqual([]);
}

/** Keeps the screen as it is for the documentation; only with LOOKOUT_PICTURES, so that a test run leaves the tree clean. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env['LOOKOUT_PICTURES'] !== '1') return;
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}
