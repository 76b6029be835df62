// From a random click on the timeline of a large site to the picture of that moment, in real Chromium.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { dayMs } from '../recorder/model/clock.ts';
import { identityFile } from '../recorder/segments/volume.ts';
import { chromiumLaunch } from '../tests/driver/chromium-launch.ts';
import { startStation } from '../tests/driver/station-process.ts';
import { inFolder } from './in-folder.ts';
import { LaidFootage, realSegment } from './real-footage.ts';
import { type Bench, type Figure, percentile } from './report.ts';
import { openSiteCatalog, type SiteCatalog, siteEndMs, siteSizes } from './site-catalog.ts';

/** What an arrow key skips. */
const skipMs = 10_000;
const clickLimitMs = 10_000;
/** Clicks this far apart are not served by what the click before has listed. */
const apartMs = 2 * 3_600_000;

/** Numbers that look random and are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Only the clicked cameras are left on the desk, so that no recorder looks for the others; all rows stay. */
function leaveOnly(site: SiteCatalog, clicked: readonly string[], volumeFolder: string): void {
  const { database } = site.catalog;
  database.prepare('UPDATE cameras SET removed_ms = ?').run(siteEndMs);
  for (const id of clicked) {
    database.prepare('UPDATE cameras SET removed_ms = NULL, recording = 0 WHERE id = ?').run(id);
  }
  database.prepare("UPDATE streams SET url = 'rtsp://127.0.0.1:9/'").run();
  database.prepare('UPDATE volumes SET folder = ?').run(volumeFolder);
  mkdirSync(volumeFolder, { recursive: true });
  writeFileSync(path.join(volumeFolder, identityFile), JSON.stringify({ volume: site.volumeId }));
}

