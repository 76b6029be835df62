// A camera that was removed: what it recorded is played from an evidence lock, from a mark and by choosing it.

import { expect, test } from './desk.ts';
import { expectNoBarriers, goTo, takePicture } from './screens.ts';
import { openPlayback, shownMs } from './timeline.ts';

test('what a removed camera recorded is played from its lock, its marks and the chooser', async ({
  desk,
}) => {
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  const { id: cameraId, streamId } = await client.cameras.addTestPattern({ name: 'Gate' });
  await client.cameras.addTestPattern({ name: 'Yard' });
  const timeline = await openPlayback(page, 'Gate');
  await page.keyboard.press('i');
  const inMs = await shownMs(page);
  await expect.poll(async () => (await shownMs(page)) - inMs).toBeGreaterThan(1_500);
  await page.keyboard.press('o');
  await page.keyboard.press('Shift+E');
  const lock = page.getByRole('dialog', { name: 'Lock as evidence' });
  await lock.getByLabel('Reason').fill('Case 17');
  await lock.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(lock).toBeHidden();
  const [held] = await client.locks.list({ cameraId });
  const startMs = held?.startMs ?? Number.NaN;
  await client.marks.add({ cameraId, kind: 'note', startMs: startMs + 1_000, text: 'A van', tagIds: [] });

  await goTo(page, 'Cameras');
  await page.getByRole('button', { name: 'Remove Gate' }).click();
  const question = page.getByRole('alertdialog', { name: 'Remove Gate?' });
  await expect(question).toContainText('can still be played');
  await question.getByRole('button', { name: 'Remove camera' }).click();
  await expect(page.getByRole('row', { name: 'Gate' })).toHaveCount(0);
  const chooser = page.getByRole('button', { name: 'Camera' }).first();
  const plays = async (fromMs: number) => {
    await expect(chooser).toContainText('Gate (removed)');
    await expect(timeline).toBeVisible();
    await expect.poll(() => shownMs(page)).toBeGreaterThanOrEqual(fromMs);
  };

  await test.step('from its lock', async () => {
    await goTo(page, 'Health');
    await page.getByRole('button', { name: 'Play the locked footage of Gate' }).click();
    await plays(startMs - 50);
    expect(page.url()).toContain(cameraId);
    expect((await shownMs(page)) - startMs).toBeLessThan(10_000);
  });

  await test.step('by choosing it, apart from those that are there', async () => {
    await chooser.click();
    await page.getByRole('option', { name: 'Yard' }).click();
    await expect(page.getByRole('slider', { name: 'Timeline of Yard' })).toBeVisible();
    await chooser.click();
    const removed = page.getByRole('group', { name: 'Removed' });
    await expect(removed.getByRole('option')).toHaveText([/^GateRecorded to/]);
    await expectNoBarriers(page, 'the chooser with a removed camera');
    await takePicture(page, 'playback-removed');
    await removed.getByRole('option', { name: 'Gate' }).click();
    await plays(startMs);
    await page.keyboard.press('n');
    await expect(page.getByRole('status').filter({ hasText: 'The recordings end here' })).toBeVisible();
  });

  await test.step('from a mark', async () => {
    await openPlayback(page, 'Yard');
    await page.keyboard.press('Shift+M');
    await page.getByRole('row', { name: /A van/ }).click();
    await plays(startMs + 900);
  });

  const [former] = await client.playback.former();
  expect(former).toMatchObject({ id: cameraId, streamId, name: 'Gate' });
  const range = { streamId, startMs: former?.oldestMs ?? 0, endMs: former?.newestMs ?? 0 };
  expect((await client.timeline.range(range)).coverage).toHaveLength(1);
  const corners = [0, 1].flatMap((x) => [0, 1].map((y) => ({ x, y: x === 0 ? y : 1 - y })));
  expect((await client.motion.search({ ...range, region: [corners] })).hits.length).toBeGreaterThan(0);
});
