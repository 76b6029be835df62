// What every start does before it records: finishes deletions, and brings files and rows of a volume into agreement.

import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { EpochMs } from '../model/clock.ts';
import type { Segment } from '../model/footage.ts';
import type { Log } from '../model/log.ts';
import { codeOf, makeDurable, type StoreFiles, storeFiles } from './durable.ts';
import { type FoundFootage, readFoundFile } from './found-file.ts';
import { finishGarbage } from './garbage.ts';
import {
  type FootageLedger,
  RowRefused,
  type SegmentAfter,
  type SegmentBefore,
  type StreamPlace,
} from './ledger.ts';
import { quarantine } from './quarantine.ts';
import { streamFolder } from './segment-path.ts';
import { type ListedSegment, listDay, listDays } from './store-listing.ts';
import type { UnreadStream } from './unread-files.ts';
import type { Volume } from './volume.ts';
import type { FilesUnderWay } from './volumes.ts';

export interface RecoveryReport {
  /** Segments that had a file and no row, and now have both; with `reach: 'all'` they are told to `onSegment` alone. */
  readonly recovered: readonly Segment[];
  /** What was moved to quarantine: old paths below the volume's folder. */
  readonly quarantined: readonly string[];
  /** What the disk or the catalog did not let us decide about; to be tried again from the same days on. */
  readonly left: readonly string[];
  /** Streams whose files were not all looked at because it was too late; rows written later do not move their days. */
  readonly deferred: readonly UnreadStream[];
  /** Files of the garbage list that are gone now. */
  readonly unlinked: number;
}

export interface RecoveryOptions {
  readonly files?: StoreFiles;
  /** Files that somebody still writes. */
  readonly underWay?: Pick<FilesUnderWay, 'has'>;
  /** True when the start cannot wait any longer, or the program stops: the rest is deferred. */
  readonly isLate?: () => boolean;
  /** The same for deleted files, which may be many and wait well; left out, `isLate` holds for them. */
  readonly isLateForGarbage?: () => boolean;
  /**
   * `newest`: what lies on the days from each stream's newest row on this volume on, as a start does; from `fromMs` on for
   * a stream that has one. `all`: every day, from both ends, as after the loss of a catalog; a run that goes on over
   * midnight may then come as two.
   */
  readonly reach?: 'newest' | 'all';
  readonly onSegment?: (segment: Segment) => void;
  /** Called after each file that was read, with its length; reading goes on when it resolves. It never rejects. */
  readonly pace?: (readBytes: number) => Promise<void>;
}

/** Two files are one run when the second begins this close in wall time to where the first ends, and so in ticks. */
const adjacentMs = 500;

/**
 * Start steps 3 and 4 for one volume. It may be run at any time, and again after a stop in its middle, as long as
 * `underWay` knows what is being written. One file that cannot be read never stops the rest.
 */
export async function recoverVolume(
  volume: Volume,
  places: readonly (StreamPlace & Partial<UnreadStream>)[],
  ledger: FootageLedger,
  log: Log,
  options: RecoveryOptions = {},
): Promise<RecoveryReport> {
  const recovery = new Recovery(volume, ledger, log, options);
  // Start step 3: garbage finished.
  const unlinked = await recovery.finishGarbage();
  // Start step 4: each stream's files newer than its last row.
  if (options.reach === 'all') await recovery.recoverAll(places);
  else for (const place of places) await recovery.recoverStream(place);
  return { ...recovery.report, unlinked };
}

interface Recovered {
  readonly path: string;
  readonly footage: FoundFootage;
}

class Recovery {
  readonly report = {
    recovered: [] as Segment[],
    quarantined: [] as string[],
    left: [] as string[],
    deferred: [] as UnreadStream[],
  };
  readonly #volume: Volume;
  readonly #ledger: FootageLedger;
  readonly #log: Log;
  readonly #files: StoreFiles;
  readonly #options: RecoveryOptions;

  constructor(volume: Volume, ledger: FootageLedger, log: Log, options: RecoveryOptions) {
    this.#volume = volume;
    this.#ledger = ledger;
    this.#log = log;
    this.#files = options.files ?? storeFiles;
    this.#options = options;
  }

