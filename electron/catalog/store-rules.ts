// What rows alone can tell about the store's invariants: each question answers with what is wrong, in words.

import type { Database } from 'better-sqlite3';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { segmentPath, startOfName } from '../../recorder/segments/segment-path.ts';
import { seamMs } from './holes.ts';

/** Invariant 3. */
export function overlaps(database: Database): string[] {
  const rows = database.prepare<[], { stream: number; startMs: EpochMs; beforeMs: EpochMs }>(
    `SELECT stream_number AS stream, start_ms AS startMs, beforeMs FROM (
       SELECT stream_number, start_ms, lag(end_ms) OVER (PARTITION BY stream_number ORDER BY start_ms) AS beforeMs FROM segments)
     WHERE beforeMs > start_ms`,
  );
  return rows
    .all()
    .map(({ stream, startMs, beforeMs }) => `stream ${stream}: ${startMs} begins before ${beforeMs}`);
}

/** Invariant 4: files on their way out that a lock holds. */
export function unlawfulGarbage(database: Database): string[] {
  const streams = database
    .prepare<[], { cameraId: string; role: 'main' | 'sub' }>(
      'SELECT camera_id AS cameraId, role FROM streams',
    )
    .all();
  const isLocked = database.prepare<[string, EpochMs, EpochMs]>(
    `SELECT 1 FROM evidence_locks WHERE camera_id = ? AND released_ms IS NULL AND start_ms <= ? AND end_ms > ?`,
  );
  const found: string[] = [];
  for (const path of database
    .prepare<[], string>('SELECT path FROM garbage')
    .pluck()
    .iterate() as Iterable<string>) {
    const startMs = startOfName(path.slice(path.lastIndexOf('/') + 1));
    const stream = streams.find(({ cameraId, role }) => path.startsWith(`${cameraId}/${role}/`));
    if (startMs === undefined || stream === undefined) continue;
    const isOurs = segmentPath({ ...stream, streamId: '' as never }, startMs) === path;
    if (isOurs && isLocked.get(stream.cameraId, startMs, startMs) !== undefined) found.push(path);
  }
  return found;
}

/** Rows that follow from the segments and are kept beside them: coverage, and what each stream has on each volume. */
export function brokenDerivations(database: Database): string[] {
  return [...brokenCoverage(database), ...brokenSizes(database)];
}

function brokenCoverage(database: Database): string[] {
  const expected = new Map<string, EpochMs>();
  let last: { key: string; stream: number; endMs: EpochMs } | undefined;
  const segments = database
    .prepare<[], [number, EpochMs, EpochMs]>(
      'SELECT stream_number, start_ms, end_ms FROM segments ORDER BY stream_number, start_ms',
    )
    .raw();
  for (const [stream, startMs, endMs] of segments.iterate() as Iterable<[number, EpochMs, EpochMs]>) {
    const goesOn = last?.stream === stream && startMs - last.endMs <= seamMs;
    const key = goesOn && last !== undefined ? last.key : `stream ${stream} from ${startMs}`;
    last = { key, stream, endMs };
    expected.set(key, endMs);
  }
  const broken: string[] = [];
  const rows = database
    .prepare<[], [number, EpochMs, EpochMs]>('SELECT stream_number, start_ms, end_ms FROM coverage')
    .raw();
  for (const [stream, startMs, endMs] of rows.iterate() as Iterable<[number, EpochMs, EpochMs]>) {
    const key = `stream ${stream} from ${startMs}`;
    if (expected.get(key) !== endMs) broken.push(`coverage of ${key} to ${endMs}`);
    expected.delete(key);
  }
  for (const key of expected.keys()) broken.push(`no coverage of ${key}`);
  return broken;
}

function brokenSizes(database: Database): string[] {
  const rows = database.prepare<[], { stream: number; volume: number }>(
    `SELECT stream_number AS stream, volume_number AS volume FROM (
       SELECT stream_number, volume_number, count(*) AS segments, sum(size_bytes) AS size_bytes FROM segments
         GROUP BY stream_number, volume_number
       UNION ALL
       SELECT stream_number, volume_number, -segments, -size_bytes FROM stored_footage WHERE segments > 0)
     GROUP BY stream_number, volume_number HAVING sum(segments) <> 0 OR sum(size_bytes) <> 0`,
  );
  return rows.all().map(({ stream, volume }) => `sizes of stream ${stream} on volume ${volume}`);
}
