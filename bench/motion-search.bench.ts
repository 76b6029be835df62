// A search for motion in a drawn region over a day of one camera: on a usual day, and on one without a still moment.

import path from 'node:path';
import { CameraRows } from '../electron/catalog/cameras.ts';
import { openCatalog } from '../electron/catalog/open.ts';
import { EventBoard } from '../electron/events/event-board.ts';
import { MotionService } from '../electron/motion/service.ts';
import { dayMs, systemClocks } from '../recorder/model/clock.ts';
import type { StreamId } from '../recorder/model/ids.ts';
import { addCell, cellCount, noCells } from '../recorder/motion/cells.ts';
import { encodeHeatMap } from '../recorder/motion/heat-map.ts';
import { madeRandom } from '../recorder/motion/made-pictures.ts';
import { inFolder, timed } from './in-folder.ts';
import { type Bench, type Figure, percentile } from './report.ts';
import { openSiteCatalog, type SiteCatalog, siteDays, siteEndMs, siteSizes } from './site-catalog.ts';

const tries = 30;
const aimMs = 1_000;
const migrationsFolder = path.resolve(import.meta.dirname, '../migrations');
const keyframeMs = 2_000;
/** Keyframes with motion out of a hundred. */
const days = [
  { name: 'usual day (motion at 10 % of the keyframes)', movingPercent: 10 },
  { name: 'busy day (motion at every keyframe)', movingPercent: 100 },
] as const;

/** A gate at the lower left. */
const region = [
  { x: 0.1, y: 0.5 },
  { x: 0.35, y: 0.45 },
  { x: 0.4, y: 0.9 },
  { x: 0.1, y: 0.95 },
];

/** Heat maps for all segments of a stream; returns how many bytes its last day has. */
function fillStream(site: SiteCatalog, stream: number, movingPercent: number): number {
  const { database } = site.catalog;
  const random = madeRandom(stream);
  const starts = database
    .prepare<[number], number>('SELECT start_ms FROM segments WHERE stream_number = ?')
    .pluck()
    .all(stream);
  const insert = database.prepare('INSERT INTO heat_maps (stream_number, start_ms, cells) VALUES (?, ?, ?)');
  let lastDayBytes = 0;
  database.transaction(() => {
    for (const [index, startMs] of starts.entries()) {
      const moved = [];
      const endMs = Math.min(starts[index + 1] ?? startMs + 60_000, startMs + 60_000);
      for (let atMs = startMs; atMs < endMs; atMs += keyframeMs) {
        if (random() * 100 >= movingPercent) continue;
        const cells = noCells();
        for (let count = 0; count < 6; count++) addCell(cells, Math.floor(random() * cellCount));
        moved.push({ atMs, cells });
      }
      if (moved.length === 0) continue;
      const blob = encodeHeatMap(startMs, moved);
      insert.run(stream, startMs, blob);
      if (startMs >= siteEndMs - dayMs) lastDayBytes += blob.length;
    }
  })();
  return lastDayBytes;
}

function searchOf(file: string, streamId: StreamId) {
  const catalog = openCatalog(file, { migrationsFolder });
  const clocks = systemClocks;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const parts = { catalog, cameras: new CameraRows(catalog), board: new EventBoard(clocks), clocks, log };
  const motion = new MotionService({ ...parts, apply: () => undefined });
  return {
    search: (endMs: number) => {
      const { hits } = motion.search({ streamId, startMs: endMs - dayMs, endMs, region: [region] });
      if (hits.length === 0) throw new Error('nothing found');
    },
    close: () => catalog.close(),
  };
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const site = openSiteCatalog(folder, short ? siteSizes.short : siteSizes.full);
    const { segments, file } = site;
    const made = days.map(({ name, movingPercent }, index) => {
      const streamId = site.streams[index]?.streamId;
      if (streamId === undefined) throw new Error('the made site has too few cameras');
      return { name, streamId, bytes: fillStream(site, index + 1, movingPercent) };
    });
    site.catalog.close();
    const figures: Figure[] = [];
    for (const { name, streamId, bytes } of made) {
      const first: number[] = [];
      const again: number[] = [];
      for (let turn = 0; turn < tries; turn++) {
        const endMs = siteEndMs - (turn % (siteDays - 1)) * dayMs;
        const { search, close } = searchOf(file, streamId);
        first.push(timed(() => search(endMs)));
        again.push(timed(() => search(endMs)));
        close();
      }
      const p99 = percentile(first, 0.99);
      figures.push(
        { name: `${name}: first, p99`, value: p99, unit: 'ms', aim: `≤ ${aimMs} ms`, met: p99 <= aimMs },
        { name: `${name}: again, p50`, value: percentile(again, 0.5), unit: 'ms' },
        { name: `${name}: heat maps read`, value: bytes / 1_000, unit: 'kB' },
      );
    }
    const conditions = { segments, tries, ...(short ? { short: 'yes' } : {}) };
    return { conditions, figures };
  });
