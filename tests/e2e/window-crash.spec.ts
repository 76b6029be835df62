// A window whose process dies is there again by itself, as it was, and the recorders never hear of it.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { readRecorderFile } from '../../recorder/capture/recorder-file.ts';
import { type DesktopProcess, startDesktop } from '../driver/desktop-process.ts';
import { startStation } from '../driver/station-process.ts';
import { expect, test } from './desk.ts';
import { goTo } from './screens.ts';

/** From the death of a page to live pictures in the next one. */
const backLimitMs = 10_000;
/** From the first start of a camera to its live pictures. */
const firstLimitMs = 30_000;

let dataFolder: string;
let desktop: DesktopProcess;
test.beforeEach(async () => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-crash-'));
  desktop = await startDesktop(dataFolder);
  await goTo(desktop.page, 'Cameras');
  await desktop.page.getByRole('button', { name: 'Add a test pattern' }).click();
  await expect(desktop.page.getByRole('row', { name: 'Test pattern' })).toBeVisible();
  await goTo(desktop.page, 'Live');
  await expectLive(desktop.page, firstLimitMs);
});
test.afterEach(async () => {
  await desktop[Symbol.asyncDispose]();
  rmSync(dataFolder, { recursive: true, force: true });
});

const expectLive = (page: Page, timeout = backLimitMs) =>
  expect(page.getByRole('group', { name: 'Test pattern: live' })).toBeVisible({ timeout });

/** Kills the process of a page; what comes in its place, once it shows something. */
async function crash(page: Page): Promise<Page> {
  const [next] = await Promise.all([
    page.context().waitForEvent('page'),
    expect(page.goto('chrome://crash')).rejects.toThrow('crash'),
  ]);
  await next.waitForURL((url) => url.protocol !== 'about:');
  return next;
}

/** The process ids of the FFmpegs. */
function recorders(): (number | undefined)[] {
  const folder = path.join(dataFolder, 'recorders');
  return readdirSync(folder).map((name) => readRecorderFile(path.join(folder, name)).process?.pid);
}

function logged(message: string): Record<string, unknown>[] {
  const lines = readFileSync(path.join(dataFolder, 'logs/lookout.log'), 'utf8').split('\n').slice(0, -1);
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === message);
}

test('a window whose process dies shows its wall again, the other one and the recorders go on', async () => {
  const { page } = desktop;
  const another = page.context().waitForEvent('page');
  await page.keyboard.press('n');
  const other = await another;
  await expectLive(other, firstLimitMs);
  await page.keyboard.press('4');
  await expect(page.getByRole('radio', { checked: true })).toHaveAccessibleName('4 cameras');
  const before = recorders();
  expect(before).toEqual([expect.any(Number)]);

  const diedMs = Date.now();
  const next = await crash(page);
  await expectLive(next);
  const backMs = Date.now();
  expect(next.url()).toContain('window=1#/live');
  await expect(next.getByRole('radio', { checked: true })).toHaveAccessibleName('4 cameras');
  expect(logged('the page of a window died')).toEqual([
    expect.objectContaining({ window: 1, reason: 'crashed', exitCode: expect.any(Number), deaths: 1 }),
  ]);
  await expectLive(other);
  expect(page.context().pages()).toHaveLength(2);
  expect(recorders()).toEqual(before);
  // What the recorder holds back until it knows how long its picture lasts is not of that time any more.
  await expect.poll(() => Date.now() - backMs).toBeGreaterThan(3_000);

  expect(await desktop.stop()).toBe(0);
  await using station = await startStation(dataFolder);
  const [camera] = await station.client.cameras.list();
  if (camera === undefined) throw new Error('the camera is gone');
  const { gaps, coverage } = await station.client.timeline.range({
    ...{ streamId: camera.streamId, startMs: diedMs, endMs: backMs },
  });
  expect(gaps).toEqual([]);
  expect(coverage).toHaveLength(1);
  expect(coverage[0]?.startMs).toBeLessThanOrEqual(diedMs);
  expect(coverage[0]?.endMs).toBeGreaterThanOrEqual(backMs);
});

test('a window that goes on dying says so, waits, and is there again', async () => {
  const resting = await crash(await crash(await crash(desktop.page)));
  await expect(resting.getByRole('heading')).toHaveText('This window stopped working several times.');
  await expect(resting.getByText('Recording is not affected.')).toBeVisible();
  await expect(resting.getByRole('group', { name: 'Test pattern: live' })).toBeVisible({ timeout: 25_000 });
  expect(resting.url()).toContain('window=1#/live');
  const deaths = logged('the page of a window died');
  expect(deaths.map(({ waitMs }) => waitMs)).toEqual([0, 0, 10_000]);
  expect(await desktop.stop()).toBe(0);
});
