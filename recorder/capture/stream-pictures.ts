// The small pictures of one stream: given their wall time by the fragments they come beside, then looked at for motion, or kept.

import type { PictureOutput } from '../ffmpeg/process.ts';
import type { Fragment } from '../media/fragment-cutter.ts';
import type { EpochMs } from '../model/clock.ts';
import type { Segment } from '../model/footage.ts';
import type { StreamId, VolumeId } from '../model/ids.ts';
import type { MotionEvent } from '../motion/events.ts';
import type { TimedPicture } from '../motion/nut-reader.ts';
import { PictureTimes } from '../motion/picture-times.ts';
import { type MotionSettings, StreamMotion } from '../motion/stream-motion.ts';
import { ThumbnailWriter, type ThumbnailWriterDependencies } from './thumbnail-writer.ts';

export type MotionNews =
  /** The event grows until it is told as ended. */
  | { readonly kind: 'began'; readonly event: MotionEvent }
  /** `isKept`: while it went on, footage was being kept. */
  | { readonly kind: 'ended'; readonly event: MotionEvent; readonly isKept: boolean }
  /** Of a closed segment in which something moved (motion/heat-map.ts). */
  | { readonly kind: 'heat-map'; readonly segmentStartMs: EpochMs; readonly blob: Uint8Array };

/** What the pictures of all streams are for. */
export interface PictureUse {
  /** Asked when the recorder of a stream starts. */
  readonly settingsOf: (streamId: StreamId) => MotionSettings;
  readonly volumeFolder: (id: VolumeId) => string | undefined;
  readonly onMotion: (streamId: StreamId, news: MotionNews) => void;
}

export interface StreamPicturesDependencies extends Omit<ThumbnailWriterDependencies, 'volumeFolder'> {
  readonly use: PictureUse;
  /** Whether footage is being kept now. */
  readonly keeps: () => boolean;
  /** Something moves in the keyframe of this time. */
  readonly onMoved: (atMs: EpochMs) => void;
}

/** One per stream for as long as the program runs. */
export class StreamPictures {
  readonly #motion: StreamMotion;
  readonly #thumbnails: ThumbnailWriter;
  #grey = new PictureTimes();
  #small = new PictureTimes();
  #ticksPerMs = 1;

  constructor(dependencies: StreamPicturesDependencies) {
    const { streamId, use, keeps, onMoved } = dependencies;
    const tell = (news: MotionNews) => use.onMotion(streamId, news);
    this.#motion = new StreamMotion(use.settingsOf(streamId), keeps, {
      onMoved,
      onBegan: (event) => tell({ kind: 'began', event }),
      onEnded: (event, isKept) => tell({ kind: 'ended', event, isKept }),
      onHeatMap: (segmentStartMs, blob) => tell({ kind: 'heat-map', segmentStartMs, blob }),
    });
    this.#thumbnails = new ThumbnailWriter({ ...dependencies, volumeFolder: use.volumeFolder });
  }

  /** False when no movement will be found, whatever the pictures show. */
  get looksForMotion(): boolean {
    return this.#motion.looks;
  }

  setMotion(settings: MotionSettings): void {
    this.#motion.set(settings);
  }

  /** A session began, whose media time has nothing to do with that of the one before. */
  begin(): void {
    this.#grey = new PictureTimes();
    this.#small = new PictureTimes();
  }

  /** @param timescale ticks per second of the video track */
  setTimescale(timescale: number): void {
    this.#ticksPerMs = timescale / 1000;
  }

  add(output: PictureOutput, { mediaMs, bytes }: TimedPicture): void {
    if (output === 'grey') this.#see(this.#grey.add(mediaMs, bytes));
    else this.#keep(this.#small.add(mediaMs, bytes));
  }

  /** A fragment of the session has its wall time. */
  placed({ startTicks, startsWithKeyframe, videoFrames }: Fragment, startMs: EpochMs): void {
    if (videoFrames === 0) return;
    const placed = { mediaMs: startTicks / this.#ticksPerMs, startMs, startsWithKeyframe };
    this.#see(this.#grey.placed(placed));
    this.#keep(this.#small.placed(placed));
  }

  /** The session is over. */
  end(): void {
    this.#motion.pause();
  }

  footage(newestMs: EpochMs): void {
    this.#thumbnails.footage(newestMs);
  }

  segmentClosed(segment: Segment): void {
    this.#thumbnails.segmentClosed(segment);
    this.#motion.segmentClosed(segment);
  }

  close(): Promise<void> {
    return this.#thumbnails.close();
  }

  #see(pictures: ReturnType<PictureTimes['add']>): void {
    for (const { bytes, atMs } of pictures) this.#motion.see(bytes, atMs);
  }

  #keep(pictures: ReturnType<PictureTimes['add']>): void {
    for (const picture of pictures) this.#thumbnails.add(picture);
  }
}
