// `GET /thumbnail/<streamId>/<ms>.jpg`: the newest thumbnail at or before a moment, by id only.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { isId, type StreamId } from '../../recorder/model/ids.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { readThumbnail, type Thumbnail } from '../../recorder/segments/thumbnail-file.ts';
import { FootageReads, type StreamInCatalog } from '../catalog/footage-reads.ts';
import { MotionRows, type SegmentPlace } from '../catalog/motion.ts';
import type { Catalog } from '../catalog/open.ts';
import type { OpenSegments } from '../catalog/open-segments.ts';
import { LookoutError } from '../contract/errors.ts';
import { TimeMs } from '../contract/shapes.ts';

/** An older one shows another time: keyframes are at most half a minute apart, thumbnails a little more than ten seconds. */
const oldestMs = 60_000;

export class Thumbnails {
  readonly #rows: MotionRows;
  readonly #reads: FootageReads;
  readonly #openSegments: OpenSegments;

  constructor(catalog: Catalog, openSegments: OpenSegments) {
    this.#rows = new MotionRows(catalog);
    this.#reads = new FootageReads(catalog);
    this.#openSegments = openSegments;
  }

  /**
   * A JPEG; the header `lookout-time` says the moment it shows, UTC ms. Rejects with LookoutError INVALID_INPUT,
   * STREAM_NOT_FOUND, FOOTAGE_NOT_FOUND, or an error of the disk.
   */
  async answer(request: Request): Promise<Response> {
    const [, , streamId = '', name = '', ...rest] = new URL(request.url).pathname.split('/');
    const ms = /^(0|[1-9]\d{0,14})\.jpg$/.exec(name)?.[1];
    const at = TimeMs.safeParse(ms === undefined ? undefined : Number(ms));
    if (!isId(streamId) || !at.success || rest.length > 0) {
      throw new LookoutError('INVALID_INPUT', 'The address of a thumbnail is a camera stream and a time.');
    }
    const stream = this.#reads.stream(streamId as StreamId);
    if (stream === undefined)
      throw new LookoutError('STREAM_NOT_FOUND', 'This camera does not exist.', { field: 'streamId' });
    const found = await this.find(stream, at.data);
    if (found === undefined) {
      throw new LookoutError('FOOTAGE_NOT_FOUND', 'There is no thumbnail of this moment.');
    }
    return new Response(request.method === 'HEAD' ? null : found.jpeg, {
      headers: {
        'content-type': 'image/jpeg',
        'content-length': String(found.jpeg.length),
        'lookout-time': String(found.atMs),
      },
    });
  }

  /** Of the segment that holds the moment, or of the one before it. */
  async find(stream: StreamInCatalog, atMs: EpochMs): Promise<Thumbnail | undefined> {
    for (const { startMs, volumeFolder } of this.#places(stream, atMs)) {
      const found = await readThumbnail(volumeFolder, segmentPath(stream, startMs), atMs);
      if (found !== undefined) return atMs - found.atMs <= oldestMs ? found : undefined;
    }
    return undefined;
  }

  #places(stream: StreamInCatalog, atMs: EpochMs): SegmentPlace[] {
    const places = this.#rows.segmentsBefore(stream.number, atMs);
    const open = this.#openSegments.openSegment(stream.streamId);
    const folder = open && this.#reads.volumeFolder(open.volumeId);
    if (open === undefined || folder === undefined || open.startMs > atMs) return places;
    // A segment is for a moment both: committed as a row, and still what the recorder calls open.
    if (places.some(({ startMs }) => startMs === open.startMs)) return places;
    return [{ startMs: open.startMs, endMs: open.endMs, volumeFolder: folder }, ...places];
  }
}
