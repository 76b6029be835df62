// Muxer-to-glass latency per shown frame in real Chromium, for one tile and for nine, and its drift over ten minutes.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from 'playwright';
import type {} from '../renderer/live/diagnostics.ts';
import { chromiumLaunch } from '../tests/driver/chromium-launch.ts';
import { type StationClient, startStation } from '../tests/driver/station-process.ts';
import { relayClip } from '../tests/peers/clips.ts';
import { relayCamera, startGstreamerCameras } from '../tests/peers/gstreamer.ts';
import { type Bench, type Figure, percentile } from './report.ts';

/** Diagnostics keep about a minute of readings (renderer/live/latency.ts); collecting more often loses none. */
const collectEveryMs = 5_000;
const movingLimitMs = 30_000;
/** After a change of layout: players are at the live edge and the figures are those of rest. */
const settleMs = 3_000;

interface Shown {
  readonly shownAtMs: number;
  readonly latencyMs: number;
}

/** Every frame shown on any tile since `sinceMs`. */
function newReadings(page: Page, sinceMs: number): Promise<Shown[]> {
  return page.evaluate(
    (since) =>
      (window.lookoutDiagnostics?.tiles() ?? []).flatMap(({ readings }) =>
        readings
          .filter(({ shownAtMs }) => shownAtMs > since)
          .map(({ shownAtMs, latencyMs }) => ({ shownAtMs, latencyMs })),
      ),
    sinceMs,
  );
}

async function watch(page: Page, seconds: number): Promise<Shown[]> {
  const all: Shown[] = [];
  let since = Date.now();
  const end = since + seconds * 1_000;
  while (since < end) {
    await delay(Math.min(collectEveryMs, end - since));
    const until = Date.now();
    all.push(...(await newReadings(page, since)));
    since = until;
  }
  return all;
}

async function addCameras(client: StationClient, urls: readonly string[]): Promise<void> {
  for (const [index, url] of urls.entries()) {
    await client.cameras.add({ name: `Camera ${index + 1}`, url, transport: 'tcp', recording: true });
  }
}

async function showTiles(page: Page, key: '1' | '9', tiles: number): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForFunction(
    (wanted) => {
      const reports = window.lookoutDiagnostics?.tiles() ?? [];
      return reports.length === wanted && reports.every(({ status }) => status === 'live');
    },
    tiles,
    { timeout: movingLimitMs },
  );
  await delay(settleMs);
}

function latencyFigures(label: string, shown: readonly Shown[]): Figure[] {
  const latencies = shown.map(({ latencyMs }) => latencyMs);
  const p50 = percentile(latencies, 0.5);
  const p95 = percentile(latencies, 0.95);
  return [
    {
      name: `${label}: p50 of ${latencies.length} frames`,
      value: p50,
      unit: 'ms',
      aim: '≤ 200 ms',
      met: p50 <= 200,
    },
    { name: `${label}: p95`, value: p95, unit: 'ms', aim: '≤ 350 ms', met: p95 <= 350 },
  ];
}

/** Median of the last minute minus median of the first. */
function driftFigure(shown: readonly Shown[], seconds: number): Figure {
  const times = shown.map(({ shownAtMs }) => shownAtMs);
  const span = Math.min(60_000, (seconds * 1_000) / 3);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const medianOf = (from: number, to: number) =>
    percentile(
      shown.filter(({ shownAtMs }) => shownAtMs >= from && shownAtMs <= to).map(({ latencyMs }) => latencyMs),
      0.5,
    );
  const drift = medianOf(last - span, last) - medianOf(first, first + span);
  return {
    name: `9 tiles: drift over ${seconds} s`,
    value: drift,
    unit: 'ms',
    aim: '≤ 50 ms',
    met: Math.abs(drift) <= 50,
  };
}

export const bench: Bench = async ({ short }) => {
  const watchS = short ? 8 : 60;
  const driftS = short ? 12 : 600;
  const folder = await mkdtemp(path.join(tmpdir(), 'lookout-bench-'));
  try {
    const camera = relayCamera(await relayClip());
    const plans = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`camera${index + 1}`, camera]));
    await using server = await startGstreamerCameras(plans);
    await using station = await startStation(folder);
    await addCameras(station.client, Object.values(server.urls));
    const browser = await chromium.launch(chromiumLaunch());
    try {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await page.goto(await station.freshLink());
      // A key pressed before the interface is there goes nowhere.
      await page.getByText('9 cameras recording').waitFor({ timeout: movingLimitMs });
      await showTiles(page, '1', 1);
      const one = await watch(page, watchS);
      await showTiles(page, '9', 9);
      const nine = await watch(page, Math.max(watchS, driftS));
      return {
        conditions: {
          cameras: '1080p25 H.264 4 Mbit/s with G.711, looped by GStreamer over RTSP/TCP, all recorded',
          browser: browser.version(),
          watchS,
          driftS,
          ...(short ? { short: 'yes' } : {}),
        },
        figures: [
          ...latencyFigures('1 tile', one),
          ...latencyFigures('9 tiles', nine),
          driftFigure(nine, driftS),
        ],
      };
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
