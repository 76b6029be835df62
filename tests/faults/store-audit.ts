// The footage store as it looks from outside the program: rows of the catalog against files of the volume, by the
// invariants of docs/architecture.md. Reads only; the station may be running.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';

export interface SegmentRow {
  readonly streamId: StreamId;
  readonly startMs: number;
  readonly endMs: number;
  readonly runStartMs: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Below the volume's folder. */
  readonly path: string;
}

export interface GapRow {
  readonly streamId: StreamId;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly reason: GapReason;
}

/** Between two segments of one run only the rounding and slewing of wall times lies (the schema joins up to this). */
const seamMs = 100;

function ask<Row>(catalogFile: string, query: string): Row[] {
  const database = new Database(catalogFile, { readonly: true, timeout: 5_000 });
  try {
    return database.prepare<[], Row>(query).all();
  } finally {
    database.close();
  }
}

/** All committed segments, by stream and time. */
export function segmentRows(catalogFile: string): SegmentRow[] {
  interface Stored extends Omit<SegmentRow, 'path'> {
    readonly cameraId: CameraId;
    readonly role: 'main' | 'sub';
  }
  const rows = ask<Stored>(
    catalogFile,
    `SELECT streams.id AS streamId, camera_id AS cameraId, role, start_ms AS startMs, end_ms AS endMs,
       run_start_ms AS runStartMs, size_bytes AS sizeBytes, lower(hex(sha256)) AS sha256
     FROM segments JOIN streams ON streams.number = stream_number ORDER BY streams.id, start_ms`,
  );
  return rows.map(({ cameraId, role, ...row }) => ({
    ...row,
    path: segmentPath({ cameraId, role, streamId: row.streamId }, row.startMs),
  }));
}

export function gapRows(catalogFile: string): GapRow[] {
  return ask<GapRow>(
    catalogFile,
    `SELECT streams.id AS streamId, start_ms AS startMs, end_ms AS endMs, reason
     FROM gaps JOIN streams ON streams.number = stream_number ORDER BY streams.id, start_ms`,
  );
}

/** What breaks invariant 1: rows whose file is not there, or not with the row's length and SHA-256. */
export function brokenFiles(footage: string, rows: readonly SegmentRow[]): string[] {
  return rows.flatMap((row) => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path.join(footage, row.path));
    } catch (error) {
      return [`1: ${row.path} cannot be read: ${String(error)}`];
    }
    if (bytes.length !== row.sizeBytes)
      return [`1: ${row.path} has ${bytes.length}, not ${row.sizeBytes} bytes`];
    const digest = createHash('sha256').update(bytes).digest('hex');
    return digest === row.sha256 ? [] : [`1: ${row.path} has another hash`];
  });
}

/** What of `before` is no longer as it was: a committed row is for ever. */
export function lostRows(before: readonly SegmentRow[], after: readonly SegmentRow[]): string[] {
  const now = new Map(after.map((row) => [row.path, JSON.stringify(row)]));
  return before.filter((row) => now.get(row.path) !== JSON.stringify(row)).map((row) => `lost: ${row.path}`);
}

/** All files of the volume but its identity, its thumbnails and what lies beside the footage to say whose it is. */
export function footageFiles(footage: string): string[] {
  return readdirSync(footage, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.lookout-volume'))
    .map((entry) => path.relative(footage, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(?:(?:lost\+found|thumbnails)\/|[\w-]+\/camera\.json$)/.test(file));
}

/** What breaks invariant 2 in a station that is stopped: files that nobody names. */
export function unnamedFiles(footage: string, rows: readonly SegmentRow[]): string[] {
  const named = new Set(rows.map((row) => row.path));
  return footageFiles(footage)
    .filter((file) => !named.has(file) && !file.startsWith('quarantine/'))
    .map((file) => `2: ${file} is named by nobody`);
}

/** What breaks invariants 3 and 5: segments and gaps that overlap, and moments that neither covers. */
export function brokenTimes(rows: readonly SegmentRow[], gaps: readonly GapRow[]): string[] {
  const streams = Map.groupBy([...rows, ...gaps], ({ streamId }) => streamId);
  return [...streams].flatMap(([streamId, pieces]) => {
    const sorted = pieces.toSorted((one, other) => one.startMs - other.startMs);
    return sorted.flatMap((piece, index) => {
      const before = sorted[index - 1];
      if (before === undefined) return [];
      const holeMs = piece.startMs - (before.endMs ?? Number.POSITIVE_INFINITY);
      const where = `${streamId} at ${piece.startMs} (${wordsOf(before)}, then ${wordsOf(piece)})`;
      if (holeMs < 0) return [`3: overlap of ${-holeMs} ms, ${where}`];
      const isOneRun =
        'runStartMs' in before && 'runStartMs' in piece && before.runStartMs === piece.runStartMs;
      return holeMs > (isOneRun ? seamMs : 0) ? [`5: ${holeMs} ms without a word, ${where}`] : [];
    });
  });
}

function wordsOf(piece: SegmentRow | GapRow): string {
  return 'reason' in piece ? `gap ${piece.reason}` : 'segment';
}
