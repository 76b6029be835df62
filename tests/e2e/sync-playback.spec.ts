// Synchronised playback: nine recorded cameras on one clock, within one frame of each other while they play, also in a loop.

import type { Page } from '@playwright/test';
import type { Camera } from '../../electron/contract/shapes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expect, test } from './desk.ts';
import { asides, furthest, staysInStep } from './in-step.ts';
import { takePicture } from './screens.ts';

/** Nine encoders, recorders and decoders share this machine with the browser. */
const plan = { kind: 'h264', width: 320, height: 180, fps: 10, gopFrames: 10, kilobits: 150 } as const;
const frameMs = 1_000 / 10;
const plans = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`camera${index + 1}`, plan]));
/** Common to all nine before one of them pauses. */
const recordedMs = 8_000;
const pausedMs = 2_500;
/** Looks at the nine pictures while they play. */
const looks = 30;

interface Look {
  /** Wall time of the frame on each picture; NaN where there is none. */
  readonly frames: readonly number[];
  readonly clockMs: number;
}

/** What all pictures show at one moment: read in one turn of the page, between two paints. */
function look(page: Page): Promise<Look> {
  return page.evaluate(
    () =>
      new Promise<Look>((resolve) =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            const videos = document.querySelectorAll<HTMLVideoElement>('[data-sync-tile] video');
            const frames = Array.from(videos, ({ dataset }) => Number(dataset['wallMs'] ?? Number.NaN));
            const clock = document.querySelector('[data-frame-wall-ms]');
            resolve({ frames, clockMs: Number(clock?.getAttribute('data-frame-wall-ms')) });
          }, 0),
        ),
      ),
  );
}

const spread = ({ frames }: Look) => Math.max(...frames) - Math.min(...frames);

/** How far the pictures were apart, look for look, nearest first. */
async function spreads(page: Page): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < looks) seen.push(spread(await look(page)));
  return seen.sort((a, b) => a - b);
}

const median = (values: readonly number[]) => values[Math.floor(values.length / 2)] ?? Number.NaN;

async function goTo(page: Page, ids: string, ms: number): Promise<void> {
  await page.evaluate(
    (hash) => (window.location.hash = hash),
    `#/playback?cameras=${ids}&at=${Math.round(ms)}`,
  );
}

