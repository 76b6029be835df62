// Memory of the page while an operator switches layouts and seeks: JS heap after a collection, media elements, media sources and
// their buffers, attached or not, and DOM nodes, after each round of the same deeds.

import { setTimeout as delay } from 'node:timers/promises';
import { type CDPSession, chromium, type Page } from 'playwright';
import { chromiumLaunch } from '../tests/driver/chromium-launch.ts';
import { startStation } from '../tests/driver/station-process.ts';
import { relayClip } from '../tests/peers/clips.ts';
import { relayCamera, startGstreamerCameras } from '../tests/peers/gstreamer.ts';
import { inFolder } from './in-folder.ts';
import { type Bench, type Figure, median } from './report.ts';

const cameraCount = 4;
const startLimitMs = 60_000;
/** What is loaded when it is first used (screens, decoders) is no growth. */
const warmUpRounds = 2;
const mebibyte = 2 ** 20;

/** Counted over the whole page, also what no document holds any more. */
const counted = ['HTMLMediaElement', 'MediaSource', 'SourceBuffer'] as const;

interface Sample {
  readonly atMs: number;
  readonly heapMiB: number;
  readonly nodes: number;
  readonly objects: Readonly<Record<(typeof counted)[number], number>>;
}

async function countObjects(devtools: CDPSession, name: string): Promise<number> {
  const { result } = await devtools.send('Runtime.evaluate', { expression: `${name}.prototype` });
  const { objects } = await devtools.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
    objectGroup: 'counting',
  });
  const { result: properties } = await devtools.send('Runtime.getProperties', {
    objectId: objects.objectId ?? '',
    ownProperties: true,
  });
  await devtools.send('Runtime.releaseObjectGroup', { objectGroup: 'counting' });
  return Number(properties.find((property) => property.name === 'length')?.value?.value ?? Number.NaN);
}

async function sample(devtools: CDPSession): Promise<Sample> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  const counts = [];
  for (const name of counted) counts.push([name, await countObjects(devtools, name)]);
  return {
    atMs: performance.now(),
    heapMiB: usedSize / mebibyte,
    nodes,
    objects: Object.fromEntries(counts) as Sample['objects'],
  };
}

async function live(page: Page, tiles: number): Promise<void> {
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-tile][data-status=live]').length === count,
    tiles,
    { timeout: startLimitMs },
  );
}

/** The same deeds each time, ending on the same screen. */
async function round(page: Page, seeks: number): Promise<void> {
  const { keyboard } = page;
  for (const [key, tiles] of [
    ['1', 1],
    ['9', cameraCount],
    ['6', cameraCount],
    ['4', cameraCount],
  ] as const) {
    await keyboard.press(key);
    await live(page, tiles);
  }
  await page.locator('[data-slot="0"]').focus();
  await keyboard.press('Enter');
  await live(page, 1);
  await keyboard.press('Escape');
  await live(page, cameraCount);
  await keyboard.press('p');
  const shown = page.locator('[data-frame-wall-ms]');
  await shown.waitFor({ timeout: startLimitMs });
  const timeline = page.getByRole('slider').first();
  await timeline.focus();
  for (let seek = 0; seek < seeks; seek += 1) {
    await keyboard.press(seek % 2 === 0 ? 'Home' : 'End');
    await delay(250);
    await shown.waitFor({ timeout: startLimitMs });
  }
  await page.getByRole('navigation').getByRole('link').first().click();
  await live(page, cameraCount);
}

/** Least squares, a minute. */
function slope(samples: readonly Sample[], value: (one: Sample) => number): number {
  const xs = samples.map(({ atMs }) => atMs / 60_000);
  const ys = samples.map(value);
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  return xs.reduce((sum, x, at) => sum + (x - meanX) * ((ys[at] ?? meanY) - meanY), 0) / spread;
}

function figuresOf(samples: readonly Sample[]): Figure[] {
  const kept = samples.slice(warmUpRounds);
  const third = Math.max(1, Math.floor(kept.length / 3));
  const row = (name: string, unit: string, value: (one: Sample) => number, mostGrowth: number): Figure[] => {
    const first = median(kept.slice(0, third).map(value));
    const last = median(kept.slice(-third).map(value));
    return [
      { name: `${name}: first third`, value: first, unit },
      {
        ...{ name: `${name}: last third`, value: last, unit },
        ...{ aim: `≤ ${mostGrowth} more`, met: last - first <= mostGrowth },
      },
      { name: `${name}: slope`, value: slope(kept, value), unit: `${unit} a minute` },
    ];
  };
  return [
    ...row('JS heap', 'MiB', ({ heapMiB }) => heapMiB, 5),
    ...row('DOM nodes', 'nodes', ({ nodes }) => nodes, 500),
    ...counted.flatMap((name) => row(name, 'objects', ({ objects }) => objects[name], 2)),
  ];
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const minutes = short ? 1 : 30;
    const seeks = short ? 4 : 10;
    const camera = relayCamera(await relayClip());
    const plans = Object.fromEntries(
      Array.from({ length: cameraCount }, (_, index) => [`camera${index + 1}`, camera]),
    );
    await using server = await startGstreamerCameras(plans);
    await using station = await startStation(folder);
    for (const [index, url] of Object.values(server.urls).entries()) {
      await station.client.cameras.add({ name: `Camera ${index + 1}`, url, recording: true });
    }
    const browser = await chromium.launch(chromiumLaunch());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
      await page.goto(await station.freshLink());
      await page.getByText(`${cameraCount} cameras recording`).waitFor({ timeout: startLimitMs });
      const devtools = await page.context().newCDPSession(page);
      const samples: Sample[] = [];
      const end = performance.now() + minutes * 60_000;
      while (performance.now() < end || samples.length < warmUpRounds + 3) {
        await round(page, seeks);
        samples.push(await sample(devtools));
      }
      return {
        conditions: {
          cameras: `${cameraCount} × 1080p25 H.264 4 Mbit/s, looped by GStreamer over RTSP/TCP, all recorded`,
          browser: browser.version(),
          ...{ minutes, rounds: samples.length, warmUpRounds, seeksARound: seeks },
          ...(short ? { short: 'yes' } : {}),
        },
        figures: figuresOf(samples),
      };
    } finally {
      await browser.close();
    }
  });
