// The files of a volume as the catalog knows them, in the order in which a volume is read through.

import type { Statement } from 'better-sqlite3';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId, StreamId, VolumeId } from '../../recorder/model/ids.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import type { Catalog } from './open.ts';

export interface StoredFile {
  readonly streamId: StreamId;
  readonly streamNumber: number;
  readonly cameraId: CameraId;
  readonly role: 'main' | 'sub';
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
  readonly isLocked: boolean;
  /** Below the volume's folder. */
  readonly path: string;
}

/** Where reading goes on: behind the segment of this start and stream number. */
export interface ReadPosition {
  readonly startMs: EpochMs;
  readonly stream: number;
}

export const fromTheBegin: ReadPosition = { startMs: -1, stream: 0 };

type Raw = Omit<StoredFile, 'path' | 'isLocked'> & { isLocked: number };

const columns = `streams.number AS streamNumber, streams.id AS streamId, streams.camera_id AS cameraId, role,
    segments.start_ms AS startMs, segments.end_ms AS endMs, size_bytes AS sizeBytes, sha256,
    EXISTS (SELECT 1 FROM evidence_locks WHERE camera_id = streams.camera_id AND released_ms IS NULL
      AND evidence_locks.start_ms < segments.end_ms AND evidence_locks.end_ms > segments.start_ms) AS isLocked`;

/** Its plan is asserted by a test. */
export const storedFilesRead = `SELECT ${columns}
  FROM volumes CROSS JOIN segments JOIN streams ON streams.number = stream_number
  WHERE volumes.id = ? AND volume_number = volumes.number AND (segments.start_ms, stream_number) > (?, ?)
  ORDER BY segments.start_ms, stream_number LIMIT ?`;

const storedFileFrom = `SELECT ${columns}
  FROM segments JOIN streams ON streams.number = stream_number
  WHERE stream_number = ? AND segments.start_ms >= ? AND volume_number = (SELECT number FROM volumes WHERE id = ?)
  ORDER BY segments.start_ms LIMIT 1`;

export class StoredFiles {
  readonly #page: Statement<[VolumeId, EpochMs, number, number], Raw>;
  readonly #from: Statement<[number, EpochMs, VolumeId], Raw>;
  readonly #streams: Statement<
    [CameraId],
    { number: number; oldestMs: EpochMs | null; newestMs: EpochMs | null }
  >;

  constructor({ database }: Pick<Catalog, 'database'>) {
    this.#page = database.prepare(storedFilesRead);
    this.#from = database.prepare(storedFileFrom);
    this.#streams = database.prepare(
      `SELECT number, (SELECT min(start_ms) FROM segments WHERE stream_number = number) AS oldestMs,
         (SELECT max(start_ms) FROM segments WHERE stream_number = number) AS newestMs
       FROM streams WHERE camera_id = ?`,
    );
  }

  /** At most `limit` files behind a position, and the position behind the last of them. */
  page(volume: VolumeId, after: ReadPosition, limit: number): { files: StoredFile[]; next: ReadPosition } {
    const rows = this.#page.all(volume, after.startMs, after.stream, limit);
    const last = rows.at(-1);
    const next = last === undefined ? after : { startMs: last.startMs, stream: last.streamNumber };
    return { files: rows.map(toFile), next };
  }

  /** Files of a camera on a volume, spread evenly over all the time it has footage of; about `limit` of them. */
  sample(volume: VolumeId, camera: CameraId, limit: number): StoredFile[] {
    const found = new Map<string, StoredFile>();
    for (const { number, oldestMs, newestMs } of this.#streams.all(camera)) {
      if (oldestMs === null || newestMs === null) continue;
      const stepMs = Math.max(1, (newestMs - oldestMs) / limit);
      for (let step = 0; step < limit; step += 1) {
        const row = this.#from.get(number, Math.floor(oldestMs + step * stepMs), volume);
        if (row !== undefined) found.set(`${number} ${row.startMs}`, toFile(row));
      }
    }
    return [...found.values()];
  }

  /** True when the row is still there, and on that volume: retention goes on while files are looked at. */
  isStill(volume: VolumeId, { startMs, streamNumber, streamId }: StoredFile): boolean {
    const [found] = this.#page.all(volume, startMs, streamNumber - 1, 1);
    return found?.streamId === streamId && found.startMs === startMs;
  }
}

function toFile({ isLocked, ...row }: Raw): StoredFile {
  return { ...row, isLocked: isLocked === 1, path: segmentPath(row, row.startMs) };
}
