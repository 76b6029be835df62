// The hot reads of the footage store: raw prepared statements, each a search of a key with both bounds given.

import type { Statement } from 'better-sqlite3';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { FragmentSpan } from '../../recorder/model/footage.ts';
import type { CameraId, StreamId, VolumeId } from '../../recorder/model/ids.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { decodeSpans } from '../../recorder/segments/span-index.ts';
import type { Catalog } from './open.ts';

/**
 * Their text, by name; a test asserts the plan of each. Rows of a stream do not overlap, so what reaches into a range
 * from before is the one row that begins last before it.
 */
export const hotReads = {
  coverage: `SELECT start_ms, end_ms FROM coverage
    WHERE stream_number = ? AND start_ms < ? AND start_ms >= coalesce(
      (SELECT max(start_ms) FROM coverage WHERE stream_number = ? AND start_ms <= ?), ?)
    ORDER BY start_ms`,
  coveredBefore: `SELECT end_ms FROM coverage
    WHERE stream_number = ? AND start_ms < ? ORDER BY start_ms DESC LIMIT 1`,
  gaps: `SELECT start_ms, end_ms, reason FROM gaps
    WHERE stream_number = ? AND start_ms < ? AND start_ms >= coalesce(
      (SELECT max(start_ms) FROM gaps WHERE stream_number = ? AND start_ms <= ?), ?)
    ORDER BY start_ms`,
  segments: `SELECT start_ms, end_ms, run_start_ms, init_number FROM segments
    WHERE stream_number = ? AND start_ms < ? AND start_ms >= coalesce(
      (SELECT max(start_ms) FROM segments WHERE stream_number = ? AND start_ms <= ?), ?)
    ORDER BY start_ms`,
  spans: 'SELECT spans FROM fragment_indexes WHERE stream_number = ? AND start_ms = ?',
  startBefore: 'SELECT max(start_ms) FROM segments WHERE stream_number = ? AND start_ms <= ?',
  startFrom: 'SELECT min(start_ms) FROM segments WHERE stream_number = ? AND start_ms >= ?',
  file: `SELECT size_bytes, sha256, volumes.id, volumes.folder
    FROM segments JOIN volumes ON volumes.number = segments.volume_number
    WHERE stream_number = ? AND start_ms = ?`,
  oldest: 'SELECT min(start_ms) FROM coverage WHERE stream_number = ?',
  newest: 'SELECT end_ms FROM segments WHERE stream_number = ? ORDER BY start_ms DESC LIMIT 1',
  // By the volume: on one that was retired long ago a stream's newest row lies behind all that came since elsewhere. The limit
  // is 0 for a stream that has none on it, which nothing else would find out before the end of the index.
  newestOnVolume: `SELECT start_ms FROM segments INDEXED BY segments_by_volume
    WHERE volume_number = ? AND stream_number = ? ORDER BY start_ms DESC LIMIT coalesce(
      (SELECT segments > 0 FROM stored_footage WHERE stream_number = ? AND volume_number = ?), 0)`,
} as const;

export interface StreamInCatalog {
  readonly number: number;
  readonly streamId: StreamId;
  readonly cameraId: CameraId;
  readonly role: 'main' | 'sub';
}

export interface SegmentRow {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly runStartMs: EpochMs;
  readonly initId: number;
}

export interface SegmentFileRow {
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
  readonly volumeId: VolumeId;
  readonly folder: string;
}

export interface GapRow {
  readonly startMs: EpochMs;
  /** Undefined while it goes on. */
  readonly endMs?: EpochMs;
  readonly reason: GapReason;
}

/** stream, end, stream, start, start: better-sqlite3 takes a repeated value once for each `?`. */
type RangeParameters = [number, EpochMs, number, EpochMs, EpochMs];
const within = (stream: number, startMs: EpochMs, endMs: EpochMs): RangeParameters => [
  stream,
  endMs,
  stream,
  startMs,
  startMs,
];

