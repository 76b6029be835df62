// One segment's file from its first byte to its closing: appended to, hashed and indexed on the way, never read back.

import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Fragment } from '../media/fragment-cutter.ts';
import type { EpochMs, Instant, MonotonicClock } from '../model/clock.ts';
import type { FragmentSpan } from '../model/footage.ts';
import { makeDurable, makeFolders, type StoreFile, type StoreFiles } from './durable.ts';
import type { StreamPlace } from './ledger.ts';
import { dayFolder, segmentPath } from './segment-path.ts';
import { SpanBuilder } from './span-builder.ts';
import type { Volume } from './volume.ts';

/** A fragment and the wall time of its first frame. */
export interface TimedFragment {
  readonly fragment: Fragment;
  readonly startMs: EpochMs;
}

/** The wall time at which a fragment's video ends; a millisecond at least, so that nothing stored is without length. */
export function wallEndMs({ fragment, startMs }: TimedFragment, timescale: number): EpochMs {
  return startMs + Math.max(1, Math.round((fragment.durationTicks * 1000) / timescale));
}

export interface SegmentStart {
  readonly place: StreamPlace;
  readonly volume: Volume;
  readonly initBytes: Uint8Array;
  readonly timescale: number;
  readonly startMs: EpochMs;
}

/** What a closed file holds; steps 1 to 3 of closing are done. */
export interface DurableSegment {
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
  readonly spans: readonly FragmentSpan[];
}

/** How far an append came: `appended` fragments lie whole in the file; of the next one, a part may. */
export interface AppendResult {
  readonly appended: number;
  /** Why it was not all of them, if it was not. Then `cutBack` or `abandon` comes next. */
  readonly error: unknown;
}

/**
 * Calls must not overlap: the caller awaits each. A failed sync is final: it is never tried again on this file, and
 * neither is any write; the caller abandons the file then.
 */
export class SegmentFile {
  readonly startMs: EpochMs;
  readonly path: string;
  readonly volume: Volume;
  readonly #folder: string;
  readonly #files: StoreFiles;
  readonly #file: StoreFile;
  readonly #timescale: number;
  readonly #initBytes: Uint8Array;
  readonly #spans: SpanBuilder;
  readonly #hash = createHash('sha256');
  #sizeBytes = 0;
  #endMs: EpochMs;
  #syncing: Promise<void> = Promise.resolve();
  #syncError: unknown;
  #syncedAt: Instant | undefined;

  /** Makes the file and its folders; an error of the file system when that fails, EEXIST when it is there already. */
  static async create(files: StoreFiles, start: SegmentStart): Promise<SegmentFile> {
    const { place, volume, startMs } = start;
    const folder = await makeFolders(files, volume.folder, dayFolder(place, startMs));
    const file = await files.create(path.join(folder, `${startMs}.mp4`));
    return new SegmentFile(files, file, folder, start);
  }

  private constructor(files: StoreFiles, file: StoreFile, folder: string, start: SegmentStart) {
    this.startMs = start.startMs;
    this.volume = start.volume;
    this.path = segmentPath(start.place, start.startMs);
    this.#endMs = start.startMs;
    this.#folder = folder;
    this.#files = files;
    this.#file = file;
    this.#timescale = start.timescale;
    this.#initBytes = start.initBytes;
    this.#spans = new SpanBuilder(start.timescale, start.initBytes.length);
  }

  /** True until its first fragment is written. */
  get isEmpty(): boolean {
    return this.#sizeBytes === 0;
  }

  /** Wall time at which the video in it ends. */
  get endMs(): EpochMs {
    return this.#endMs;
  }

  /** The spans that are written and will not change. */
  get completeSpans(): readonly FragmentSpan[] {
    return this.#spans.complete;
  }

  /** Where the last of them ends. */
  get completeUntilMs(): EpochMs {
    return this.#spans.completeUntilMs ?? this.startMs;
  }

  /** Close step 1, for the last of them: writes the fragments, after the init section when they are the first. */
  async append(batch: readonly TimedFragment[]): Promise<AppendResult> {
    if (this.#syncError !== undefined) return { appended: 0, error: this.#syncError };
    const before = this.isEmpty ? [this.#initBytes] : [];
    const pieces = [...before, ...batch.map(({ fragment }) => fragment.bytes)];
    const { writtenBytes, error } = await this.#file.write(pieces, this.#sizeBytes);
    let endBytes = this.isEmpty ? this.#initBytes.length : 0;
    let appended = 0;
    for (const timed of batch) {
      endBytes += timed.fragment.bytes.length;
      if (endBytes > writtenBytes) break;
      this.#take(timed);
      appended += 1;
    }
    return { appended, error };
  }

  #take(timed: TimedFragment): void {
    if (this.isEmpty) this.#takeBytes(this.#initBytes);
    this.#spans.add(timed.fragment, timed.startMs);
    this.#takeBytes(timed.fragment.bytes);
    this.#endMs = Math.max(this.#endMs, wallEndMs(timed, this.#timescale));
  }

  #takeBytes(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
  }

  /**
   * Starts a sync of what is written, unless one is under way or the last began less than `intervalMs` ago. Its failure
   * shows at the next append or close.
   */
  syncInBackground(clock: MonotonicClock, intervalMs: number): void {
    const now = clock.now();
    this.#syncedAt ??= now;
    if (clock.elapsedMs(this.#syncedAt) < intervalMs) return;
    this.#syncedAt = now;
    this.#syncing = this.#syncing.then(() =>
      this.#file.syncData().catch((error: unknown) => {
        this.#syncError ??= error;
      }),
    );
  }

  /** After a failed append: takes the part of a fragment off the end. */
  async cutBack(): Promise<void> {
    await this.#file.truncate(this.#sizeBytes);
  }

  /** Close steps 2 and 3. When it fails the file is closed all the same, and not to be used again. */
  async makeDurable(): Promise<DurableSegment> {
    try {
      await this.#syncing;
      if (this.#syncError !== undefined) throw this.#syncError;
      await makeDurable(this.#files, this.#file, this.#folder);
    } finally {
      await this.#closeHandle();
    }
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest(), spans: this.#spans.all };
  }

  /** Lets go of a file that failed, whatever is in it. */
  async abandon(): Promise<void> {
    await this.#syncing;
    await this.#closeHandle();
  }

  /** Lets go of a file without a fragment and takes it away; best effort, since the next start does so too. */
  async discard(): Promise<void> {
    await this.abandon();
    await this.#files.unlink(path.join(this.#folder, path.basename(this.path))).catch(() => undefined);
  }

  /** Closing writes nothing more once the file is synced, and cannot be tried again when it fails (close(2)). */
  async #closeHandle(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}
