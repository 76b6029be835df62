// Memory of the page while an operator switches layouts and seeks: JS heap and footage in buffers after a collection, media
// elements, media sources and their buffers, attached or not, and DOM nodes, after each round of the same deeds.

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
/** Enough of them for the lines of a short run to be drawn at all. */
const leastRounds = 6;
/** Of a long run this share is not judged: what is loaded or compiled when it is first, or often, used is no growth. */
const warmUpShare = 1 / 3;
/**
 * A run has to be this long to be judged: the heap grows by 1 MiB in the first two minutes whatever the page does. Of what it grew by
 * from the first to the fourth, four fifths were V8's own: compiled code and what it learned of functions that get used.
 */
const judgedFromMinutes = 10;
/** Half an hour of which would be 3 MiB, less than one screen. */
const mostHeapMiBAMinute = 0.1;
/** Fragments on their way when the reading is taken come and go; a lost one a second would be 30 MiB a minute. */
const mostBuffersMiBAMinute = 0.3;
/** One screen that is held for good in ten minutes; React holds on to the one that was left last. */
const mostNodesAMinute = 10;
const mebibyte = 2 ** 20;

/** Counted over the whole page, also what no document holds any more. */
const counted = ['HTMLMediaElement', 'MediaSource', 'SourceBuffer'] as const;

interface Sample {
  readonly atMs: number;
  readonly heapMiB: number;
  /** Bytes of ArrayBuffers, which lie outside the heap. */
  readonly buffersMiB: number;
  readonly nodes: number;
  /** In no document, or inside of a media element's own controls. */
  readonly detachedNodes: number;
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

/** Nodes of the document; those inside of media elements' controls cannot be seen from here. */
function attachedNodes(): number {
  const walker = document.createTreeWalker(document);
  let count = 1;
  while (walker.nextNode() !== null) count += 1;
  return count;
}

async function sample(page: Page, devtools: CDPSession): Promise<Sample> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  const attached = await page.evaluate(attachedNodes);
  const counts = [];
  for (const name of counted) counts.push([name, await countObjects(devtools, name)]);
  return {
    atMs: performance.now(),
    heapMiB: usedSize / mebibyte,
    buffersMiB: backingStorageSize / mebibyte,
    nodes,
    detachedNodes: nodes - attached,
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

/** Flat is a line through the judged samples that rises by no more than `mostAMinute`. */
function figuresOf(samples: readonly Sample[], isJudged: boolean): Figure[] {
  const kept = samples.slice(Math.floor(samples.length * warmUpShare));
  const half = Math.floor(kept.length / 2);
  const row = (name: string, unit: string, mostAMinute: number, value: (one: Sample) => number): Figure[] => {
    const rise = slope(kept, value);
    const aim = isJudged ? { aim: `≤ ${mostAMinute} a minute`, met: rise <= mostAMinute } : {};
    return [
      { name: `${name}: second third`, value: median(kept.slice(0, half).map(value)), unit },
      { name: `${name}: last third`, value: median(kept.slice(-half).map(value)), unit },
      { name: `${name}: slope`, value: rise, unit: `${unit} a minute`, ...aim },
    ];
  };
  return [
    ...row('JS heap', 'MiB', mostHeapMiBAMinute, ({ heapMiB }) => heapMiB),
    ...row('ArrayBuffers', 'MiB', mostBuffersMiBAMinute, ({ buffersMiB }) => buffersMiB),
    ...row('DOM nodes', 'nodes', mostNodesAMinute, ({ nodes }) => nodes),
    ...row('DOM nodes in no document', 'nodes', mostNodesAMinute, ({ detachedNodes }) => detachedNodes),
    ...counted.flatMap((name) => constant(name, kept, isJudged)),
  ];
}

/** Media objects end as many as they were: not one more after however many rounds. */
function constant(name: (typeof counted)[number], kept: readonly Sample[], isJudged: boolean): Figure[] {
  const half = Math.floor(kept.length / 2);
  const counts = kept.map(({ objects }) => objects[name]);
  const before = median(counts.slice(0, half));
  const after = median(counts.slice(-half));
  return [
    { name: `${name}: second third`, value: before, unit: 'objects' },
    {
      ...{ name: `${name}: last third`, value: after, unit: 'objects' },
      ...(isJudged ? { aim: 'no more', met: after <= before } : {}),
    },
    { name: `${name}: most at once`, value: Math.max(...counts), unit: 'objects' },
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
      while (performance.now() < end || samples.length < leastRounds) {
        await round(page, seeks);
        samples.push(await sample(page, devtools));
      }
      return {
        conditions: {
          cameras: `${cameraCount} × 1080p25 H.264 4 Mbit/s, looped by GStreamer over RTSP/TCP, all recorded`,
          browser: browser.version(),
          ...{ minutes, rounds: samples.length, seeksARound: seeks },
          ...(short ? { short: 'yes' } : {}),
        },
        figures: figuresOf(samples, minutes >= judgedFromMinutes),
      };
    } finally {
      await browser.close();
    }
  });
