// What retention asks of the catalog: which footage is the oldest, how much there is, how fast it grows, what is locked.

import type { Statement } from 'better-sqlite3';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId, StreamId, VolumeId } from '../../recorder/model/ids.ts';
import type { Catalog } from './open.ts';

export interface KeptSegment {
  readonly streamId: StreamId;
  readonly cameraId: CameraId;
  readonly role: 'main' | 'sub';
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly sizeBytes: number;
  readonly volumeId: VolumeId;
  /** It touches an evidence lock that holds. */
  readonly isLocked: boolean;
}

export interface KeptCamera {
  readonly id: CameraId;
  readonly name: string;
  readonly isRemoved: boolean;
  /** Its mode has it recorded. */
  readonly isRecording: boolean;
  /** It is recorded by hand until then, whatever its mode says; undefined when it is not, or was removed. */
  readonly byHandUntilMs: EpochMs | undefined;
  readonly keepDays: number | undefined;
  readonly quotaBytes: number | undefined;
  readonly streamIds: readonly StreamId[];
}

/** How much footage a stream makes while it is recorded. */
export interface Rate {
  readonly bytes: number;
  readonly durationMs: number;
}

/** Segments over which a stream's rate is measured: an hour at the usual length. */
const rateSegments = 60;

const isLocked = `EXISTS (SELECT 1 FROM evidence_locks
    WHERE camera_id = streams.camera_id AND released_ms IS NULL
      AND evidence_locks.start_ms < segments.end_ms AND evidence_locks.end_ms > segments.start_ms)`;
const kept = `streams.id AS streamId, streams.camera_id AS cameraId, role, segments.start_ms AS startMs, segments.end_ms AS endMs,
    size_bytes AS sizeBytes, volumes.id AS volumeId, ${isLocked} AS isLocked`;

/** Their text, by name; a test asserts the plan of each. */
export const retentionReads = {
  oldestOnVolume: `SELECT ${kept}
    FROM volumes CROSS JOIN segments JOIN streams ON streams.number = stream_number
    WHERE volumes.id = ? AND volume_number = volumes.number AND segments.start_ms >= ?
    ORDER BY segments.start_ms, stream_number LIMIT ?`,
  oldestOfStream: `SELECT ${kept}
    FROM streams CROSS JOIN segments JOIN volumes ON volumes.number = volume_number
    WHERE streams.id = ? AND stream_number = streams.number AND segments.start_ms >= ? AND segments.start_ms < ?
    ORDER BY segments.start_ms LIMIT ?`,
  rate: `SELECT coalesce(sum(size_bytes), 0) AS bytes, coalesce(sum(end_ms - start_ms), 0) AS durationMs FROM (
    SELECT size_bytes, segments.start_ms, segments.end_ms FROM streams CROSS JOIN segments
    WHERE streams.id = ? AND stream_number = streams.number ORDER BY segments.start_ms DESC LIMIT ${rateSegments})`,
  sizeBetween: `SELECT coalesce(sum(size_bytes), 0) FROM streams CROSS JOIN segments
    WHERE streams.id = ? AND stream_number = streams.number AND segments.start_ms < ? AND segments.end_ms > ?
      AND segments.start_ms >= coalesce((SELECT max(start_ms) FROM segments WHERE stream_number = streams.number AND start_ms <= ?), 0)`,
  // An anchor at a stream's oldest row says that there were rows before it: then what is told of their time may go with them.
  forgetGaps: `WITH oldest (stream, start_ms) AS MATERIALIZED (
      SELECT number, (SELECT min(start_ms) FROM segments WHERE stream_number = number) FROM streams WHERE id = $id),
    forgotten (stream, until_ms) AS MATERIALIZED (
      SELECT stream, max($beforeMs, iif(EXISTS (
        SELECT 1 FROM chain_anchors WHERE stream_number = stream AND chain_anchors.start_ms = oldest.start_ms),
        oldest.start_ms, 0)) FROM oldest)
    DELETE FROM gaps WHERE stream_number = (SELECT stream FROM forgotten)
      AND start_ms < (SELECT until_ms FROM forgotten) AND end_ms <= (SELECT until_ms FROM forgotten)
      AND NOT EXISTS (SELECT 1 FROM streams JOIN evidence_locks USING (camera_id) WHERE number = stream_number
        AND released_ms IS NULL AND evidence_locks.start_ms < gaps.end_ms AND evidence_locks.end_ms > gaps.start_ms)`,
} as const;

type RawSegment = Omit<KeptSegment, 'isLocked'> & { isLocked: number };

