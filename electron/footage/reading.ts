// Reads footage in that the catalog does not know, beside recording: after the catalog was put back or made anew, and from a
// volume that comes with footage. What is left to read is remembered over restarts.

import type { Clocks } from '../../recorder/model/clock.ts';
import type { Segment } from '../../recorder/model/footage.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { FootageLedger, StreamPlace } from '../../recorder/segments/ledger.ts';
import { recoverVolume } from '../../recorder/segments/recovery.ts';
import type { UnreadStream } from '../../recorder/segments/unread-files.ts';
import type { Volume } from '../../recorder/segments/volume.ts';
import type { FilesUnderWay } from '../../recorder/segments/volumes.ts';
import { explainHoles } from '../catalog/holes.ts';
import type { Catalog } from '../catalog/open.ts';
import { Pace } from './pace.ts';
import { VolumesToRead } from './volumes-to-read.ts';

export interface ReadingParts {
  readonly catalog: Catalog;
  readonly ledger: FootageLedger;
  readonly underWay: () => FilesUnderWay;
  readonly places: () => readonly StreamPlace[];
  readonly clocks: Clocks;
  readonly log: Log;
  /** How fast footage is read; recording and playback keep the rest of the disk. */
  readonly bytesPerSecond: number;
  /** Before a volume is read: rows for the cameras whose footage lies on it. */
  readonly adopt: (volume: Volume) => Promise<void>;
  /** After it: rows on it whose files are gone. */
  readonly settle: (volume: Volume, isStopping: () => boolean) => Promise<void>;
}

export interface ReadingProgress {
  readonly files: number;
  readonly bytes: number;
}

type Work =
  | { readonly kind: 'all'; readonly volume: Volume }
  | {
      readonly kind: 'rest';
      readonly volume: Volume;
      readonly streams: readonly UnreadStream[];
      /** The volume was asked for as a whole before, and still is when these are read. */
      readonly isPart: boolean;
    };

export class FootageReading {
  readonly #parts: ReadingParts;
  readonly #toRead: VolumesToRead;
  readonly #queue: Work[] = [];
  readonly #stopping = new AbortController();
  #working: Promise<void> | undefined;
  #progress: { files: number; bytes: number } | undefined;

  constructor(parts: ReadingParts) {
    this.#parts = parts;
    this.#toRead = new VolumesToRead(parts.catalog);
  }

  /** Undefined when nothing is being read. */
  get progress(): ReadingProgress | undefined {
    return this.#progress && { ...this.#progress };
  }

  /** These volumes are to be read through as soon as they are there. */
  request(ids: readonly VolumeId[]): void {
    this.#toRead.add(ids);
  }

  isRequested(id: VolumeId): boolean {
    return this.#toRead.has(id);
  }

  /** The volume is there: it is read through, and what is asked for is done then. */
  readAll(volume: Volume): void {
    this.#add({ kind: 'all', volume });
  }

  /**
   * What a start did not come to, or could not read. Asked for as a whole until it is read: by the next start, rows that are
   * newer would hide it. Throws when the catalog takes no note of that; nothing is read then.
   */
  readRest(volume: Volume, streams: readonly UnreadStream[]): void {
    const isPart = this.isRequested(volume.id);
    this.request([volume.id]);
    this.#add({ kind: 'rest', volume, streams, isPart });
  }

  /** Resolves when all that was asked for is read. */
  async done(): Promise<void> {
    await this.#working;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  #add(work: Work): void {
    if (this.#isStopping()) return;
    this.#queue.push(work);
    this.#working ??= this.#workThrough();
  }

  async #workThrough(): Promise<void> {
    for (let work = this.#queue.shift(); work !== undefined; work = this.#queue.shift()) {
      try {
        await this.#do(work);
      } catch (error) {
        const volumeId = work.volume.id;
        this.#parts.log.error(
          { err: error, volumeId },
          'A volume could not be read through; the next start goes on',
        );
      }
    }
    this.#progress = undefined;
    this.#working = undefined;
  }

  async #do(work: Work): Promise<void> {
    const { ledger, log, adopt, settle, places, catalog, clocks, bytesPerSecond } = this.#parts;
    const { volume } = work;
    const isLate = () => this.#isStopping();
    const pace = new Pace(bytesPerSecond, clocks.timers, this.#stopping.signal);
    const underWay = this.#parts.underWay();
    const options = { underWay, isLate, pace: (bytes: number) => pace.rest(bytes) };
    if (work.kind === 'rest') {
      const { left, deferred } = await recoverVolume(volume, work.streams, ledger, log, options);
      if (left.length + deferred.length === 0 && !work.isPart) this.#toRead.drop(volume.id);
      return;
    }
    log.warn({ volumeId: volume.id }, 'A volume is read through for footage without rows');
    const progress = this.#progress ?? { files: 0, bytes: 0 };
    this.#progress = progress;
    const onSegment = ({ sizeBytes }: Segment) => {
      progress.files += 1;
      progress.bytes += sizeBytes;
    };
    await adopt(volume);
    const report = await recoverVolume(volume, places(), ledger, log, {
      ...options,
      reach: 'all',
      onSegment,
    });
    await settle(volume, isLate);
    if (isLate() || report.deferred.length > 0) return;
    explainHoles(catalog);
    const { quarantined, left } = report;
    if (left.length === 0) this.#toRead.drop(volume.id);
    const counts = { ...progress, quarantined: quarantined.length, left: left.length };
    log.warn({ volumeId: volume.id, ...counts }, 'The volume has been read through');
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
