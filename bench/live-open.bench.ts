// From the key that opens a tile to the first picture of a recorded camera on the glass, in real Chromium, at random
// moments of its group of pictures; and how far behind the edge that tile then is.

import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from 'playwright';
import type {} from '../renderer/live/diagnostics.ts';
import { chromiumLaunch } from '../tests/driver/chromium-launch.ts';
import { startStation } from '../tests/driver/station-process.ts';
import { relayClip } from '../tests/peers/clips.ts';
import { relayCamera, startGstreamerCameras } from '../tests/peers/gstreamer.ts';
import { inFolder } from './in-folder.ts';
import { type Bench, percentile } from './report.ts';

const cameraCount = 4;
const startLimitMs = 30_000;
/** Latency right after opening is that of the second after the first picture. */
const afterMs = 1_000;
/** The clip's keyframes are two seconds apart: waits within that are random moments of it. */
const gopMs = 2_000;

interface Opened {
  readonly openedInMs: number;
  readonly latenciesMs: readonly number[];
}

/** Turns to another camera and waits until its tile says live, and a frame after that is drawn. */
function openNext(page: Page, key: 'PageDown' | 'PageUp'): Promise<Opened> {
  return page.evaluate(
    async ({ key, afterMs }) => {
      const tile = () => document.querySelector('[data-tile]');
      const frame = () => new Promise<number>(requestAnimationFrame);
      const before = tile()?.getAttribute('data-tile');
      const began = performance.now();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      while (tile()?.getAttribute('data-tile') === before || tile()?.getAttribute('data-status') !== 'live') {
        await frame();
      }
      // A callback runs before its frame is drawn: the next one says that it was.
      const openedInMs = (await frame()) - began;
      const sinceMs = Date.now();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      const readings = (window.lookoutDiagnostics?.tiles() ?? []).flatMap((one) => one.readings);
      return {
        openedInMs,
        latenciesMs: readings
          .filter(({ shownAtMs }) => shownAtMs > sinceMs)
          .map(({ latencyMs }) => latencyMs),
      };
    },
    { key, afterMs },
  );
}

async function openMany(page: Page, opens: number): Promise<Opened[]> {
  const all: Opened[] = [];
  for (let index = 0; index < opens; index++) {
    await delay(Math.random() * gopMs);
    const page4 = index % (2 * (cameraCount - 1));
    all.push(await openNext(page, page4 < cameraCount - 1 ? 'PageDown' : 'PageUp'));
  }
  return all;
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const opens = short ? 12 : 60;
    const camera = relayCamera(await relayClip());
    const plans = Object.fromEntries(
      Array.from({ length: cameraCount }, (_, index) => [`camera${index + 1}`, camera]),
    );
    await using server = await startGstreamerCameras(plans);
    await using station = await startStation(folder);
    for (const [index, url] of Object.values(server.urls).entries()) {
      const name = `Camera ${index + 1}`;
      await station.client.cameras.add({ name, url, transport: 'tcp', recording: true });
    }
    const browser = await chromium.launch(chromiumLaunch());
    try {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await page.goto(await station.freshLink());
      await page.getByText(`${cameraCount} cameras recording`).waitFor({ timeout: startLimitMs });
      await page.keyboard.press('1');
      await page.waitForFunction(
        () => document.querySelectorAll('[data-tile][data-status=live]').length === 1,
        undefined,
        { timeout: startLimitMs },
      );
      const opened = await openMany(page, opens);
      const times = opened.map(({ openedInMs }) => openedInMs);
      const p95 = percentile(times, 0.95);
      const latency = percentile(
        opened.flatMap(({ latenciesMs }) => latenciesMs),
        0.5,
      );
      return {
        conditions: {
          cameras:
            '4 × 1080p25 H.264 4 Mbit/s, a keyframe every 2 s, looped by GStreamer over RTSP/TCP, all recorded',
          browser: browser.version(),
          opens,
          ...(short ? { short: 'yes' } : {}),
        },
        figures: [
          { name: 'tile opened to first picture: p50', value: percentile(times, 0.5), unit: 'ms' },
          { name: 'p95', value: p95, unit: 'ms', aim: '≤ 300 ms', met: p95 <= 300 },
          {
            ...{ name: 'latency in the second after: p50', value: latency, unit: 'ms' },
            ...{ aim: '≤ 200 ms', met: latency <= 200 },
          },
        ],
      };
    } finally {
      await browser.close();
    }
  });
