// The hash chain of a stream's segments: each link holds the one before, so that none can be exchanged, taken out or put in
// without its showing at the next.

import { createHash, hash } from 'node:crypto';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { Catalog } from './open.ts';

/** What the first segment of a stream is chained to. */
export function chainBegin(streamId: StreamId): Buffer {
  return createHash('sha256').update(`lookout footage of ${streamId}`).digest();
}

/** The link of a segment: SHA-256 over the link before, its own SHA-256, start and end (64-bit, big endian). */
export function chainLink(
  before: Uint8Array,
  segment: { readonly sha256: Uint8Array; readonly startMs: EpochMs; readonly endMs: EpochMs },
): Buffer {
  const bytes = Buffer.alloc(80);
  bytes.set(before, 0);
  bytes.set(segment.sha256, 32);
  bytes.writeBigUInt64BE(BigInt(segment.startMs), 64);
  bytes.writeBigUInt64BE(BigInt(segment.endMs), 72);
  return hash('sha256', bytes, 'buffer');
}

export interface ChainedRow {
  readonly streamId: StreamId;
  readonly startMs: EpochMs;
}

/**
 * The segments whose link is not what rows and anchors make it; each stream is read through once, in order.
 * @param catalog read only is enough
 */
export function brokenLinks({ database }: Pick<Catalog, 'database'>): ChainedRow[] {
  const streams = database
    .prepare<[], { number: number; id: StreamId }>('SELECT number, id FROM streams')
    .all();
  const rows = database.prepare<
    [number],
    { startMs: EpochMs; endMs: EpochMs; sha256: Buffer; chain: Buffer | null; anchor: Buffer | null }
  >(
    `SELECT segments.start_ms AS startMs, end_ms AS endMs, sha256, chain, chain_before AS anchor
     FROM segments LEFT JOIN chain_anchors USING (stream_number, start_ms)
     WHERE stream_number = ? ORDER BY segments.start_ms`,
  );
  const broken: ChainedRow[] = [];
  for (const { number, id: streamId } of streams) {
    const begin = chainBegin(streamId);
    let before: Buffer = begin;
    for (const { anchor, chain, ...segment } of rows.iterate(number)) {
      const link = chainLink(anchor ?? before, segment);
      if (chain !== null && !chain.equals(link)) broken.push({ streamId, startMs: segment.startMs });
      before = chain ?? begin;
    }
  }
  return broken;
}
