// Takes the thumbnails of one stream to the segments they belong to; what the disk refuses is left out, nothing waits for it.

import type { EpochMs } from '../model/clock.ts';
import type { OpenSegment, Segment } from '../model/footage.ts';
import type { StreamId, VolumeId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import type { PlacedPicture } from '../motion/picture-times.ts';
import { appendThumbnail, thumbnailLimitBytes } from '../segments/thumbnail-file.ts';

/**
 * Thumbnails that wait to be covered by footage: the longest pre-roll has four, and footage is counted a few seconds after
 * its pictures.
 */
const waitingLimit = 8;

export interface ThumbnailWriterDependencies {
  readonly streamId: StreamId;
  readonly openSegment: () => OpenSegment | undefined;
  readonly volumeFolder: (id: VolumeId) => string | undefined;
  readonly log: Log;
}

type Place = Pick<Segment, 'startMs' | 'endMs' | 'path' | 'volumeId'>;

export class ThumbnailWriter {
  readonly #dependencies: ThumbnailWriterDependencies;
  readonly #waiting: PlacedPicture[] = [];
  #closed: Place | undefined;
  /** The segment whose file did not take a thumbnail: it may end in the middle of one. */
  #refused: string | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(dependencies: ThumbnailWriterDependencies) {
    this.#dependencies = dependencies;
  }

  add(thumbnail: PlacedPicture): void {
    if (thumbnail.bytes.length > thumbnailLimitBytes) return;
    this.#waiting.push(thumbnail);
    // Nothing is recorded, or the disk is slow.
    if (this.#waiting.length > waitingLimit) this.#waiting.shift();
  }

  /** The footage of the stream reaches to `newestMs`. */
  footage(newestMs: EpochMs): void {
    const first = this.#waiting[0];
    if (first !== undefined && first.atMs < newestMs) this.#write(this.#dependencies.openSegment());
  }

  segmentClosed(segment: Segment): void {
    this.#closed = segment;
    this.footage(segment.endMs);
  }

  /** Resolves when what was to be written is. */
  close(): Promise<void> {
    return this.#work;
  }

  #write(open: OpenSegment | undefined): void {
    const places = [this.#closed, open].filter((place) => place !== undefined);
    const lastEndMs = Math.max(...places.map(({ endMs }) => endMs));
    for (
      let first = this.#waiting[0];
      first !== undefined && first.atMs < lastEndMs;
      first = this.#waiting[0]
    ) {
      const { atMs, bytes } = first;
      this.#waiting.shift();
      const place = places.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
      if (place !== undefined) this.#work = this.#work.then(() => this.#append(place, atMs, bytes));
    }
  }

  async #append({ path, volumeId }: Place, atMs: EpochMs, jpeg: Uint8Array): Promise<void> {
    const { volumeFolder, log, streamId } = this.#dependencies;
    if (this.#refused === path) return;
    try {
      const folder = volumeFolder(volumeId);
      if (folder === undefined) return;
      await appendThumbnail({ id: volumeId, folder }, path, atMs, jpeg);
    } catch (error) {
      this.#refused = path;
      log.warn({ err: error, streamId, path }, 'A thumbnail could not be written');
    }
  }
}
