// Several windows of one desk: each shows its own view, and a restart brings all of them back.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type DesktopProcess, startDesktop } from '../driver/desktop-process.ts';
import { expect, test } from './desk.ts';
import { goTo } from './screens.ts';

let dataFolder: string;
test.beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-windows-'));
});
test.afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

/** Starts the desk, does something with its windows in the order of their numbers, and ends it. */
async function onDesk(
  count: number,
  work: (windows: readonly Page[], desk: DesktopProcess) => Promise<void>,
) {
  await using desk = await startDesktop(dataFolder);
  await work(await windowsOf(desk, count), desk);
  expect(await desk.stop()).toBe(0);
}

async function windowsOf({ page }: DesktopProcess, count: number): Promise<readonly Page[]> {
  const windows = () => page.context().pages();
  await expect.poll(() => windows().length).toBe(count);
  for (const one of windows()) {
    await expect(one.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
  }
  const numberOf = (one: Page) => Number(new URL(one.url()).searchParams.get('window'));
  return windows().sort((a, b) => numberOf(a) - numberOf(b));
}

/** How many windows the shell would bring back now. */
function remembered(): number {
  return (JSON.parse(readFileSync(path.join(dataFolder, 'window/windows.json'), 'utf8')) as unknown[]).length;
}

async function expectLayouts(windows: readonly Page[], names: readonly string[]): Promise<void> {
  expect(windows).toHaveLength(names.length);
  for (const [at, page] of windows.entries()) {
    await expect(page.getByRole('radio', { checked: true })).toHaveAccessibleName(names[at] ?? '');
  }
}

test('a second window has its own view, and both are back after a restart', async () => {
  await onDesk(1, async ([one], desk) => {
    if (one === undefined) throw new Error('the desk has no window');
    await goTo(one, 'Cameras');
    await one.getByRole('button', { name: 'Add a test pattern' }).click();
    await expect(one.getByRole('row', { name: 'Test pattern' })).toBeVisible();
    await goTo(one, 'Live');
    await one.getByRole('group', { name: 'Test pattern: live' }).waitFor();
    await one.keyboard.press('9');
    await one.keyboard.press('n');
    const windows = await windowsOf(desk, 2);
    await windows[1]?.getByRole('group', { name: 'Test pattern: live' }).waitFor();
    await windows[1]?.keyboard.press('4');
    await expectLayouts(windows, ['9 cameras', '4 cameras']);
  });
  await onDesk(2, async (windows, desk) => {
    await expectLayouts(windows, ['9 cameras', '4 cameras']);
    await windows[1]?.close();
    await windowsOf(desk, 1);
    // A program that is told to end before it heard of the closing brings the window back.
    await expect.poll(remembered).toBe(1);
  });
  // What an operator closed stays closed.
  await onDesk(1, (windows) => expectLayouts(windows, ['9 cameras']));
});
