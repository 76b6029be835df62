// One really recorded segment, and copies of it under rows of a made catalog, so that a player finds footage there.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Catalog } from '../electron/catalog/open.ts';
import { openCatalog } from '../electron/catalog/open.ts';
import { SettingRows } from '../electron/catalog/settings.ts';
import { playlistWindowMs } from '../electron/playback/service.ts';
import { readWallTime, stampWallTime } from '../recorder/media/producer-reference-time.ts';
import type { FragmentSpan } from '../recorder/model/footage.ts';
import type { CameraId, StreamId } from '../recorder/model/ids.ts';
import { segmentPath } from '../recorder/segments/segment-path.ts';
import { decodeSpans, encodeSpans } from '../recorder/segments/span-index.ts';
import { startStation } from '../tests/driver/station-process.ts';
import { relayClip } from '../tests/peers/clips.ts';
import { relayCamera, startGstreamerCameras } from '../tests/peers/gstreamer.ts';
import { inFolder } from './in-folder.ts';

const root = path.resolve(import.meta.dirname, '..');
const migrationsFolder = path.join(root, 'migrations');
/** Recorded once and kept, outside of git. */
const kept = path.join(root, 'node_modules/.cache/lookout-bench/real-segment');
/** As long as the made site's segments, to the next keyframe. */
const segmentSeconds = 16;
const recordingLimitMs = 120_000;
/** Files that hold more than a player loads ahead of its picture. */
const laidAtOnce = 4;

export interface RealSegment {
  readonly bytes: Uint8Array;
  readonly init: Uint8Array;
  readonly spans: readonly FragmentSpan[];
  readonly startMs: number;
}

interface Row {
  readonly startMs: number;
  readonly endMs: number;
  readonly camera: CameraId;
  readonly stream: StreamId;
  readonly folder: string;
  readonly spans: Buffer;
  readonly init: Buffer;
}

interface StreamRow {
  readonly number: number;
  readonly cameraId: CameraId;
  readonly streamId: StreamId;
}

/** 1080p25 H.264 with 4 Mbit/s and a keyframe every 2 s, with sound, as the station records it over RTSP. */
export async function realSegment(): Promise<RealSegment> {
  if (!existsSync(path.join(kept, 'segment.mp4'))) await record();
  const read = (name: string) => new Uint8Array(readFileSync(path.join(kept, name)));
  const spans = decodeSpans(read('spans'));
  return { bytes: read('segment.mp4'), init: read('init'), spans, startMs: spans[0]?.startMs ?? 0 };
}

function record(): Promise<void> {
  return inFolder(async (folder) => {
    mkdirSync(path.join(folder, 'catalog'), { mode: 0o700 });
    const file = path.join(folder, 'catalog/lookout.db');
    const catalog = openCatalog(file, { migrationsFolder });
    new SettingRows(catalog).set('segmentSeconds', String(segmentSeconds));
    catalog.close();
    await using server = await startGstreamerCameras({ camera: relayCamera(await relayClip()) });
    await using station = await startStation(folder);
    await station.client.cameras.add({ name: 'Camera', url: server.urls.camera, transport: 'tcp' });
    const row = await firstWhole(file);
    mkdirSync(kept, { recursive: true });
    writeFileSync(path.join(kept, 'spans'), row.spans);
    writeFileSync(path.join(kept, 'init'), row.init);
    const place = { cameraId: row.camera, streamId: row.stream, role: 'main' } as const;
    writeFileSync(
      path.join(kept, 'segment.mp4'),
      readFileSync(path.join(row.folder, segmentPath(place, row.startMs))),
    );
  });
}

/** The first segment that is as long as it should be: the one a recording begins with is cut at the clock. */
async function firstWhole(file: string): Promise<Row> {
  const database = new Database(file, { readonly: true });
  try {
    const find = database.prepare(
      `SELECT start_ms AS startMs, end_ms AS endMs, streams.camera_id AS camera, streams.id AS stream, volumes.folder, spans, inits.bytes AS init
       FROM segments NATURAL JOIN fragment_indexes
         JOIN streams ON streams.number = segments.stream_number JOIN volumes ON volumes.number = volume_number
         JOIN inits ON inits.number = init_number
       WHERE end_ms - start_ms >= ?`,
    );
    const deadline = Date.now() + recordingLimitMs;
    for (;;) {
      const row = find.get((segmentSeconds - 1) * 1_000) as Row | undefined;
      if (row !== undefined) return row;
      if (Date.now() > deadline) throw new Error('no whole segment was recorded');
      await delay(500);
    }
  } finally {
    database.close();
  }
}