test('nine cameras play on one clock within one frame, loop, go backwards, and join after a gap', async ({
  desk,
}) => {
  test.slow();
  const { page, client } = desk;
  if (client === undefined) throw new Error('this needs the headless door');
  await using cameras = await startGstreamerCameras(plans);
  const streams: Camera[] = [];
  for (const [name, url] of Object.entries(cameras.urls)) {
    streams.push(await client.cameras.add({ name, url, transport: 'tcp', recording: true }));
  }
  const all = (startMs: number) =>
    Promise.all(
      streams.map(({ streamId }) =>
        client.timeline.range({ streamId, startMs, endMs: startMs + 3_600_000, mergeMs: 1_000 }),
      ),
    );
  const beganMs = Date.now() - 60_000;
  const last = streams.at(-1);
  if (last === undefined) throw new Error('no cameras');
  const commonMs = async () => {
    const ranges = (await all(beganMs)).map(({ coverage }) => coverage[0]);
    const startMs = Math.max(...ranges.map((range) => range?.startMs ?? Number.POSITIVE_INFINITY));
    const endMs = Math.min(...ranges.map((range) => range?.endMs ?? 0));
    return { startMs, lengthMs: endMs - startMs };
  };
  const lengthOfCommon = async () => (await commonMs()).lengthMs;
  await expect
    .poll(lengthOfCommon, { timeout: recordedMs + 60_000, intervals: [250] })
    .toBeGreaterThan(recordedMs);
  // The last camera stands still for a while: somebody wanted it so.
  await client.cameras.setRecording({ cameraId: last.id, recording: false });
  const stoppedAtMs = Date.now();
  await expect.poll(() => Date.now() - stoppedAtMs).toBeGreaterThan(pausedMs);
  await client.cameras.setRecording({ cameraId: last.id, recording: true });

  const atMs = Math.ceil((await commonMs()).startMs) + 1_000;
  const ids = streams.map(({ id }) => id).join(',');
  await page.goto(`${page.url().split('#')[0]}#/playback?cameras=${ids}&at=${atMs}`);
  await expect(page.locator('[data-sync-tile]')).toHaveCount(9);
  await expect.poll(async () => spread(await look(page)), { timeout: 20_000 }).toBeLessThanOrEqual(frameMs);
  const still = await look(page);
  expect(Math.abs(Math.max(...still.frames) - atMs)).toBeLessThanOrEqual(frameMs);

  await test.step('at 1×', async () => {
    await page.keyboard.press('l');
    await expect
      .poll(async () => (await look(page)).clockMs - atMs, { timeout: 20_000 })
      .toBeGreaterThan(1_500);
    await takePicture(page, 'sync-playback-9');
    // One that the busy machine left aside is pulled in, and stays.
    await expect
      .poll(async () => furthest(await asides(page, frameMs)), { timeout: 20_000, intervals: [50] })
      .toBeLessThanOrEqual(frameMs / 2);
    await staysInStep(page, frameMs, frameMs);
  });

  await test.step('standing, and one frame further and back', async () => {
    await page.keyboard.press('k');
    // Before the last camera's pause, however long that took.
    const commonMs = atMs + recordedMs - 2_500;
    await goTo(page, ids, commonMs);
    await expect.poll(async () => Math.abs((await look(page)).clockMs - commonMs)).toBeLessThan(frameMs);
    await expect.poll(async () => spread(await look(page)), { timeout: 20_000 }).toBeLessThanOrEqual(frameMs);
    const { clockMs } = await look(page);
    const moved = async () => Math.round(((await look(page)).clockMs - clockMs) / frameMs);
    await page.keyboard.press('.');
    await expect.poll(moved).toBe(1);
    await expect.poll(async () => spread(await look(page))).toBeLessThanOrEqual(frameMs);
    await page.keyboard.press(',');
    await expect.poll(moved).toBe(0);
  });

  await test.step('backwards, in step', async () => {
    const { clockMs } = await look(page);
    await page.keyboard.press('j');
    await expect(page.locator('[data-speed="-1"]')).toBeVisible();
    await expect
      .poll(async () => Math.max(...(await look(page)).frames) - clockMs, { timeout: 20_000 })
      .toBeLessThan(-500);
    const seen = await spreads(page);
    // Between two steps some pictures are at the next one already: never further apart than a step is long.
    expect(seen[0], `spreads ${seen.join()}`).toBeLessThanOrEqual(frameMs);
    expect(median(seen), `spreads ${seen.join()}`).toBeLessThanOrEqual(5 * frameMs);
    await page.keyboard.press('k');
    await expect.poll(async () => spread(await look(page)), { timeout: 20_000 }).toBeLessThanOrEqual(frameMs);
  });

  await test.step('in a loop', async () => {
    // An address that is on screen already seeks nothing.
    const inMs = atMs + 200;
    await goTo(page, ids, inMs);
    await expect.poll(async () => Math.abs((await look(page)).clockMs - inMs)).toBeLessThan(frameMs);
    await page.keyboard.press('i');
    await goTo(page, ids, inMs + 1_500);
    await expect.poll(async () => Math.abs((await look(page)).clockMs - inMs)).toBeGreaterThan(1_400);
    await page.keyboard.press('o');
    await page.keyboard.press('r');
    await page.keyboard.press('l');
    let before = Number.NEGATIVE_INFINITY;
    await expect
      .poll(
        async () => {
          const { clockMs } = await look(page);
          const hasTurned = clockMs < before - 500;
          before = clockMs;
          return hasTurned;
        },
        { timeout: 20_000, intervals: [50] },
      )
      .toBe(true);
    await expect.poll(async () => (await look(page)).clockMs - inMs).toBeGreaterThan(200);
    const seen = await spreads(page);
    expect(median(seen), `spreads ${seen.join()}`).toBeLessThanOrEqual(frameMs);
    await page.keyboard.press('k');
    await page.keyboard.press('Escape');
  });

  await test.step('a camera that did not record says why, and joins when it did again', async () => {
    const coverage = async () => (await all(beganMs)).at(-1)?.coverage ?? [];
    await expect
      .poll(async () => ((await coverage())[1]?.endMs ?? 0) - ((await coverage())[1]?.startMs ?? 0), {
        timeout: 20_000,
      })
      .toBeGreaterThan(3_000);
    const [, again] = await coverage();
    const joinsMs = again?.startMs ?? Number.NaN;
    await goTo(page, ids, joinsMs - 1_500);
    const tile = page.locator(`[data-sync-tile="${last.id}"]`);
    await expect(tile.getByRole('status')).toContainText('Recording was switched off');
    await expect(page.locator('[data-sync-tile] [role=status]')).toHaveCount(1);
    await takePicture(page, 'sync-playback-gap');
    await page.keyboard.press('l');
    await expect(tile.getByRole('status')).toHaveCount(0, { timeout: 20_000 });
    await expect.poll(async () => spread(await look(page)), { timeout: 20_000 }).toBeLessThanOrEqual(frameMs);
    await page.keyboard.press('k');
  });

  // Before all recording no old picture stands for the moment: every tile says that there is none.
  await goTo(page, ids, atMs - 600_000);
  await expect(page.locator('[data-sync-tile] [role=status]')).toHaveCount(9);
  await expect(page.locator('[data-sync-tile]').getByText('Nothing is stored for this time.')).toHaveCount(9);
  await takePicture(page, 'sync-playback-none');
});
