// Playing footage: where a click lands, the playlist from there, and the file behind a name.

import path from 'node:path';
import type { EpochMs, WallClock } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import { CameraRows } from '../catalog/cameras.ts';
import type { Catalog } from '../catalog/open.ts';
import type { OpenSegments } from '../catalog/open-segments.ts';
import { LookoutError } from '../contract/errors.ts';
import type { FormerCamera, PlaybackStart } from '../contract/shapes.ts';
import { PlayableFootage } from './playable.ts';
import { buildPlaylist } from './playlist.ts';

/** How far a playlist reaches ahead of its start; beyond it a new one is opened. */
export const playlistWindowMs = 1_800_000;
/** A stream nobody records now may still come back this long after its newest footage: its playlist stays open. */
export const comesBackWithinMs = 60_000;
/** Footage is listed at the latest this long after it was taken (a span of a second, and fragments of slow cameras). */
const listedWithinMs = 10_000;

/** A file of the store and how much of it may be read. */
export interface FootageFile {
  readonly volumeFolder: string;
  /** Below the folder, `/` on every system. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Undefined while the segment is still being written. */
  readonly sha256: Uint8Array | undefined;
}

export interface PlaybackDeps {
  readonly catalog: Catalog;
  readonly openSegments: OpenSegments;
  readonly clock: WallClock;
}

export class PlaybackService {
  readonly #footage: PlayableFootage;
  readonly #cameras: CameraRows;
  readonly #clock: WallClock;

  constructor({ catalog, openSegments, clock }: PlaybackDeps) {
    this.#footage = new PlayableFootage(catalog, openSegments);
    this.#cameras = new CameraRows(catalog);
    this.#clock = clock;
  }

  /** Removed cameras of which footage is left, the last removed first. */
  former(): FormerCamera[] {
    const { reads } = this.#footage;
    return this.#cameras.former().flatMap((camera): FormerCamera[] => {
      const { number } = this.#footage.stream(camera.streamId);
      const newest = reads.lastBefore(number, Number.POSITIVE_INFINITY);
      if (newest === undefined) return [];
      const { width, height } = this.#footage.layout(newest.initId).video;
      const oldestMs = reads.oldestMs(number) ?? newest.startMs;
      return [{ ...camera, oldestMs, newestMs: newest.endMs, picture: { width, height } }];
    });
  }

  /**
   * The moment to show for a click at `atMs` (itself, or the first recorded after it) and the playlist that begins at
   * its keyframe. Throws LookoutError STREAM_NOT_FOUND, FOOTAGE_NOT_FOUND when nothing is recorded from there on.
   */
  open({ streamId, atMs }: { streamId: StreamId; atMs: EpochMs }): PlaybackStart {
    const stream = this.#footage.stream(streamId);
    const segment = this.#footage.atOrAfter(stream, atMs);
    const shownMs = Math.max(atMs, segment?.startMs ?? 0);
    const keyframe = segment?.spans.findLast((span) => span.startsWithKeyframe && span.startMs <= shownMs);
    if (segment === undefined || keyframe === undefined) {
      throw new LookoutError('FOOTAGE_NOT_FOUND', 'Nothing is recorded at this moment or after it.', {
        field: 'atMs',
      });
    }
    const settledMs = Math.min(this.#footage.newestMs(stream) ?? 0, keyframe.startMs + playlistWindowMs);
    return {
      playlist: `/playlist/${streamId}.m3u8?from=${keyframe.startMs}&settled=${settledMs}`,
      atMs: shownMs,
      playlistStartMs: keyframe.startMs,
      videoCodec: this.#footage.layout(segment.initId).video.codec,
    };
  }

  /** The playlist's text. Throws LookoutError STREAM_NOT_FOUND, FOOTAGE_NOT_FOUND. */
  playlist(streamId: StreamId, fromMs: EpochMs, settledMs: EpochMs): string {
    const stream = this.#footage.stream(streamId);
    const untilMs = fromMs + playlistWindowMs;
    const text = buildPlaylist({
      streamId,
      segments: this.#footage.between(stream, fromMs, untilMs),
      fromMs,
      untilMs,
      settledMs,
      growing: this.#growsBefore(streamId, untilMs),
    });
    if (text === undefined) {
      throw new LookoutError('FOOTAGE_NOT_FOUND', 'Nothing is recorded at this moment or soon after it.', {
        field: 'from',
      });
    }
    return text;
  }

  /** Where the bytes of a segment are. Throws LookoutError STREAM_NOT_FOUND, FOOTAGE_NOT_FOUND. */
  file(streamId: StreamId, startMs: EpochMs): FootageFile {
    const stream = this.#footage.stream(streamId);
    const row = this.#footage.reads.file(stream.number, startMs);
    if (row !== undefined) {
      const { folder, sizeBytes, sha256 } = row;
      return { volumeFolder: folder, path: segmentPath(stream, startMs), sizeBytes, sha256 };
    }
    const open = this.#footage.open(streamId);
    const folder = open?.startMs === startMs ? this.#footage.reads.volumeFolder(open.volumeId) : undefined;
    const last = open?.spans.at(-1);
    if (folder === undefined || last === undefined) {
      throw new LookoutError('FOOTAGE_NOT_FOUND', 'There is no such recording.', { field: 'startMs' });
    }
    // What follows the last complete span may be half written.
    const sizeBytes = last.offsetBytes + last.sizeBytes;
    return { volumeFolder: folder, path: segmentPath(stream, startMs), sizeBytes, sha256: undefined };
  }

  /** The init section of that number. Throws LookoutError FOOTAGE_NOT_FOUND. */
  init(number: number): Uint8Array {
    const bytes = this.#footage.reads.initBytes(number);
    if (bytes === undefined)
      throw new LookoutError('FOOTAGE_NOT_FOUND', 'There is no such recording.', { field: 'init' });
    return bytes;
  }

  #growsBefore(streamId: StreamId, untilMs: EpochMs): boolean {
    const stream = this.#footage.stream(streamId);
    const nowMs = this.#clock.nowMs();
    if (nowMs >= untilMs + listedWithinMs || this.#footage.reads.beginsFrom(stream.number, untilMs))
      return false;
    if (this.#footage.open(streamId) !== undefined) return true;
    return nowMs - (this.#footage.newestMs(stream) ?? 0) < comesBackWithinMs;
  }
}

/** The file's absolute name. */
export function absolutePath(file: FootageFile): string {
  return path.join(file.volumeFolder, ...file.path.split('/'));
}
