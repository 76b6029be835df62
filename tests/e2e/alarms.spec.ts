// Alarms: in words on every screen while their cause lasts, and until somebody has read them when they are about the past.

import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { startStation } from '../driver/station-process.ts';
import { expect, test } from './desk.ts';
import { openDesk } from './open-desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { openWindowOn } from './window-on.ts';

const bar = (page: Page) => page.getByRole('region', { name: 'Alarms' });
const list = (page: Page) => page.getByRole('list', { name: 'Alarms' });

test('a disk taken away is told on every screen, and no more when it is back', async ({ shell, browser }) => {
  await using desk = await openDesk(shell, browser, { segmentSeconds: 10 });
  const { page, client, dataFolder } = desk;
  await client?.cameras.addTestPattern({ name: 'Gate' });
  await goTo(page, 'Cameras');
  await expect(page.getByRole('row', { name: 'Gate' })).toContainText('Recording');
  await expect(bar(page)).toBeEmpty();

  const footage = path.join(dataFolder, 'footage');
  renameSync(footage, `${footage}.away`);
  await expect(bar(page)).toContainText('There is no disk to record on.', { timeout: 20_000 });
  await expect(page.getByRole('link', { name: /Health.*2 alarms/ })).toBeVisible();
  await goTo(page, 'Live');
  await expect(bar(page)).toContainText('There is no disk to record on.');
  await expect(bar(page).getByRole('button')).toHaveCount(0);
  await takePicture(page, 'alarm-live');
  await bar(page).getByRole('link', { name: 'and one more' }).click();
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  await expect(list(page)).toContainText(/The volume “.+” is missing\./);
  await expectNoBarriers(page, 'the health screen with alarms');
  await takePicture(page, 'health-alarms');

  renameSync(`${footage}.away`, footage);
  await expect(bar(page)).toBeEmpty();
  await expect(list(page)).toHaveCount(0);
});

test('a catalog that was lost is told until somebody has read it', async ({ browser }) => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'lookout-e2e-'));
  try {
    {
      await using first = await startStation(dataFolder);
      await first.client.cameras.addTestPattern({ name: 'Gate' });
      await expect
        .poll(async () => (await first.client.cameras.list())[0]?.state)
        .toMatchObject({ kind: 'running', recording: true });
      expect(await first.stop()).toBe(0);
    }
    rmSync(path.join(dataFolder, 'catalog'), { recursive: true });
    await using window = await openWindowOn(browser, dataFolder);
    const { page, station } = window;
    await expect(bar(page)).toContainText('The catalog was lost');
    await expect(bar(page)).toContainText('all footage stays');
    await bar(page)
      .getByRole('button', { name: /^Acknowledge/ })
      .click();
    await expect(bar(page)).toBeEmpty();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible();
    expect(await station.client.alarms.list()).toEqual([]);
    await expect(bar(page)).toBeEmpty();
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