export class RetentionRows {
  readonly #catalog: Catalog;
  readonly #oldestOnVolume: Statement<[VolumeId, EpochMs, number], RawSegment>;
  readonly #oldestOfStream: Statement<[StreamId, EpochMs, EpochMs, number], RawSegment>;
  readonly #rate: Statement<[StreamId], Rate>;
  readonly #sizeBetween: Statement<[StreamId, EpochMs, EpochMs, EpochMs], number>;
  readonly #sizes: Statement<[], { streamId: StreamId; volumeId: VolumeId; sizeBytes: number }>;
  readonly #forgetGaps: Statement<{ id: StreamId; beforeMs: EpochMs }>;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    const { database } = catalog;
    this.#oldestOnVolume = database.prepare(retentionReads.oldestOnVolume);
    this.#oldestOfStream = database.prepare(retentionReads.oldestOfStream);
    this.#rate = database.prepare(retentionReads.rate);
    this.#sizeBetween = database
      .prepare<[StreamId, EpochMs, EpochMs, EpochMs], number>(retentionReads.sizeBetween)
      .pluck();
    this.#sizes = database.prepare(
      `SELECT streams.id AS streamId, volumes.id AS volumeId, size_bytes AS sizeBytes FROM stored_footage
       JOIN streams ON streams.number = stream_number JOIN volumes ON volumes.number = volume_number`,
    );
    this.#forgetGaps = database.prepare(retentionReads.forgetGaps);
  }

  /** Every camera that ever was, the oldest first. */
  cameras(): KeptCamera[] {
    const rows = this.#catalog.database
      .prepare<
        [],
        {
          id: CameraId;
          name: string;
          removedMs: EpochMs | null;
          recording: number;
          byHandUntilMs: EpochMs | null;
          keepDays: number | null;
          quotaBytes: number | null;
          streamId: StreamId;
        }
      >(
        `SELECT cameras.id, name, removed_ms AS removedMs, recording, manual_until_ms AS byHandUntilMs,
           keep_days AS keepDays, quota_bytes AS quotaBytes, streams.id AS streamId
         FROM cameras JOIN streams ON streams.camera_id = cameras.id
         LEFT JOIN recording_modes ON recording_modes.camera_id = cameras.id
         ORDER BY created_ms, cameras.id, streams.number`,
      )
      .all();
    return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((streams) => {
      const [row] = streams;
      if (row === undefined) return [];
      const { id, name, removedMs, recording, byHandUntilMs, keepDays, quotaBytes } = row;
      const isRemoved = removedMs !== null;
      return {
        ...{ id, name, isRemoved },
        isRecording: recording === 1 && !isRemoved,
        byHandUntilMs: isRemoved ? undefined : (byHandUntilMs ?? undefined),
        keepDays: keepDays ?? undefined,
        quotaBytes: quotaBytes ?? undefined,
        streamIds: streams.map(({ streamId }) => streamId),
      };
    });
  }

  /** Segments of a volume that begin at `fromMs` or later, the oldest first. */
  oldestOnVolume(id: VolumeId, fromMs: EpochMs, limit: number): KeptSegment[] {
    return this.#oldestOnVolume.all(id, fromMs, limit).map(toKept);
  }

  /** Segments of a stream that begin in [fromMs, untilMs), the oldest first. */
  oldestOfStream(id: StreamId, fromMs: EpochMs, untilMs: EpochMs, limit: number): KeptSegment[] {
    return this.#oldestOfStream.all(id, fromMs, untilMs, limit).map(toKept);
  }

  /** Bytes of every stream on every volume. */
  sizes(): { readonly streamId: StreamId; readonly volumeId: VolumeId; readonly sizeBytes: number }[] {
    return this.#sizes.all();
  }

  /** Over the newest segments of a stream. */
  rate(id: StreamId): Rate {
    return this.#rate.get(id) ?? { bytes: 0, durationMs: 0 };
  }

  /** Bytes of a stream's segments that touch [startMs, endMs). */
  sizeBetween(id: StreamId, startMs: EpochMs, endMs: EpochMs): number {
    return this.#sizeBetween.get(id, endMs, startMs, startMs) ?? 0;
  }

  /** The newest moment that any footage or closed gap of the station reaches to. */
  newestMs(): EpochMs | undefined {
    const newest = this.#catalog.database
      .prepare<[], EpochMs | null>(
        `SELECT max(
           coalesce((SELECT end_ms FROM segments WHERE stream_number = number ORDER BY start_ms DESC LIMIT 1), 0),
           coalesce((SELECT coalesce(end_ms, start_ms) FROM gaps WHERE stream_number = number ORDER BY start_ms DESC LIMIT 1), 0)
         ) AS newest FROM streams ORDER BY newest DESC LIMIT 1`,
      )
      .pluck()
      .get();
    return newest ?? undefined;
  }

  /**
   * Gaps are forgotten with the footage of their time: those that ended before the oldest footage of their stream, if older
   * was deleted, and those that ended before the time given for it. A lock keeps its gaps.
   */
  forgetGaps(streams: ReadonlyMap<StreamId, EpochMs | undefined>): void {
    this.#catalog.write(() => {
      for (const [id, beforeMs = 0] of streams) this.#forgetGaps.run({ id, beforeMs });
    });
  }
}

function toKept({ isLocked: locked, ...segment }: RawSegment): KeptSegment {
  return { ...segment, isLocked: locked === 1 };
}