  async finishGarbage(): Promise<number> {
    const volumeId = this.#volume.id;
    const notAll = 'Deleted footage could not all be unlinked';
    try {
      const isLate = this.#options.isLateForGarbage ?? this.#options.isLate;
      const { unlinked, stuck } = await finishGarbage(this.#files, this.#volume, this.#ledger, { isLate });
      const [first] = stuck;
      if (first !== undefined) {
        this.#log.error({ err: first.error, path: first.path, files: stuck.length, volumeId }, notAll);
      }
      return unlinked;
    } catch (error) {
      this.#log.error({ err: error, volumeId }, notAll);
      return 0;
    }
  }

  async recoverStream(place: StreamPlace & Partial<UnreadStream>): Promise<void> {
    await this.#attempt(place, async () => {
      // Not over all volumes: while this one was away, recording went on elsewhere.
      const newestMs = () => this.#ledger.newestOnVolumeMs(place.streamId, this.#volume.id) ?? 0;
      const stream = { ...place, fromMs: place.fromMs ?? newestMs() };
      if (this.#isLate()) this.report.deferred.push(stream);
      else await this.#ofDays(stream, await this.#days(stream));
    });
  }

  /**
   * Every day of every stream, by turns the newest and the oldest that is left: the newest is asked for first, and the
   * oldest must be known when room is needed, or footage would not go in its order.
   */
  async recoverAll(places: readonly StreamPlace[]): Promise<void> {
    const days: { stream: UnreadStream; day: string }[] = [];
    for (const place of places) {
      const stream = { ...place, fromMs: 0 };
      await this.#attempt(stream, async () => {
        for (const day of await this.#days(stream)) days.push({ stream, day });
      });
    }
    const date = ({ stream, day }: (typeof days)[number]) => day.slice(streamFolder(stream).length);
    days.sort((one, other) => date(other).localeCompare(date(one)));
    for (let turn = 0; days.length > 0; turn += 1) {
      const next = turn % 2 === 0 ? days.shift() : days.pop();
      if (next === undefined) break;
      const { stream, day } = next;
      if (this.#isLate()) this.report.deferred.push(stream);
      else await this.#attempt(stream, async () => this.#ofDays(stream, [day]));
    }
  }

