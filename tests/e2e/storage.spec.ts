// Disks as an installer handles them, how each camera does, and evidence that is locked.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { MadeStationStore } from '../../electron/footage/made-station-store.ts';
import { dayMs } from '../../recorder/model/clock.ts';
import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { expectSaid, openPlayback, shownMs } from './timeline.ts';
import { openWindowOn } from './window-on.ts';

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
      await page.getByRole('region', { name: 'Upkeep' }).scrollIntoViewIfNeeded();
      await takePicture(page, 'health-disks');
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

test('a stretch is locked in playback, with what is wrong said at its field', async ({ desk }) => {
  const { page, client } = desk;
  await client?.cameras.addTestPattern({ name: 'Gate' });
  await goTo(page, 'Cameras');
  await expect(page.getByRole('row', { name: 'Gate' })).toContainText('Recording');
  await openPlayback(page, 'Gate');
  await page.keyboard.press('i');
  const inMs = await shownMs(page);
  await expect.poll(async () => (await shownMs(page)) - inMs).toBeGreaterThan(500);
  await page.keyboard.press('o');
  await page
    .getByRole('group', { name: 'Selection' })
    .getByRole('button', { name: 'Lock as evidence' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Lock as evidence' });
  const lock = dialog.getByRole('button', { name: 'Lock', exact: true });
  const days = dialog.getByRole('textbox', { name: 'Days' });
  await lock.click();
  await expectRefused(dialog.getByLabel('Reason'), /needs a reason/);
  await dialog.getByLabel('Reason').fill('Case 17: the van at the gate');
  await dialog.getByRole('button', { name: /Holds for/ }).click();
  await page.getByRole('option', { name: 'Days', exact: true }).click();
  await days.fill('0');
  await lock.click();
  await expectRefused(days, /whole number/);
  await expectNoBarriers(page, 'the form of an evidence lock');
  await takePicture(page, 'lock-dialog');
  await days.fill('14');
  await lock.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('group', { name: 'Selection' })).toHaveCount(0);

  const [held] = (await client?.locks.list({})) ?? [];
  expect(held).toMatchObject({ reason: 'Case 17: the van at the gate' });
  expect((held?.endMs ?? 0) - (held?.startMs ?? 0)).toBeGreaterThan(400);
  expect(((held?.expiresMs ?? 0) - Date.now()) / dayMs).toBeCloseTo(14, 1);
  // The timeline shows what is kept, and says why.
  await expect(page.getByText('Locked', { exact: true })).toBeVisible();
  const timeline = page.getByRole('slider', { name: 'Timeline of Gate' });
  for (let step = 0; step < 5; step += 1) await timeline.press('+');
  const keptMs = ((held?.startMs ?? 0) + (held?.endMs ?? 0)) / 2;
  await expectSaid(page, timeline, keptMs, 'Locked as evidence: Case 17: the van at the gate');
  await takePicture(page, 'playback-locked');
  await goTo(page, 'Health');
  await expect(page.getByRole('list', { name: 'Evidence locks' })).toContainText('Case 17');
});

test('what is locked outlives its time until a supervisor releases it', async ({ browser }) => {
  const made = new MadeStationStore();
  try {
    const store = await made.open();
    const yard = made.addCamera(store, 'Yard');
    // Made files of four seconds are cut where the clock says so.
    const oldMs = Math.floor(Date.now() / 4_000) * 4_000 - 3 * dayMs;
    const newMs = oldMs + 3 * dayMs - 60_000;
    // Two of them, of which the first is locked.
    await store.record(yard, oldMs, oldMs + 8_000);
    await store.record(yard, newMs, newMs + 8_000);
    await store.close();
    await using window = await openWindowOn(browser, made.dataFolder);
    const { page, station } = window;
    const { cameraId, streamId } = yard;
    await goTo(page, 'Health');
    await expect(page.getByRole('region', { name: 'Evidence locks' })).toContainText('Nothing is locked');
    const range = { startMs: oldMs + 1_000, endMs: oldMs + 2_000 };
    await station.client.locks.add({ cameraId, ...range, reason: 'Case 17' });
    // Told to the window that is open already.
    const list = page.getByRole('list', { name: 'Evidence locks' });
    await expect(list).toContainText('Case 17');
    const row = page.getByRole('table', { name: 'Recordings' }).getByRole('row', { name: 'Yard' });
    await expect(row).toContainText(/kB locked/);

    await station.client.cameras.setRetention({ cameraId, keepDays: 1 });
    const starts = async () => {
      const asked = { streamId, startMs: oldMs - 1_000, endMs: newMs + 10_000 };
      const { coverage } = await station.client.timeline.range(asked);
      return coverage.map(({ startMs, endMs }) => [startMs - oldMs, endMs - startMs]);
    };
    const kept = [0, 4_000];
    const newest = [newMs - oldMs, 8_000];
    await expect.poll(starts).toEqual([kept, newest]);
    await expectNoBarriers(page, 'the health screen with a lock');
    await list.scrollIntoViewIfNeeded();
    await takePicture(page, 'health-lock');

    await list.getByRole('button', { name: 'Release the lock of Yard' }).click();
    const question = page.getByRole('alertdialog', { name: 'Release this lock of Yard?' });
    await expect(question).toContainText('Case 17');
    await question.getByRole('button', { name: 'Release' }).click();
    await expect(page.getByRole('region', { name: 'Evidence locks' })).toContainText('Nothing is locked');
    await expect.poll(starts).toEqual([newest]);
  } finally {
    made.remove();
  }
});
