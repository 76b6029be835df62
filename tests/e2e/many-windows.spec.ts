// More windows of one browser than it has connections for: each hears the station, and the station hears each.

import { expect, test } from './desk.ts';

/** Chromium gives one host six connections; a window that kept one to itself would leave none with so many. */
const windowCount = 9;

test('nine windows of one browser show what happens, and can still ask', async ({ desk }) => {
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  const address = new URL('#/cameras', page.url()).href;
  const others = await Promise.all(Array.from({ length: windowCount - 1 }, () => page.context().newPage()));
  for (const other of others) await other.goto(address);
  for (const other of others) {
    await expect(other.getByRole('button', { name: 'Add a test pattern' })).toBeVisible();
  }
  await client.cameras.addTestPattern({ name: 'Gate' });
  for (const other of others) await expect(other.getByRole('row', { name: /Gate/ })).toBeVisible();

  await (others.at(-1) ?? page).getByRole('switch', { name: 'Record Gate' }).press('Space');
  for (const other of others) {
    await expect(other.getByRole('switch', { name: 'Record Gate' })).not.toBeChecked();
  }
});