/** Asks for a moment, and waits until its frame is shown: ms from the end of the press to the compositor taking it. */
async function click(page: Page, press: () => Promise<void>, byMs?: number): Promise<number> {
  const seen = await page.evaluateHandle(
    ({ limitMs, skipMs }) => {
      const video = document.querySelector('video');
      if (video === null) throw new Error('no picture on the page');
      const shownMs = () =>
        Number(
          document.querySelector('[data-frame-wall-ms]')?.getAttribute('data-frame-wall-ms') ?? Number.NaN,
        );
      const skippedToMs = skipMs === undefined ? undefined : shownMs() + skipMs;
      // In an object, so that it is awaited after the press.
      const shown = new Promise<number>((resolve, reject) => {
        setTimeout(
          () =>
            reject(
              new Error(
                `no picture of ${skippedToMs ?? location.hash} after ${pressed}: ${shownMs()}, ${presented}; the page says: ${document.body.innerText}`,
              ),
            ),
          limitMs,
        );
        let pressed: number | undefined;
        for (const name of ['pointerup', 'keydown'] as const) {
          window.addEventListener(name, ({ timeStamp }) => (pressed = timeStamp), {
            once: true,
            capture: true,
          });
        }
        const frameMs = 41;
        let presented = 0;
        const frame = (_: number, { presentationTime }: VideoFrameCallbackMetadata) => {
          presented = presentationTime;
          video.requestVideoFrameCallback(frame);
        };
        video.requestVideoFrameCallback(frame);
        // The screen's own clock, written behind the frame, tells whether it is the wanted one.
        const look = () => {
          const atMs = skippedToMs ?? Number(/[?&]at=(\d+)/.exec(location.hash)?.[1]);
          const behindMs = atMs - shownMs();
          if (pressed !== undefined && presented > pressed && behindMs > -3 && behindMs < frameMs) {
            resolve(presented - pressed);
          } else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      return { shown };
    },
    { limitMs: clickLimitMs, skipMs: byMs },
  );
  await press();
  return seen.evaluate(({ shown }) => shown);
}

async function pressAt(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.up();
}

function figures(label: string, times: readonly number[]): Figure[] {
  const p50 = percentile(times, 0.5);
  const p95 = percentile(times, 0.95);
  return [
    { name: `${label}: p50 of ${times.length}`, value: p50, unit: 'ms', aim: '≤ 150 ms', met: p50 <= 150 },
    { name: `${label}: p95`, value: p95, unit: 'ms', aim: '≤ 300 ms', met: p95 <= 300 },
  ];
}

interface Clicks {
  readonly page: Page;
  readonly laid: LaidFootage;
  readonly random: () => number;
}

/** Opens a random day of a camera and clicks into it; the day is on the timeline from edge to edge. */
async function clickThroughDay(
  { page, laid, random }: Clicks,
  cameraId: SiteCatalog['streams'][number]['cameraId'],
  count: number,
): Promise<{ far: number[]; near: number[] }> {
  const dayStartMs = siteEndMs - dayMs * (2 + Math.floor(random() * 27));
  const firstMs = dayStartMs + dayMs / 2 + 1_000;
  laid.lay(cameraId, firstMs, 0);
  await page.evaluate((hash) => (location.hash = hash), `#/playback?camera=${cameraId}&at=${firstMs}`);
  await page.locator('[data-frame-wall-ms]').waitFor();
  const pause = page.getByRole('button', { name: 'Pause' });
  if (await pause.isVisible()) await pause.click();
  await page.getByRole('button', { name: 'Whole day' }).click();
  const canvas = await page.getByRole('slider').locator('canvas').boundingBox();
  if (canvas === null) throw new Error('no timeline on the page');
  const y = canvas.y + canvas.height * 0.5;
  const momentAt = (x: number) => dayStartMs + (x / canvas.width) * dayMs;
  const far: number[] = [];
  const near: number[] = [];
  let beforeMs = firstMs;
  while (far.length < count) {
    const x = Math.floor(random() * canvas.width);
    const atMs = Math.round(momentAt(x));
    if (Math.abs(atMs - beforeMs) < apartMs || !laid.lay(cameraId, atMs, skipMs)) continue;
    beforeMs = atMs;
    far.push(await click(page, () => pressAt(page, canvas.x + x, y)));
    // A focused timeline has arrows of its own.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    near.push(await click(page, () => page.keyboard.press('ArrowRight'), skipMs));
  }
  laid.removeAll();
  return { far, near };
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const rounds = short ? 4 : 12;
    const clicksPerRound = short ? 8 : 10;
    const real = await realSegment();
    const catalogFolder = path.join(folder, 'catalog');
    mkdirSync(catalogFolder, { mode: 0o700 });
    const site = openSiteCatalog(catalogFolder, short ? siteSizes.short : siteSizes.full);
    const random = randomFrom(4);
    const clicked = site.streams.slice(0, 4).map(({ cameraId }) => cameraId);
    const volumeFolder = path.join(folder, 'footage');
    leaveOnly(site, clicked, volumeFolder);
    const laid = new LaidFootage(site.catalog, volumeFolder, real);
    laid.takeInit(clicked);
    const browser = await chromium.launch(chromiumLaunch());
    try {
      await using station = await startStation(folder);
      const page = await browser.newPage({
        viewport: { width: 1920, height: 1080 },
        timezoneId: 'UTC',
      });
      await page.goto(await station.freshLink());
      const far: number[] = [];
      const near: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const cameraId = clicked[round % clicked.length];
        if (cameraId === undefined) throw new Error('the made site has no cameras');
        const times = await clickThroughDay({ page, laid, random }, cameraId, clicksPerRound);
        // The first round warms the caches that a desk has warm at any second click.
        if (round === 0) continue;
        far.push(...times.far);
        near.push(...times.near);
      }
      return {
        conditions: {
          segments: site.segments,
          footage: '1080p25 H.264 4 Mbit/s, keyframe every 2 s, with sound',
          browser: browser.version(),
          ...(short ? { short: 'yes' } : {}),
        },
        figures: [
          ...figures('click elsewhere on the day', far),
          ...figures('click into what is listed', near),
        ],
      };
    } finally {
      await browser.close();
      site.catalog.close();
    }
  });
