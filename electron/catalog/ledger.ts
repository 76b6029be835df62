// The recorder's ledger in the catalog: segments, gaps, init sections and garbage, each call one durable transaction.

import { createHash } from 'node:crypto';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { FragmentSpan, Segment } from '../../recorder/model/footage.ts';
import type { StreamId, VolumeId } from '../../recorder/model/ids.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import type { FootageLedger, NewestSegment } from '../../recorder/segments/ledger.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { decodeSpans, encodeSpans } from '../../recorder/segments/span-index.ts';
import { FootageReads, type StreamInCatalog } from './footage-reads.ts';
import type { Catalog } from './open.ts';

/**
 * Every write commits with `synchronous=FULL`: when a call returns, its row survives a power cut. Throws RangeError for
 * a stream or volume the catalog does not have, and SQLite's error when a row breaks an invariant; nothing is written then.
 */
export function createLedger(catalog: Catalog): FootageLedger {
  return new CatalogLedger(catalog);
}

class CatalogLedger implements FootageLedger {
  readonly #catalog: Catalog;
  readonly #reads: FootageReads;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    this.#reads = new FootageReads(catalog);
    this.#statements = prepare(catalog);
  }

  saveInit(streamId: StreamId, bytes: Uint8Array): number {
    const { number } = this.#stream(streamId);
    const sha256 = createHash('sha256').update(bytes).digest();
    return this.#write(() => {
      const known = this.#statements.findInit.get(number, sha256);
      if (known !== undefined) return known;
      return Number(this.#statements.addInit.run(number, sha256, bytes).lastInsertRowid);
    });
  }

  commitSegment(segment: Segment, spans: readonly FragmentSpan[]): void {
    const stream = this.#stream(segment.streamId);
    // The row keeps no path: it follows from the ids, and what does not follow would never be found again.
    if (segment.path !== segmentPath(stream, segment.startMs))
      throw new RangeError('path of another segment');
    if (spans.length === 0) throw new RangeError('segment without spans');
    const blob = encodeSpans(spans);
    this.#write(() => {
      this.#statements.addSegment.run(
        stream.number,
        segment.startMs,
        segment.endMs,
        segment.runStartMs,
        segment.sizeBytes,
        this.#volume(segment.volumeId),
        segment.initId,
        segment.sha256,
      );
      this.#statements.addSpans.run(stream.number, segment.startMs, blob);
    });
  }

  coveredUntilMs(streamId: StreamId): EpochMs | undefined {
    const { number } = this.#stream(streamId);
    const footage = this.#reads.newestMs(number);
    const gap = this.#statements.newestGapEnd.get(number) ?? undefined;
    if (footage === undefined || gap === undefined) return footage ?? gap;
    return Math.max(footage, gap);
  }

  lastSegmentEndMs(streamId: StreamId): EpochMs | undefined {
    return this.#reads.newestMs(this.#stream(streamId).number);
  }

  newestSegment(streamId: StreamId): NewestSegment | undefined {
    const { number } = this.#stream(streamId);
    const endMs = this.#reads.newestMs(number);
    if (endMs === undefined) return undefined;
    const row = this.#reads.segments(number, endMs - 1, endMs).at(-1);
    if (row === undefined) return undefined;
    const last = decodeSpans(row.spans).at(-1);
    if (last === undefined) return undefined;
    const { runStartMs, initId } = row;
    return { runStartMs, initId, endMs, endTicks: last.startTicks + last.durationTicks };
  }

  knows(volumeId: VolumeId, path: string): boolean {
    const [cameraId, role, , , , file] = path.split('/');
    const startMs = Number(file?.slice(0, -'.mp4'.length));
    const stream = this.#statements.findStream.get(cameraId, role);
    if (stream !== undefined && Number.isSafeInteger(startMs) && segmentPath(stream, startMs) === path) {
      if (this.#reads.file(stream.number, startMs)?.volumeId === volumeId) return true;
    }
    return this.#statements.findGarbage.get(volumeId, path) !== undefined;
  }

  openGap(streamId: StreamId, startMs: EpochMs, reason: GapReason): void {
    const { number } = this.#stream(streamId);
    this.#write(() => {
      if (this.#statements.renameOpenGap.run(reason, number).changes > 0) return;
      // Gaps of a stream never overlap either: after a step of the clock a new one begins where the older ends.
      const notBeforeMs = this.#statements.newestGapEnd.get(number) ?? startMs;
      this.#statements.addGap.run(number, Math.max(startMs, notBeforeMs), reason);
    });
  }

  closeGap(streamId: StreamId, endMs: EpochMs): void {
    const { number } = this.#stream(streamId);
    this.#write(() => {
      this.#statements.dropEmptyGap.run(number, endMs);
      this.#statements.endGap.run(endMs, number);
    });
  }

  discard(streamId: StreamId, startMs: EpochMs, nowMs: EpochMs): void {
    const stream = this.#stream(streamId);
    this.#write(() => {
      const file = this.#reads.file(stream.number, startMs);
      if (file === undefined) return;
      const path = segmentPath(stream, startMs);
      this.#statements.addGarbage.run(this.#volume(file.volumeId), path, nowMs);
      this.#statements.dropSegment.run(stream.number, startMs);
    });
  }

  listGarbage(volumeId: VolumeId): readonly string[] {
    return this.#statements.listGarbage.all(volumeId);
  }

  dropGarbage(volumeId: VolumeId, path: string): void {
    this.#write(() => this.#statements.dropGarbage.run(this.#volume(volumeId), path));
  }

  /** IMMEDIATE: the write lock is taken at once, so that a wait for it never fails in the middle. */
  #write<T>(work: () => T): T {
    return this.#catalog.database.transaction(work).immediate();
  }

  #stream(id: StreamId): StreamInCatalog {
    const stream = this.#reads.stream(id);
    if (stream === undefined) throw new RangeError('unknown stream');
    return stream;
  }

  #volume(id: VolumeId): number {
    const number = this.#statements.findVolume.get(id);
    if (number === undefined) throw new RangeError('unknown volume');
    return number;
  }
}

