// How windows of a browser hear the station: more of them than it has connections for, and one whose session has ended.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStation } from '../driver/station-process.ts';
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

test('a window that was left open says that it is no longer signed in once the station was started anew', async ({
  browser,
}) => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-session-'));
  await using open = new AsyncDisposableStack();
  open.defer(() => rmSync(dataFolder, { recursive: true, force: true }));
  const context = await browser.newContext();
  open.defer(() => context.close());
  const page = await context.newPage();
  const signedOut = page.getByText('This window is no longer signed in.');
  {
    await using station = await startStation(dataFolder);
    await page.goto(await station.freshLink());
    await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
    await expect(signedOut).toBeHidden();
    expect(await station.stop()).toBe(0);
  }
  // Sessions end with the process; the port is that of the last time.
  await using station = await startStation(dataFolder);
  await expect(signedOut).toBeVisible();
  expect(await station.stop()).toBe(0);
});
