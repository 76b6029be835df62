// Synchronised playback: nine recorded cameras on one clock, within one frame of each other while they play.

import type { Page } from '@playwright/test';
import type { Camera } from '../../electron/contract/shapes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { expect, test } from './desk.ts';
import { takePicture } from './screens.ts';

/** Nine encoders, recorders and decoders share this machine with the browser. */
const plan = { kind: 'h264', width: 320, height: 180, fps: 10, gopFrames: 10, kilobits: 150 } as const;
const frameMs = 1_000 / 10;
const plans = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`camera${index + 1}`, plan]));
const recordedMs = 25_000;
/** Looks at the nine pictures while they play. */
const looks = 40;

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

test('nine cameras play on one clock within one frame, stop on one moment, and go backwards', async ({
  desk,
}) => {
  test.slow();
  const { page, client } = desk;
  test.skip(client === undefined, 'cameras are added by calls');
  if (client === undefined) return;
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
  const commonMs = async () => {
    const ranges = (await all(beganMs)).map(({ coverage }) => coverage.at(-1));
    const startMs = Math.max(...ranges.map((range) => range?.startMs ?? Number.POSITIVE_INFINITY));
    const endMs = Math.min(...ranges.map((range) => range?.endMs ?? 0));
    return { startMs, lengthMs: endMs - startMs };
  };
  await expect
    .poll(async () => (await commonMs()).lengthMs, { timeout: recordedMs + 60_000, intervals: [1_000] })
    .toBeGreaterThan(recordedMs);
  const atMs = Math.ceil((await commonMs()).startMs) + 2_000;

  const ids = streams.map(({ id }) => id).join(',');
  await page.goto(`${page.url().split('#')[0]}#/playback?cameras=${ids}&at=${atMs}`);
  await expect(page.locator('[data-sync-tile]')).toHaveCount(9);
  await expect.poll(async () => spread(await look(page)), { timeout: 20_000 }).toBeLessThanOrEqual(frameMs);
  const still = await look(page);
  expect(Math.abs(Math.max(...still.frames) - atMs)).toBeLessThanOrEqual(frameMs);

  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect
    .poll(async () => (await look(page)).clockMs - atMs, { timeout: 20_000 })
    .toBeGreaterThan(3_000);
  const seen: Look[] = [];
  while (seen.length < looks) seen.push(await look(page));
  await takePicture(page, 'sync-playback-9');
  const spreads = seen.map(spread).sort((a, b) => a - b);
  // Frames of the cameras do not begin at the same moments: on one clock they lie less than one frame apart.
  expect(spreads[Math.floor(looks / 2)], `spreads ${spreads.join()}`).toBeLessThanOrEqual(frameMs);
  expect(spreads.filter((ms) => ms > 2 * frameMs)).toEqual([]);
  expect((seen.at(-1)?.clockMs ?? 0) - (seen[0]?.clockMs ?? 0)).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect.poll(async () => spread(await look(page)), { timeout: 20_000 }).toBeLessThanOrEqual(frameMs);
  const stoppedMs = (await look(page)).clockMs;
  await page.keyboard.press('.');
  await expect.poll(async () => (await look(page)).clockMs - stoppedMs).toBe(40);
  await page.keyboard.press(',');
  await expect.poll(async () => (await look(page)).clockMs - stoppedMs).toBe(0);

  // From 1× past 0.5× to backwards.
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(page.getByText('-1×', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect
    .poll(async () => Math.max(...(await look(page)).frames) - stoppedMs, { timeout: 20_000 })
    .toBeLessThan(-500);

  // Before all recording no old picture stands for the moment: every tile says that there is none.
  await page.evaluate(
    (hash) => (window.location.hash = hash),
    `#/playback?cameras=${ids}&at=${atMs - 600_000}`,
  );
  await expect(page.locator('[data-sync-tile] [role=status]')).toHaveCount(9);
  await expect(page.locator('[data-sync-tile]').getByText('Nothing is stored for this time.')).toHaveCount(9);
  await takePicture(page, 'sync-playback-none');
});
