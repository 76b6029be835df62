// Footage as a player sees it: rows of closed segments and the recorder's open one as one list.

import { readInitSection } from '../../recorder/media/init-section.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { OpenSegment, TrackLayout } from '../../recorder/model/footage.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { FootageReads, type SegmentRow, type StreamInCatalog } from '../catalog/footage-reads.ts';
import type { Catalog } from '../catalog/open.ts';
import { type OpenSegments, playableEndMs } from '../catalog/open-segments.ts';
import { LookoutError } from '../contract/errors.ts';
import type { PlayableSegment } from './playlist.ts';

/** Decoded init sections kept in memory: more than the cameras of a site have parameter sets. */
const layoutsLimit = 512;

export class PlayableFootage {
  readonly reads: FootageReads;
  readonly #openSegments: OpenSegments;
  readonly #layouts = new Map<number, TrackLayout>();

  constructor(catalog: Catalog, openSegments: OpenSegments) {
    this.reads = new FootageReads(catalog);
    this.#openSegments = openSegments;
  }

  /** Throws LookoutError STREAM_NOT_FOUND. */
  stream(id: StreamId): StreamInCatalog {
    const stream = this.reads.stream(id);
    if (stream === undefined)
      throw new LookoutError('STREAM_NOT_FOUND', 'This camera does not exist.', { field: 'streamId' });
    return stream;
  }

  /** The open segment as far as it can be played; undefined before its first complete span. */
  open(id: StreamId): OpenSegment | undefined {
    const segment = this.#openSegments.openSegment(id);
    return segment !== undefined && segment.spans.length > 0 ? segment : undefined;
  }

  /** End of the newest footage that can be played. */
  newestMs(stream: StreamInCatalog): EpochMs | undefined {
    const open = this.open(stream.streamId);
    return (open && playableEndMs(open)) ?? this.reads.newestMs(stream.number);
  }

  /** The segment that holds the moment, or else the first that begins after it. */
  atOrAfter(stream: StreamInCatalog, atMs: EpochMs): PlayableSegment | undefined {
    const row = this.reads.segmentAtOrAfter(stream.number, atMs);
    if (row !== undefined) return this.#fromRow(stream, row);
    const open = this.open(stream.streamId);
    if (open === undefined || (playableEndMs(open) ?? 0) <= atMs) return undefined;
    return fromOpen(open);
  }

  /** From the segment that holds `fromMs` (or the first after it) to the last that begins before `untilMs`. */
  between(stream: StreamInCatalog, fromMs: EpochMs, untilMs: EpochMs): PlayableSegment[] {
    const rows = this.reads.segments(stream.number, fromMs, untilMs);
    const segments = rows.map((row) => this.#fromRow(stream, row));
    const open = this.open(stream.streamId);
    const newestRow = segments.at(-1);
    // A segment is for a moment both: committed as a row, and still what the recorder calls open.
    if (open !== undefined && open.startMs < untilMs && open.startMs > (newestRow?.startMs ?? -1)) {
      if ((playableEndMs(open) ?? 0) > fromMs) segments.push(fromOpen(open));
    }
    return segments;
  }

  /** Throws LookoutError FOOTAGE_NOT_FOUND. */
  layout(initId: number): TrackLayout {
    const known = this.#layouts.get(initId);
    if (known !== undefined) return known;
    const bytes = this.reads.initBytes(initId);
    if (bytes === undefined)
      throw new LookoutError('FOOTAGE_NOT_FOUND', 'There is no such recording.', { field: 'init' });
    const { layout } = readInitSection(bytes);
    if (this.#layouts.size >= layoutsLimit) this.#layouts.clear();
    this.#layouts.set(initId, layout);
    return layout;
  }

  #fromRow(stream: StreamInCatalog, row: SegmentRow): PlayableSegment {
    return {
      startMs: row.startMs,
      runStartMs: row.runStartMs,
      initId: row.initId,
      timescale: this.layout(row.initId).video.timescale,
      spans: this.reads.spans(stream.number, row.startMs),
    };
  }
}

function fromOpen(segment: OpenSegment): PlayableSegment {
  return {
    startMs: segment.startMs,
    runStartMs: segment.runStartMs,
    initId: segment.init.id,
    timescale: segment.init.video.timescale,
    spans: segment.spans,
  };
}
