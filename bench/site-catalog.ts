// A catalog of a large site for benches: 64 cameras, 30 days, ten million segments; made once and kept.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CameraRows } from '../electron/catalog/cameras.ts';
import { type Catalog, openCatalog } from '../electron/catalog/open.ts';
import { VolumeRows } from '../electron/catalog/volumes.ts';
import { dayMs } from '../recorder/model/clock.ts';
import { type CameraId, newId, type StreamId, type VolumeId } from '../recorder/model/ids.ts';
import { encodeSpans } from '../recorder/segments/span-index.ts';

const root = path.resolve(import.meta.dirname, '..');
const migrationsFolder = path.join(root, 'migrations');
/** Outside of git, gone with the packages. */
const cache = path.join(root, 'node_modules/.cache/lookout-bench');

export const siteDays = 30;
/** The plan's ten million segments, and the same month of a smaller site with segments of the usual length. */
export const siteSizes = {
  full: { cameras: 64, segmentMs: 16_360 },
  short: { cameras: 16, segmentMs: 60_000 },
} as const;
export type SiteSize = (typeof siteSizes)[keyof typeof siteSizes];
/** Newest moment of the made site: a fixed one, so that the file can be kept. */
export const siteEndMs = Date.UTC(2026, 9, 31);
/** A gap of five minutes every six hours, as a site with an unsteady network has. */
const gapEveryMs = 6 * 3_600_000;
const gapMs = 300_000;

export interface SiteCatalog {
  readonly catalog: Catalog;
  readonly file: string;
  readonly streams: readonly { readonly cameraId: CameraId; readonly streamId: StreamId }[];
  readonly volumeId: VolumeId;
  readonly segments: number;
}

/** Opens a working copy of the made catalog in `folder`; it is made first when it is not kept yet. */
export function openSiteCatalog(folder: string, size: SiteSize): SiteCatalog {
  const kept = path.join(cache, `site-${size.cameras}x${size.segmentMs}-${migrationsHash()}.db`);
  if (!existsSync(kept)) make(kept, size);
  const file = path.join(folder, 'lookout.db');
  copyFileSync(kept, file);
  const catalog = openCatalog(file, { migrationsFolder });
  const { database } = catalog;
  const streams = new CameraRows(catalog)
    .list()
    .map(({ id, stream }) => ({ cameraId: id, streamId: stream.id }));
  const { volumeId } = database.prepare('SELECT id AS volumeId FROM volumes').get() as { volumeId: VolumeId };
  const { segments } = database.prepare('SELECT count(*) AS segments FROM segments').get() as {
    segments: number;
  };
  return { catalog, file, streams, volumeId, segments };
}

function migrationsHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(migrationsFolder).toSorted()) {
    if (name.endsWith('.sql')) hash.update(readFileSync(path.join(migrationsFolder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

function make(kept: string, size: SiteSize): void {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache))
    if (name.startsWith(`site-${size.cameras}x${size.segmentMs}-`)) rmSync(path.join(cache, name));
  const half = `${kept}.half`;
  rmSync(half, { force: true });
  rmSync(`${half}.marker`, { force: true });
  const catalog = openCatalog(half, { migrationsFolder });
  addSite(catalog, size.cameras);
  fill(catalog, size);
  catalog.database.pragma('wal_checkpoint(TRUNCATE)');
  catalog.close();
  rmSync(`${half}.marker`, { force: true });
  renameSync(half, kept);
}

function addSite(catalog: Catalog, cameras: number): void {
  new VolumeRows(catalog).register({ id: newId<VolumeId>(), folder: '/nowhere', nowMs: 1 });
  const rows = new CameraRows(catalog);
  for (let number = 1; number <= cameras; number++) {
    const stream = {
      id: newId<StreamId>(),
      role: 'main',
      source: 'rtsp',
      url: 'rtsp://camera/',
      transport: 'tcp',
    } as const;
    const camera = {
      id: newId<CameraId>(),
      name: `Camera ${number}`,
      recording: true,
      createdMs: number,
      stream,
    };
    rows.add(camera, cameras);
  }
}

/** Keyframes every 2 s, 25 fps, 4 Mbit/s: what the index of a usual segment holds. */
function usualIndex(startMs: number, segmentMs: number): Uint8Array {
  const spans = [];
  for (let at = 0, offset = 1_200; at < segmentMs; at += 2_000) {
    const sizeBytes = 1_000_000 + ((at * 7919) % 60_000);
    const lengthMs = Math.min(2_000, segmentMs - at);
    spans.push({
      startMs: startMs + at,
      startTicks: at * 90,
      durationTicks: lengthMs * 90,
      offsetBytes: offset,
      sizeBytes,
      startsWithKeyframe: true,
    });
    offset += sizeBytes;
  }
  return encodeSpans(spans);
}

/** Rows in key order with the derived table filled beside them: the triggers would do the same, ten times slower. */
function fill({ database }: Catalog, { cameras, segmentMs }: SiteSize): void {
  const triggers = database
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'segments'")
    .all() as { name: string; sql: string }[];
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  const insert = {
    segment: database.prepare(
      'INSERT INTO segments (stream_number, start_ms, end_ms, run_start_ms, size_bytes, volume_number, init_number, sha256) VALUES (?, ?, ?, ?, ?, 1, ?, ?)',
    ),
    index: database.prepare('INSERT INTO fragment_indexes (stream_number, start_ms, spans) VALUES (?, ?, ?)'),
    coverage: database.prepare('INSERT INTO coverage (stream_number, start_ms, end_ms) VALUES (?, ?, ?)'),
    gap: database.prepare(
      "INSERT INTO gaps (stream_number, start_ms, end_ms, reason) VALUES (?, ?, ?, 'unreachable')",
    ),
    init: database.prepare('INSERT INTO inits (number, stream_number, sha256, bytes) VALUES (?, ?, ?, ?)'),
  };
  const fillStream = database.transaction((stream: number) => {
    insert.init.run(stream, stream, createHash('sha256').update(String(stream)).digest(), Buffer.alloc(700));
    const beginMs = siteEndMs - siteDays * dayMs;
    for (let runMs = beginMs; runMs < siteEndMs; runMs += gapEveryMs) {
      const runEndMs = Math.min(runMs + gapEveryMs - gapMs, siteEndMs);
      const index = usualIndex(runMs, segmentMs);
      for (let startMs = runMs; startMs < runEndMs; startMs += segmentMs) {
        const endMs = Math.min(startMs + segmentMs, runEndMs);
        insert.segment.run(
          stream,
          startMs,
          endMs,
          runMs,
          8_000_000 + (startMs % 100_000),
          stream,
          Buffer.alloc(32, stream),
        );
        insert.index.run(stream, startMs, index);
      }
      insert.coverage.run(stream, runMs, runEndMs);
      if (runEndMs < siteEndMs) insert.gap.run(stream, runEndMs, runMs + gapEveryMs);
    }
  });
  for (let stream = 1; stream <= cameras; stream++) fillStream(stream);
  for (const { sql } of triggers) database.exec(sql);
}
