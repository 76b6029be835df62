// What every start does before it records: finishes deletions, and brings files and rows of a volume into agreement.

import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { EpochMs } from '../model/clock.ts';
import type { Segment } from '../model/footage.ts';
import type { Log } from '../model/log.ts';
import { codeOf, makeDurable, type StoreFiles, storeFiles } from './durable.ts';
import { type FoundFootage, readFoundFile } from './found-file.ts';
import { finishGarbage } from './garbage.ts';
import type { FootageLedger, NewestSegment, StreamPlace } from './ledger.ts';
import { quarantine } from './quarantine.ts';
import { streamFolder } from './segment-path.ts';
import { listStream } from './store-listing.ts';
import type { Volume } from './volume.ts';

export interface RecoveryReport {
  /** Segments that had a file and no row, and now have both. */
  readonly recovered: readonly Segment[];
  /** What was moved to quarantine: old paths below the volume's folder. */
  readonly quarantined: readonly string[];
  /** What the disk or the catalog did not let us decide about; the next start tries again. */
  readonly left: readonly string[];
  /** Files of the garbage list that are gone now. */
  readonly unlinked: number;
}

/** Two files are one run when the second begins this close in wall time to where the first ends, and so in ticks. */
const adjacentMs = 500;

/**
 * Start steps 3 and 4 for one volume. Run it after orphaned recorders have ended and before anything records there; it
 * may be run again at any time, and after a stop in its middle. One file that cannot be read never stops the rest.
 */
export async function recoverVolume(
  volume: Volume,
  places: readonly StreamPlace[],
  ledger: FootageLedger,
  log: Log,
  files: StoreFiles = storeFiles,
): Promise<RecoveryReport> {
  const recovery = new Recovery(volume, ledger, log, files);
  // Start step 3: garbage finished.
  const unlinked = await recovery.finishGarbage();
  // Start step 4: each stream's files newer than its last row.
  for (const place of places) await recovery.recoverStream(place);
  return { ...recovery.report, unlinked };
}

interface Recovered {
  readonly path: string;
  readonly footage: FoundFootage;
}

class Recovery {
  readonly report = { recovered: [] as Segment[], quarantined: [] as string[], left: [] as string[] };
  readonly #volume: Volume;
  readonly #ledger: FootageLedger;
  readonly #log: Log;
  readonly #files: StoreFiles;

  constructor(volume: Volume, ledger: FootageLedger, log: Log, files: StoreFiles) {
    this.#volume = volume;
    this.#ledger = ledger;
    this.#log = log;
    this.#files = files;
  }

  async finishGarbage(): Promise<number> {
    try {
      return await finishGarbage(this.#files, this.#volume, this.#ledger);
    } catch (error) {
      this.#log.error({ err: error, volumeId: this.#volume.id }, 'Deleted footage could not all be unlinked');
      return 0;
    }
  }

  async recoverStream(place: StreamPlace): Promise<void> {
    try {
      await this.#refuseLinks(place);
      const lastEndMs = this.#ledger.lastSegmentEndMs(place.streamId) ?? 0;
      const { segments, foreign } = await listStream(this.#volume.folder, place, lastEndMs);
      for (const relative of foreign) await this.#quarantine(relative, 'not a segment of this stream');
      const found: Recovered[] = [];
      for (const { path: relative, startMs } of segments) {
        if (this.#ledger.knows(this.#volume.id, relative)) continue;
        if (startMs < lastEndMs) {
          await this.#quarantine(relative, 'older than the newest row of its stream');
          continue;
        }
        const footage = await this.#repair(relative, startMs);
        if (footage !== undefined) found.push({ path: relative, footage });
      }
      this.#commitAll(place, found);
    } catch (error) {
      const { streamId } = place;
      this.#log.error({ err: error, streamId }, 'The files of a stream could not be brought into agreement');
      this.report.left.push(streamFolder(place));
    }
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
  async #repair(relative: string, startMs: EpochMs): Promise<FoundFootage | undefined> {
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

  #commitAll(place: StreamPlace, found: readonly Recovered[]): void {
    let before = this.#ledger.newestSegment(place.streamId);
    for (const [index, file] of found.entries()) {
      try {
        before = this.#commit(place, file, before, found[index + 1]);
      } catch (error) {
        this.#leave(file.path, error);
      }
    }
  }

  /** Close step 4 for a repaired file. */
  #commit(
    { streamId }: StreamPlace,
    { path: relative, footage }: Recovered,
    before: NewestSegment | undefined,
    after: Recovered | undefined,
  ): NewestSegment {
    const { startMs, endTicks, sizeBytes, sha256, spans, initBytes, layout } = footage;
    const initId = this.#ledger.saveInit(streamId, initBytes, layout);
    const goesOn = before !== undefined && before.initId === initId && follows(footage, before);
    const segment: Segment = {
      streamId,
      startMs,
      endMs: endOf(footage, after?.footage),
      runStartMs: goesOn ? before.runStartMs : startMs,
      volumeId: this.#volume.id,
      initId,
      path: relative,
      sizeBytes,
      sha256,
    };
    this.#ledger.commitSegment(segment, spans);
    this.report.recovered.push(segment);
    this.#log.info({ path: relative, endMs: segment.endMs }, 'Footage without a row is a segment now');
    return { ...segment, endTicks };
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
function follows(footage: FoundFootage, before: Pick<NewestSegment, 'endTicks' | 'endMs'>): boolean {
  return (
    Math.abs(footage.startTicks - before.endTicks) <= footage.frameTicks &&
    Math.abs(footage.startMs - before.endMs) <= adjacentMs
  );
}

/** Where its last frame ends; exactly where the next file begins when that goes on, and never beyond it. */
function endOf(footage: FoundFootage, after: FoundFootage | undefined): EpochMs {
  if (after === undefined) return footage.endMs;
  const isSameInit = Buffer.compare(footage.initBytes, after.initBytes) === 0;
  return isSameInit && follows(after, footage) ? after.startMs : Math.min(footage.endMs, after.startMs);
}