export class FootageReads {
  readonly #streams = new Map<StreamId, StreamInCatalog>();
  readonly #stream: Statement<[StreamId], StreamInCatalog>;
  readonly #init: Statement<[number], Buffer>;
  readonly #folder: Statement<[VolumeId], string>;
  readonly #coverage: Statement<RangeParameters, unknown[]>;
  readonly #coveredBefore: Statement<[number, EpochMs], EpochMs>;
  readonly #gaps: Statement<RangeParameters, unknown[]>;
  readonly #segments: Statement<RangeParameters, unknown[]>;
  readonly #spans: Statement<[number, EpochMs], Buffer>;
  readonly #startBefore: Statement<[number, EpochMs], EpochMs | null>;
  readonly #startFrom: Statement<[number, EpochMs], EpochMs | null>;
  readonly #file: Statement<[number, EpochMs], unknown[]>;
  readonly #oldest: Statement<[number], EpochMs | null>;
  readonly #newest: Statement<[number], EpochMs>;
  readonly #newestOnVolume: Statement<[number, number, number, number], EpochMs>;

  constructor({ database }: Catalog) {
    this.#stream = database.prepare(
      'SELECT number, id AS streamId, camera_id AS cameraId, role FROM streams WHERE id = ?',
    );
    this.#init = database.prepare<[number], Buffer>('SELECT bytes FROM inits WHERE number = ?').pluck();
    this.#folder = database.prepare<[VolumeId], string>('SELECT folder FROM volumes WHERE id = ?').pluck();
    this.#coverage = database.prepare<RangeParameters, unknown[]>(hotReads.coverage).raw();
    this.#coveredBefore = database.prepare<[number, EpochMs], EpochMs>(hotReads.coveredBefore).pluck();
    this.#gaps = database.prepare<RangeParameters, unknown[]>(hotReads.gaps).raw();
    this.#segments = database.prepare<RangeParameters, unknown[]>(hotReads.segments).raw();
    this.#spans = database.prepare<[number, EpochMs], Buffer>(hotReads.spans).pluck();
    this.#startBefore = database.prepare<[number, EpochMs], EpochMs | null>(hotReads.startBefore).pluck();
    this.#startFrom = database.prepare<[number, EpochMs], EpochMs | null>(hotReads.startFrom).pluck();
    this.#file = database.prepare<[number, EpochMs], unknown[]>(hotReads.file).raw();
    this.#oldest = database.prepare<[number], EpochMs | null>(hotReads.oldest).pluck();
    this.#newest = database.prepare<[number], EpochMs>(hotReads.newest).pluck();
    this.#newestOnVolume = database
      .prepare<[number, number, number, number], EpochMs>(hotReads.newestOnVolume)
      .pluck();
  }

  /** Also of a removed camera: its footage stays. Kept in memory, because a stream's number never changes. */
  stream(id: StreamId): StreamInCatalog | undefined {
    const known = this.#streams.get(id);
    if (known !== undefined) return known;
    const row = this.#stream.get(id);
    if (row !== undefined) this.#streams.set(id, row);
    return row;
  }

  /** Visits the covered stretches that touch [startMs, endMs), in order, as stored (not clipped). */
  eachCovered(
    stream: number,
    startMs: EpochMs,
    endMs: EpochMs,
    visit: (startMs: EpochMs, endMs: EpochMs) => void,
  ) {
    for (const row of this.#coverage.iterate(...within(stream, startMs, endMs)) as Iterable<
      [EpochMs, EpochMs]
    >) {
      if (row[1] > startMs) visit(row[0], row[1]);
    }
  }

  /** Whether any of [startMs, endMs) is covered: what reaches furthest into it is the run that begins last before its end. */
  isCovered(stream: number, startMs: EpochMs, endMs: EpochMs): boolean {
    const lastEndMs = this.#coveredBefore.get(stream, endMs);
    return lastEndMs !== undefined && lastEndMs > startMs;
  }

  /** Visits the gaps that touch [startMs, endMs), in order, as stored. */
  eachGap(stream: number, startMs: EpochMs, endMs: EpochMs, visit: (gap: GapRow) => void): void {
    const rows = this.#gaps.iterate(...within(stream, startMs, endMs)) as Iterable<
      [EpochMs, EpochMs | null, GapReason]
    >;
    for (const [gapStartMs, gapEndMs, reason] of rows) {
      if (gapEndMs === null) visit({ startMs: gapStartMs, reason });
      else if (gapEndMs > startMs) visit({ startMs: gapStartMs, endMs: gapEndMs, reason });
    }
  }

  /** Segments that touch [startMs, endMs), in order. Their fragment indexes are read apart: a blob a row is most of the time. */
  segments(stream: number, startMs: EpochMs, endMs: EpochMs): SegmentRow[] {
    const rows = this.#segments.all(...within(stream, startMs, endMs)) as [
      EpochMs,
      EpochMs,
      EpochMs,
      number,
    ][];
    const found: SegmentRow[] = [];
    for (const [segmentStartMs, segmentEndMs, runStartMs, initId] of rows) {
      if (segmentEndMs > startMs) {
        found.push({ startMs: segmentStartMs, endMs: segmentEndMs, runStartMs, initId });
      }
    }
    return found;
  }

  /** The fragment index of the segment that begins at that moment. */
  spans(stream: number, startMs: EpochMs): FragmentSpan[] {
    const blob = this.#spans.get(stream, startMs);
    // A row and its index are written and deleted in one transaction: without it the catalog is damaged.
    if (blob === undefined) throw new Error('a segment without its fragment index');
    return decodeSpans(blob);
  }

  /** The segment that holds the moment, or else the first that begins after it. */
  segmentAtOrAfter(stream: number, atMs: EpochMs): SegmentRow | undefined {
    const before = this.#startBefore.get(stream, atMs);
    const holding = before == null ? undefined : this.segments(stream, before, before + 1)[0];
    if (holding !== undefined && holding.endMs > atMs) return holding;
    const after = this.#startFrom.get(stream, atMs);
    return after == null ? undefined : this.segments(stream, after, after + 1)[0];
  }

  /** The last segment that begins before the moment. */
  lastBefore(stream: number, atMs: EpochMs): SegmentRow | undefined {
    const startMs = this.#startBefore.get(stream, Math.min(atMs, Number.MAX_SAFE_INTEGER) - 1);
    return startMs == null ? undefined : this.segments(stream, startMs, startMs + 1)[0];
  }

  /** The first segment that begins at the moment or later. */
  firstFrom(stream: number, atMs: EpochMs): SegmentRow | undefined {
    const startMs = this.#startFrom.get(stream, Math.min(atMs, Number.MAX_SAFE_INTEGER));
    return startMs == null ? undefined : this.segments(stream, startMs, startMs + 1)[0];
  }

  /** True when a segment begins at the moment or later. */
  beginsFrom(stream: number, atMs: EpochMs): boolean {
    return this.#startFrom.get(stream, atMs) != null;
  }

  file(stream: number, startMs: EpochMs): SegmentFileRow | undefined {
    const row = this.#file.get(stream, startMs) as [number, Buffer, VolumeId, string] | undefined;
    return row && { sizeBytes: row[0], sha256: row[1], volumeId: row[2], folder: row[3] };
  }

  /** Start of the oldest footage. */
  oldestMs(stream: number): EpochMs | undefined {
    return this.#oldest.get(stream) ?? undefined;
  }

  /** End of the newest segment. */
  newestMs(stream: number): EpochMs | undefined {
    return this.#newest.get(stream);
  }

  /** Start of the newest segment on a volume. */
  newestOnVolumeMs(stream: number, volume: number): EpochMs | undefined {
    return this.#newestOnVolume.get(volume, stream, stream, volume);
  }

  /** The init section of that number, `ftyp moov`. */
  initBytes(number: number): Uint8Array | undefined {
    return this.#init.get(number);
  }

  volumeFolder(id: VolumeId): string | undefined {
    return this.#folder.get(id);
  }
}