function prepare({ database }: Catalog) {
  return {
    findInit: database
      .prepare<[number, Uint8Array], number>(
        'SELECT number FROM inits WHERE stream_number = ? AND sha256 = ?',
      )
      .pluck(),
    addInit: database.prepare('INSERT INTO inits (stream_number, sha256, bytes) VALUES (?, ?, ?)'),
    addSegment: database.prepare(
      `INSERT INTO segments (stream_number, start_ms, end_ms, run_start_ms, size_bytes, volume_number, init_number, sha256)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    addSpans: database.prepare(
      'INSERT INTO fragment_indexes (stream_number, start_ms, spans) VALUES (?, ?, ?)',
    ),
    dropSegment: database.prepare('DELETE FROM segments WHERE stream_number = ? AND start_ms = ?'),
    newestGapEnd: database
      .prepare<[number], EpochMs>(
        `SELECT end_ms FROM gaps WHERE stream_number = ? AND end_ms IS NOT NULL ORDER BY start_ms DESC LIMIT 1`,
      )
      .pluck(),
    addGap: database.prepare(
      'INSERT INTO gaps (stream_number, start_ms, end_ms, reason) VALUES (?, ?, NULL, ?)',
    ),
    renameOpenGap: database.prepare('UPDATE gaps SET reason = ? WHERE stream_number = ? AND end_ms IS NULL'),
    dropEmptyGap: database.prepare(
      'DELETE FROM gaps WHERE stream_number = ? AND end_ms IS NULL AND start_ms >= ?',
    ),
    endGap: database.prepare('UPDATE gaps SET end_ms = ? WHERE stream_number = ? AND end_ms IS NULL'),
    findStream: database.prepare<[string | undefined, string | undefined], StreamInCatalog>(
      'SELECT number, id AS streamId, camera_id AS cameraId, role FROM streams WHERE camera_id = ? AND role = ?',
    ),
    findVolume: database.prepare<[VolumeId], number>('SELECT number FROM volumes WHERE id = ?').pluck(),
    findGarbage: database.prepare<[VolumeId, string]>(
      `SELECT 1 FROM garbage JOIN volumes ON volumes.number = volume_number WHERE volumes.id = ? AND path = ?`,
    ),
    addGarbage: database.prepare(
      'INSERT INTO garbage (volume_number, path, since_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    listGarbage: database
      .prepare<[VolumeId], string>(
        `SELECT path FROM garbage JOIN volumes ON volumes.number = volume_number
         WHERE volumes.id = ? ORDER BY since_ms, path`,
      )
      .pluck(),
    dropGarbage: database.prepare('DELETE FROM garbage WHERE volume_number = ? AND path = ?'),
  };
}