/** Puts the real segment under the rows of a camera around moments; what it has put there can be taken away again. */
export class LaidFootage {
  readonly #database: Catalog['database'];
  readonly #volumeFolder: string;
  readonly #real: RealSegment;
  readonly #laid: string[] = [];

  constructor(catalog: Catalog, volumeFolder: string, real: RealSegment) {
    this.#database = catalog.database;
    this.#volumeFolder = volumeFolder;
    this.#real = real;
  }

  /** The cameras' init sections become the real one's. */
  takeInit(cameraIds: readonly CameraId[]): void {
    const write = this.#database.prepare(
      'UPDATE inits SET bytes = ? WHERE stream_number IN (SELECT number FROM streams WHERE camera_id = ?)',
    );
    for (const id of cameraIds) write.run(this.#real.init, id);
  }

  /** Lays the segment that holds `atMs` and those a player loads ahead. False where the camera has no picture then or `aheadMs` later. */
  lay(cameraId: CameraId, atMs: number, aheadMs: number): boolean {
    return this.#database.transaction(() => this.#lay(cameraId, atMs, aheadMs))();
  }

  #lay(cameraId: CameraId, atMs: number, aheadMs: number): boolean {
    const { number, streamId } = this.#database
      .prepare('SELECT number, id AS streamId FROM streams WHERE camera_id = ?')
      .get(cameraId) as Omit<StreamRow, 'cameraId'>;
    const rows = this.#database
      .prepare(
        `SELECT start_ms AS startMs, end_ms AS endMs FROM segments WHERE stream_number = ? AND start_ms >=
           (SELECT max(start_ms) FROM segments WHERE stream_number = ? AND start_ms <= ?) AND start_ms < ? ORDER BY start_ms`,
      )
      .all(number, number, atMs, atMs + playlistWindowMs) as { startMs: number; endMs: number }[];
    const realMs = (this.#real.spans.at(-1)?.startMs ?? 0) - this.#real.startMs;
    const hasPicture = (ms: number) =>
      rows.some(({ startMs, endMs }) => ms >= startMs && ms < Math.min(endMs, startMs + realMs));
    if (!hasPicture(atMs) || !hasPicture(atMs + aheadMs)) return false;
    for (const [index, { startMs }] of rows.entries()) {
      if (index < laidAtOnce) this.#layOne({ number, cameraId, streamId }, startMs);
      else this.#tellApart(number, startMs);
    }
    return true;
  }

  removeAll(): void {
    for (const file of this.#laid.splice(0)) rmSync(file, { force: true });
  }

  /** The made rows of a run share one index, which a playlist must not: this row's gets its own times. */
  #tellApart(number: number, startMs: number): void {
    const key = [number, startMs] as const;
    const { spans } = this.#database
      .prepare('SELECT spans FROM fragment_indexes WHERE stream_number = ? AND start_ms = ?')
      .get(...key) as { spans: Buffer };
    const shared = decodeSpans(spans);
    const byMs = startMs - (shared[0]?.startMs ?? startMs);
    this.#database
      .prepare('UPDATE fragment_indexes SET spans = ? WHERE stream_number = ? AND start_ms = ?')
      .run(
        encodeSpans(
          shared.map((span) => ({
            ...span,
            startMs: span.startMs + byMs,
            startTicks: span.startTicks + byMs * 90,
          })),
        ),
        ...key,
      );
  }

  #layOne({ number, cameraId, streamId }: StreamRow, startMs: number): void {
    const byMs = startMs - this.#real.startMs;
    const spans = this.#real.spans.map((span) => ({ ...span, startMs: span.startMs + byMs }));
    this.#database
      .prepare('UPDATE fragment_indexes SET spans = ? WHERE stream_number = ? AND start_ms = ?')
      .run(encodeSpans(spans), number, startMs);
    this.#database
      .prepare('UPDATE segments SET size_bytes = ? WHERE stream_number = ? AND start_ms = ?')
      .run(this.#real.bytes.length, number, startMs);
    const place = { cameraId, streamId, role: 'main' } as const;
    const file = path.join(this.#volumeFolder, segmentPath(place, startMs));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, movedBy(this.#real.bytes, byMs));
    this.#laid.push(file);
  }
}

/** A copy whose fragments say that they were taken so much later. */
function movedBy(bytes: Uint8Array, byMs: number): Uint8Array {
  const moved = bytes.slice();
  const view = new DataView(moved.buffer);
  for (let at = 0; at + 8 <= moved.length; at += Math.max(8, view.getUint32(at))) {
    const type = String.fromCharCode(...moved.subarray(at + 4, at + 8));
    if (type !== 'prft') continue;
    const fragment = moved.subarray(at);
    stampWallTime(fragment, readWallTime(fragment) + byMs);
  }
  return moved;
}
