// The recorder's ledger in the catalog: segments, gaps, init sections and garbage, each call one durable transaction.

import { createHash } from 'node:crypto';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { FragmentSpan, Segment } from '../../recorder/model/footage.ts';
import type { StreamId, VolumeId } from '../../recorder/model/ids.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { type FootageLedger, type Neighbours, RowRefused } from '../../recorder/segments/ledger.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { encodeSpans } from '../../recorder/segments/span-index.ts';
import { chainBegin, chainLink } from './chain.ts';
import { FootageReads, type GapRow, type StreamInCatalog } from './footage-reads.ts';
import type { Catalog } from './open.ts';

/**
 * Every write commits with `synchronous=FULL`: when a call returns, its row survives a power cut. Throws RowRefused for a
 * stream the catalog does not have, RangeError for such a volume; `commitSegment` makes RowRefused of all that would be refused
 * again, the other calls leave SQLite's error as it is. Nothing is written then.
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
    try {
      this.#insertSegment(segment, spans);
    } catch (error) {
      throw refusalFrom(error) ?? error;
    }
  }

  #insertSegment(segment: Segment, spans: readonly FragmentSpan[]): void {
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
        this.#link(stream, segment),
      );
      this.#statements.addSpans.run(stream.number, segment.startMs, blob);
      this.#yieldGaps(stream.number, segment);
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

  newestOnVolumeMs(streamId: StreamId, volumeId: VolumeId): EpochMs | undefined {
    return this.#reads.newestOnVolumeMs(this.#stream(streamId).number, this.#volume(volumeId));
  }

  neighbours(streamId: StreamId, atMs: EpochMs): Neighbours {
    const { number } = this.#stream(streamId);
    const before = this.#reads.lastBefore(number, atMs);
    const after = this.#reads.firstFrom(number, atMs);
    const last = before && this.#reads.spans(number, before.startMs).at(-1);
    const first = after && this.#reads.spans(number, after.startMs)[0];
    return {
      before: before && last && { ...before, endTicks: last.startTicks + last.durationTicks },
      after: after && first && { ...after, startTicks: first.startTicks },
    };
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

  openGapOf(streamId: StreamId): { startMs: EpochMs; reason: GapReason } | undefined {
    return this.#statements.openGap.get(this.#stream(streamId).number);
  }

  openGap(streamId: StreamId, startMs: EpochMs, reason: GapReason): void {
    const { number } = this.#stream(streamId);
    this.#write(() => {
      if (this.#statements.renameOpenGap.run(reason, number).changes > 0) return;
      // Gaps of a stream never overlap either: after a step of the clock a new one begins where the older ends.
      const notBeforeMs = this.#statements.newestGapEnd.get(number) ?? startMs;
      this.#statements.addGap.run(number, Math.max(startMs, notBeforeMs), null, reason);
    });
  }

  closeGap(streamId: StreamId, endMs: EpochMs): void {
    const { number } = this.#stream(streamId);
    this.#write(() => {
      this.#statements.dropEmptyGap.run(number, endMs);
      this.#statements.endGap.run(endMs, number);
    });
  }

  discard(segments: readonly Pick<Segment, 'streamId' | 'startMs'>[], nowMs: EpochMs): void {
    this.#write(() => {
      for (const { streamId, startMs } of segments) {
        const stream = this.#stream(streamId);
        const file = this.#reads.file(stream.number, startMs);
        if (file === undefined) continue;
        const path = segmentPath(stream, startMs);
        this.#statements.addGarbage.run(this.#volume(file.volumeId), path, nowMs);
        this.#statements.dropSegment.run(stream.number, startMs);
      }
    });
  }

  /** A segment that was found late hangs beside the chain: the one after it keeps the link it was chained to. */
  #link(stream: StreamInCatalog, segment: Segment): Buffer {
    const { number } = stream;
    const { startMs } = segment;
    const before = this.#statements.chainBefore.get(number, startMs) ?? chainBegin(stream.streamId);
    this.#statements.anchorAfter.run({ number, startMs, before });
    return chainLink(before, segment);
  }

  listGarbage(volumeId: VolumeId): readonly string[] {
    return this.#statements.listGarbage.all(volumeId);
  }

  dropGarbage(volumeId: VolumeId, paths: readonly string[]): void {
    const volume = this.#volume(volumeId);
    this.#write(() => {
      for (const path of paths) this.#statements.dropGarbage.run(volume, path);
    });
  }

  /** What was found late is footage, whatever a gap says about its time. */
  #yieldGaps(stream: number, { startMs, endMs }: Segment): void {
    const claimed: GapRow[] = [];
    this.#reads.eachGap(stream, startMs, endMs, (gap) => claimed.push(gap));
    for (const gap of claimed) {
      this.#statements.dropGap.run(stream, gap.startMs);
      const before = { ...gap, endMs: startMs };
      const after = { ...gap, startMs: Math.max(gap.startMs, endMs) };
      for (const part of [before, after]) {
        const isPart = part.endMs === undefined || part.startMs < part.endMs;
        if (isPart) this.#statements.addGap.run(stream, part.startMs, part.endMs ?? null, part.reason);
      }
    }
  }

  #write<T>(work: () => T): T {
    return this.#catalog.write(work);
  }

  #stream(id: StreamId): StreamInCatalog {
    const stream = this.#reads.stream(id);
    if (stream === undefined) throw new RowRefused('unknown stream');
    return stream;
  }

  #volume(id: VolumeId): number {
    const number = this.#statements.findVolume.get(id);
    if (number === undefined) throw new RangeError('unknown volume');
    return number;
  }
}

/** Our own checks, and SQLite's constraints (sqlite.org/rescode.html), triggers among them; undefined for what may pass. */
function refusalFrom(error: unknown): RowRefused | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isRefusal = error instanceof RangeError || code.startsWith('SQLITE_CONSTRAINT');
  return isRefusal && error instanceof Error ? new RowRefused(error.message, { cause: error }) : undefined;
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
      `INSERT INTO segments (stream_number, start_ms, end_ms, run_start_ms, size_bytes, volume_number, init_number, sha256, chain)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    chainBefore: database
      .prepare<[number, EpochMs], Buffer>(
        'SELECT chain FROM segments WHERE stream_number = ? AND start_ms < ? ORDER BY start_ms DESC LIMIT 1',
      )
      .pluck(),
    anchorAfter: database.prepare<{ number: number; startMs: EpochMs; before: Buffer }>(
      `INSERT INTO chain_anchors SELECT stream_number, start_ms, $before FROM segments
       WHERE stream_number = $number AND start_ms > $startMs ORDER BY start_ms LIMIT 1 ON CONFLICT DO NOTHING`,
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
    openGap: database.prepare<[number], { startMs: EpochMs; reason: GapReason }>(
      'SELECT start_ms AS startMs, reason FROM gaps WHERE stream_number = ? AND end_ms IS NULL',
    ),
    addGap: database.prepare(
      'INSERT INTO gaps (stream_number, start_ms, end_ms, reason) VALUES (?, ?, ?, ?)',
    ),
    dropGap: database.prepare('DELETE FROM gaps WHERE stream_number = ? AND start_ms = ?'),
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