  async #attempt(place: StreamPlace, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { streamId } = place;
      this.#log.error({ err: error, streamId }, 'The files of a stream could not be brought into agreement');
      this.report.left.push(streamFolder(place));
    }
  }

  async #days(stream: UnreadStream): Promise<readonly string[]> {
    await this.#refuseLinks(stream);
    const { days, foreign } = await listDays(this.#volume.folder, stream, stream.fromMs);
    for (const relative of foreign) await this.#quarantine(relative, 'not a segment of this stream');
    return days;
  }

  #isLate(): boolean {
    return this.#options.isLate?.() === true;
  }

  /** The last file read waits for the one after it, which tells where its footage ends. */
  async #ofDays(place: UnreadStream, days: readonly string[]): Promise<void> {
    let waiting: Recovered | undefined;
    for (const day of days) {
      for (const listed of await this.#unknown(place, day)) {
        if (this.#isLate()) {
          // What waits is read again later, together with what comes after it.
          this.report.deferred.push(place);
          return;
        }
        const footage = await this.#repair(listed);
        if (footage === undefined) continue;
        const next = { path: listed.path, footage };
        if (waiting !== undefined) await this.#commit(place, waiting, next);
        waiting = next;
      }
    }
    if (waiting !== undefined) await this.#commit(place, waiting, undefined);
  }

  /** The files of a day that no row names and nobody writes. */
  async #unknown(place: StreamPlace, day: string): Promise<ListedSegment[]> {
    const { id, folder } = this.#volume;
    const { segments, foreign } = await listDay(folder, place, day);
    for (const relative of foreign) await this.#quarantine(relative, 'not a segment of this stream');
    return segments.filter(({ path: relative }) => !this.#isTaken(id, relative));
  }

  #isTaken(id: Volume['id'], relative: string): boolean {
    return this.#options.underWay?.has(id, relative) === true || this.#ledger.knows(id, relative);
  }

  /** A link in place of a stream's folder would lead the recorder out of the volume. */
  async #refuseLinks(place: StreamPlace): Promise<void> {
    for (const relative of [place.cameraId, streamFolder(place)]) {
      try {
        const status = await lstat(path.join(this.#volume.folder, relative));
        if (!status.isDirectory()) await this.#quarantine(relative, 'no folder');
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
    }
  }

  /** Cuts a file after its last whole fragment and makes it durable; undefined when nothing of it becomes a segment. */
  async #repair({ path: relative, startMs }: ListedSegment): Promise<FoundFootage | undefined> {
    const absolute = path.join(this.#volume.folder, relative);
    const file = await this.#files.openExisting(absolute).catch((error: unknown) => {
      this.#leave(relative, error);
      return undefined;
    });
    if (file === undefined) return undefined;
    try {
      const found = await readFoundFile(file, startMs);
      if (found.kind === 'footage') {
        const { isTorn, footage } = found;
        if (isTorn) {
          this.#log.warn(
            { path: relative, sizeBytes: footage.sizeBytes },
            'Cut after the last whole fragment',
          );
          await file.truncate(footage.sizeBytes);
        }
        await makeDurable(this.#files, file, path.dirname(absolute));
        await this.#options.pace?.(footage.sizeBytes);
        return footage;
      }
      if (found.kind === 'empty') {
        this.#log.info({ path: relative }, 'A file without a whole fragment is taken away');
        await this.#files.unlink(absolute);
        await this.#files.syncFolder(path.dirname(absolute));
      } else {
        await this.#quarantine(relative, found.why);
      }
    } catch (error) {
      this.#leave(relative, error);
    } finally {
      await file.close().catch(() => undefined);
    }
    return undefined;
  }

  /** Close step 4 for a repaired file; one that reaches into footage with a row goes to quarantine. */
  async #commit(place: StreamPlace, file: Recovered, next: Recovered | undefined): Promise<void> {
    const { streamId } = place;
    const { path: relative, footage } = file;
    const { startMs, sizeBytes, sha256, spans, initBytes, layout } = footage;
    try {
      const initId = this.#ledger.saveInit(streamId, initBytes, layout);
      const { before, after } = this.#ledger.neighbours(streamId, startMs);
      if (reaches(footage, before, after)) {
        await this.#quarantine(relative, 'footage with a row lies at its time');
        return;
      }
      const goesOn = before !== undefined && before.initId === initId && continues(footage, before);
      const segment: Segment = {
        streamId,
        startMs,
        endMs: endOf({ ...footage, initId }, next?.footage, after),
        runStartMs: goesOn ? before.runStartMs : startMs,
        volumeId: this.#volume.id,
        initId,
        path: relative,
        sizeBytes,
        sha256,
      };
      this.#ledger.commitSegment(segment, spans);
      this.#options.onSegment?.(segment);
      // There may be millions of them.
      if (this.#options.reach === 'all') return;
      this.report.recovered.push(segment);
      this.#log.info({ path: relative, endMs: segment.endMs }, 'Footage without a row is a segment now');
    } catch (error) {
      if (error instanceof RowRefused) await this.#quarantine(relative, error.message);
      else this.#leave(relative, error);
    }
  }

  async #quarantine(relative: string, why: string): Promise<void> {
    try {
      const movedTo = await quarantine(this.#files, this.#volume, relative);
      this.#log.warn({ path: relative, movedTo, why }, 'Put into quarantine');
      this.report.quarantined.push(relative);
    } catch (error) {
      this.#leave(relative, error);
    }
  }

  #leave(relative: string, error: unknown): void {
    this.#log.error({ err: error, path: relative }, 'A file of the store had to be left as it is');
    this.report.left.push(relative);
  }
}

/** True when a file's footage goes on where a segment ended, in ticks and in wall time. */
function continues(footage: FoundFootage, before: Pick<SegmentBefore, 'endTicks' | 'endMs'>): boolean {
  return (
    Math.abs(footage.startTicks - before.endTicks) <= footage.frameTicks &&
    Math.abs(footage.startMs - before.endMs) <= adjacentMs
  );
}

/** True when a file's footage lies where there are rows already; its end may be rounded past the next one's begin. */
function reaches(
  { startMs, endMs }: FoundFootage,
  before: SegmentBefore | undefined,
  after: SegmentAfter | undefined,
): boolean {
  return (
    (before !== undefined && before.endMs > startMs) ||
    (after !== undefined && (after.startMs === startMs || endMs - after.startMs > adjacentMs))
  );
}

/** Where its last frame ends; exactly where the next begins when that goes on, and never beyond it. */
function endOf(
  footage: FoundFootage & { readonly initId: number },
  next: FoundFootage | undefined,
  after: SegmentAfter | undefined,
): EpochMs {
  const isAfterFirst = after !== undefined && (next === undefined || after.startMs < next.startMs);
  if (isAfterFirst) {
    const goesOn =
      after.initId === footage.initId &&
      Math.abs(after.startTicks - footage.endTicks) <= footage.frameTicks &&
      Math.abs(after.startMs - footage.endMs) <= adjacentMs;
    return goesOn ? after.startMs : Math.min(footage.endMs, after.startMs);
  }
  if (next === undefined) return footage.endMs;
  const isSameInit = Buffer.compare(footage.initBytes, next.initBytes) === 0;
  return isSameInit && continues(next, footage) ? next.startMs : Math.min(footage.endMs, next.startMs);
}
