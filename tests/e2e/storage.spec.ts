// Disks as an installer handles them: added, refused, given a reserve, taken out of use and back.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { MadeStationStore } from '../../electron/footage/made-station-store.ts';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { openWindowOn } from './window-on.ts';

const dayMs = 86_400_000;

/** Refused at its field, in words. */
async function expectRefused(field: Locator, words: RegExp): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(words);
}

const disk = (page: Page, name: string) => page.getByRole('listitem', { name });

test('disks are added, given a reserve, taken out of use and back', async ({ browser }) => {
  const made = new MadeStationStore();
  const other = mkdtempSync(path.join(tmpdir(), 'lookout-disk-'));
  try {
    const store = await made.open();
    const beganMs = Math.floor(Date.now() / 1_000) * 1_000 - 3 * dayMs;
    await store.record(made.addCamera(store, 'Yard'), beganMs, beganMs + 8_000);
    await store.close();
    await using window = await openWindowOn(browser, made.dataFolder);
    const { page, station } = window;
    await goTo(page, 'Health');

    await test.step('what is recorded and how it is kept', async () => {
      const row = page.getByRole('table', { name: 'Recordings' }).getByRole('row', { name: 'Yard' });
      await expect(row).toContainText(/\d kB/);
      await expect(row).toContainText('As long as there is room');
      await expect(page.getByRole('list', { name: 'Encoders found by trial' })).toContainText(
        /H\.264 · Processor\s*used/,
        { timeout: 30_000 },
      );
      await expectNoBarriers(page, 'the health screen');
      await takePicture(page, 'health');
    });

    await test.step('a folder that cannot be used is refused at its field', async () => {
      await page.getByRole('button', { name: 'Add a disk' }).click();
      const form = page.getByRole('dialog', { name: 'Add a disk' });
      const [name, folder] = [form.getByLabel('Name'), form.getByLabel('Folder')];
      const submit = form.getByRole('button', { name: 'Add a disk' });
      await submit.click();
      await expectRefused(name, /needs a name/);
      await name.fill('Disk 2');
      for (const [wrong, words] of [
        ['relative/folder', /whole path/],
        ['/lookout', /top of a disk/],
        [path.join(made.footageFolder, 'inside'), /lie inside each other/],
        ['/nowhere/at/all', /no such folder/],
      ] as const) {
        await folder.fill(wrong);
        await submit.click();
        await expectRefused(folder, words);
      }
      await expectNoBarriers(page, 'the form of a disk');
      await takePicture(page, 'health-add-disk');
      await folder.fill(path.join(other, 'lookout'));
      await submit.click();
      await expect(form).toBeHidden();
      await expect(disk(page, 'Disk 2')).toContainText('Ready');
      expect(existsSync(path.join(other, 'lookout', '.lookout-volume.json'))).toBe(true);
    });

    await test.step('what is kept free is set by hand, and by the rule again', async () => {
      await disk(page, 'Disk 2').getByRole('button', { name: 'Keep free…' }).click();
      const form = page.getByRole('dialog', { name: 'Kept free on Disk 2' });
      await form.getByRole('radio', { name: 'Set by hand' }).click();
      const amount = form.getByLabel('Gigabytes');
      const save = form.getByRole('button', { name: 'Save' });
      await amount.fill('much');
      await save.click();
      await expectRefused(amount, /is a number/);
      await amount.fill('9000000');
      await save.click();
      await expectRefused(amount, /too little of the volume/);
      await amount.fill('1,5');
      await save.click();
      await expect(disk(page, 'Disk 2')).toContainText('1.50 GB kept free, set by hand');
      const { volumes } = await station.client.storage.overview();
      expect(volumes.find(({ name }) => name === 'Disk 2')?.reserveBytes).toBe(1_500_000_000);
      await disk(page, 'Disk 2').getByRole('button', { name: 'Keep free…' }).click();
      await form.getByRole('radio', { name: 'By the rule' }).click();
      await save.click();
      await expect(disk(page, 'Disk 2')).toContainText(/[1-9][\d.]* GB kept free$/);
    });

    await test.step('one is taken out of use, the last one is not, and the first comes back', async () => {
      const retire = async (name: string) => {
        await disk(page, name).getByRole('button', { name: 'Take out of use…' }).click();
        const question = page.getByRole('alertdialog', { name: `Take ${name} out of use?` });
        await question.getByRole('button', { name: 'Take out of use' }).click();
        return question;
      };
      await expect(await retire('Recordings')).toBeHidden();
      await expect(disk(page, 'Recordings')).toContainText('Taken out of use');
      const refused = await retire('Disk 2');
      await expect(refused.getByRole('alert')).toContainText('the last volume to record on');
      await page.keyboard.press('Escape');
      await disk(page, 'Recordings').getByRole('button', { name: 'Use again' }).click();
      await expect(disk(page, 'Recordings').getByRole('button', { name: 'Keep free…' })).toBeVisible();
      await expect(disk(page, 'Recordings')).toContainText('Ready');
    });
  } finally {
    made.remove();
    rmSync(other, { recursive: true, force: true });
  }
});

test('each camera says how it does', async ({ desk }) => {
  const { page, client } = desk;
  await client?.cameras.addTestPattern({ name: 'Gate' });
  await client?.cameras.add({ name: 'Away', url: 'rtsp://127.0.0.1:1/none' });
  await goTo(page, 'Health');
  const table = page.getByRole('table', { name: 'Cameras' });
  const gate = table.getByRole('row', { name: 'Gate' });
  await expect(gate).toContainText('Recording');
  // Frames a second, bit rate, keyframe interval, interruptions.
  await expect(gate).toContainText(/\d+(\.\d)?[\d.]* [kM]bit\/s\d\.\d s0none since the start/);
  await expect(gate).toContainText('Encoded by libx264');
  await expect(table.getByRole('row', { name: 'Away' })).toContainText(
    /The camera (cannot be reached|refused)/,
  );
  await expectNoBarriers(page, 'the health screen with cameras');
  await takePicture(page, 'health-cameras');
});
