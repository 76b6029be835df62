// Does the work of a stream writer, one step after the other: runs into clock-aligned segments, each closed by the procedure.

import type { Clocks, EpochMs, Instant } from '../model/clock.ts';
import type { OpenSegment, TrackLayout } from '../model/footage.ts';
import type { Log } from '../model/log.ts';
import { CommitQueue, type RunInit, type UncommittedSegment } from './commit-queue.ts';
import { codeOf, type StoreFiles } from './durable.ts';
import { type LossReason, lossReasonOf, type StreamWriterListener, wordsOf } from './footage-events.ts';
import type { FootageLedger, StreamPlace } from './ledger.ts';
import { quarantine } from './quarantine.ts';
import { SegmentFile, type SegmentStart, type TimedFragment } from './segment-file.ts';
import { segmentPath } from './segment-path.ts';
import type { Volume } from './volume.ts';
import type { VolumeSource } from './volumes.ts';

export interface SegmentSequenceOptions {
  /** Segments begin at the first keyframe at or after each multiple of this. */
  readonly segmentMs: number;
  /** How often what is written is synced while the file still grows. */
  readonly syncIntervalMs: number;
  /** After a failure the first keyframe this much later is tried. */
  readonly retryMs: number;
}

export interface SegmentSequenceDependencies {
  readonly volumes: VolumeSource;
  readonly ledger: FootageLedger;
  readonly clocks: Pick<Clocks, 'monotonic' | 'timers'>;
  readonly log: Log;
  readonly listener: StreamWriterListener;
  readonly files: StoreFiles;
}

const tooSlow = 'the disk is too slow for the stream';

/** A file that gets no row. */
interface LostFile {
  readonly volume: Volume;
  readonly path: string;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

interface Run {
  readonly init: RunInit;
  /** Start of its first segment. */
  startMs: EpochMs | undefined;
}

/** Calls must not overlap: the caller awaits each. None rejects: what the disk refuses is told to the listener. */
export class SegmentSequence {
  readonly #place: StreamPlace;
  readonly #dependencies: SegmentSequenceDependencies;
  readonly #options: SegmentSequenceOptions;
  readonly #commits: CommitQueue;
  #run: Run | undefined;
  #file: SegmentFile | undefined;
  /** The file whose close procedure is under way: it stays playable until its row takes over. */
  #closing: SegmentFile | undefined;
  #losing: { readonly reason: LossReason; readonly since: Instant } | undefined;
  /** `stalled` told of what `shed` is to tell, and no file began since. */
  #isToldOfShed = false;
  /** Where the segment before went. */
  #volume: Volume | undefined;

  constructor(
    place: StreamPlace,
    dependencies: SegmentSequenceDependencies,
    options: SegmentSequenceOptions,
  ) {
    this.#place = place;
    this.#dependencies = dependencies;
    this.#options = options;
    const { volumes, ledger, clocks, log, listener } = dependencies;
    this.#commits = new CommitQueue(ledger, clocks.timers, log, {
      onCommitted: (segment) => {
        volumes.underWay.remove(segment.volumeId, segment.path);
        listener.onSegment(segment);
        listener.onFootage(segment.endMs);
      },
      onRefused: ({ segment, volume }, error) => {
        void this.#putAway({ ...segment, volume }, error);
      },
      onLeft: ({ segment: { path, startMs }, volume }) => {
        log.error({ path }, 'A segment whose row the catalog does not take is left to recovery');
        // Its rows go on with later segments: from them alone nobody would look here again.
        volumes.unread.add(volume.id, { ...place, fromMs: startMs });
        volumes.underWay.remove(volume.id, path);
      },
    });
  }

  async begin(init: { readonly bytes: Uint8Array; readonly layout: TrackLayout }): Promise<void> {
    await this.end();
    const { ledger, log } = this.#dependencies;
    const run: Run = { init: { ...init, id: undefined }, startMs: undefined };
    this.#run = run;
    try {
      // Playback needs the number while the segment is open; when the catalog cannot give it, closing asks again.
      run.init.id = ledger.saveInit(this.#place.streamId, init.bytes, init.layout);
    } catch (error) {
      log.error({ err: error, streamId: this.#place.streamId }, 'The catalog did not take an init section');
    }
  }

  /** Stores fragments of the run that follow each other. */
  async store(batch: readonly TimedFragment[]): Promise<void> {
    let rest = batch;
    for (let first = rest[0]; first !== undefined; first = rest[0]) {
      if (this.#file !== undefined && this.#beginsSegment(this.#file.startMs, first)) {
        await this.#closeFile(this.#file, first.startMs);
      }
      const isNew = this.#file === undefined;
      const file = this.#file ?? (await this.#openFile(first));
      if (file === undefined) {
        rest = rest.slice(1);
        continue;
      }
      const next = rest.findIndex((timed, index) => index > 0 && this.#beginsSegment(file.startMs, timed));
      const sameFile = next < 0 ? rest : rest.slice(0, next);
      rest = rest.slice(sameFile.length);
      await this.#write(file, sameFile, isNew);
    }
  }

  /**
   * Footage from here on is being shed. May be called at any time: what is under way may never return (a network volume
   * without its server), and whoever records must know all the same. `shed` follows in its turn.
   */
  stalled(fromMs: EpochMs): void {
    const file = this.#file ?? this.#closing;
    if (file !== undefined) this.#dependencies.volumes.refused(file.volume.id, 'disk-error');
    this.#isToldOfShed = true;
    this.#tellLoss('disk-error', fromMs, tooSlow);
  }

  /** Footage from here on was shed: what is written is closed, and the next keyframe begins a file. */
  async shed(fromMs: EpochMs): Promise<void> {
    const file = this.#file;
    const endMs = Math.min(file?.endMs ?? fromMs, fromMs);
    if (file !== undefined) {
      await this.#closeFile(file, endMs);
      this.#dependencies.volumes.refused(file.volume.id, 'disk-error');
    }
    // A file that the queue still held began, and seemed to end the loss.
    if (!this.#isToldOfShed) this.#tellLoss('disk-error', endMs, tooSlow);
    this.#isToldOfShed = false;
    // Nothing failed, so nothing needs to be waited for: the queue says when there is room.
    this.#losing = undefined;
  }

  async end(): Promise<void> {
    if (this.#file !== undefined) await this.#closeFile(this.#file, this.#file.endMs);
    this.#run = undefined;
    this.#losing = undefined;
  }

  /** No more tries to commit what the catalog refused. */
  close(): void {
    this.#commits.close();
  }

  /** The file being written, once it has a complete span. */
  openSegment(): OpenSegment | undefined {
    const file = this.#file ?? this.#closing;
    const run = this.#run;
    if (file === undefined || run?.init.id === undefined || file.completeSpans.length === 0) return undefined;
    const { init } = run;
    return {
      streamId: this.#place.streamId,
      startMs: file.startMs,
      endMs: file.endMs,
      runStartMs: run.startMs ?? file.startMs,
      volumeId: file.volume.id,
      init: { ...init.layout, id: run.init.id, bytes: init.bytes },
      path: file.path,
      spans: [...file.completeSpans],
    };
  }

  /** Rotation: the first keyframe at or after each multiple of `segmentMs`. */
  #beginsSegment(fileStartMs: EpochMs, { fragment, startMs }: TimedFragment): boolean {
    const { segmentMs } = this.#options;
    return (
      fragment.startsWithKeyframe && Math.floor(startMs / segmentMs) !== Math.floor(fileStartMs / segmentMs)
    );
  }

  /** Opens a file that begins with `first`; undefined when `first` cannot begin one, or the disk does not let us. */
  async #openFile(first: TimedFragment): Promise<SegmentFile | undefined> {
    const run = this.#run;
    const { volumes, clocks } = this.#dependencies;
    const { startMs } = first;
    if (run === undefined || !first.fragment.startsWithKeyframe) return undefined;
    const losing = this.#losing;
    if (losing !== undefined && clocks.monotonic.elapsedMs(losing.since) < this.#options.retryMs) {
      return undefined;
    }
    const choice = await volumes.choose(this.#volume?.id);
    if (!choice.ok) {
      this.#lose(choice.reason, startMs, choice.detail);
      return undefined;
    }
    const { volume } = choice;
    const { bytes, layout } = run.init;
    const start = { volume, initBytes: bytes, timescale: layout.video.timescale, startMs };
    const path = segmentPath(this.#place, startMs);
    volumes.underWay.add(volume.id, path);
    try {
      this.#file = await this.#createFile({ place: this.#place, ...start });
      this.#volume = volume;
    } catch (error) {
      volumes.underWay.remove(volume.id, path);
      this.#refuse(volume, lossReasonOf(error), startMs, error);
    }
    return this.#file;
  }

  /** A file that is there already and that no row names is never written over: it goes to quarantine. */
  async #createFile(start: SegmentStart): Promise<SegmentFile> {
    const { files, ledger, log } = this.#dependencies;
    const { volume } = start;
    try {
      return await SegmentFile.create(files, start);
    } catch (error) {
      const there = segmentPath(this.#place, start.startMs);
      if (codeOf(error) !== 'EEXIST' || ledger.knows(volume.id, there)) throw error;
      const movedTo = await quarantine(files, volume, there);
      log.warn({ path: there, movedTo }, 'A file that is not ours lay where a segment begins');
      return SegmentFile.create(files, start);
    }
  }

  async #write(file: SegmentFile, batch: readonly TimedFragment[], isNew: boolean): Promise<void> {
    const { clocks, listener } = this.#dependencies;
    const spansBefore = file.completeSpans.length;
    const { appended, error } = await file.append(batch);
    if (appended > 0 && isNew) {
      this.#losing = undefined;
      this.#isToldOfShed = false;
      const run = this.#run;
      if (run !== undefined) run.startMs ??= file.startMs;
      listener.onBegin(file.startMs);
    }
    if (file.completeSpans.length > spansBefore) listener.onFootage(file.completeUntilMs);
    const firstLost = batch[appended];
    if (firstLost === undefined) {
      file.syncInBackground(clocks.monotonic, this.#options.syncIntervalMs);
    } else {
      await this.#closeEarly(file, firstLost.startMs, error);
    }
  }

  /** A write failed: the file ends with its last whole fragment, and is closed if there is one and the disk allows it. */
  async #closeEarly(file: SegmentFile, fromMs: EpochMs, error: unknown): Promise<void> {
    const { volume, path, startMs } = file;
    this.#file = undefined;
    // What is lost begins where the row ends: the times of two fragments meet but for rounding and slewing.
    const endMs = file.isEmpty ? fromMs : Math.min(file.endMs, fromMs);
    if (file.isEmpty) {
      await file.discard();
      this.#dependencies.volumes.underWay.remove(volume.id, path);
    } else {
      try {
        await file.cutBack();
        await this.#closeFile(file, endMs);
      } catch (cutError) {
        await file.abandon();
        await this.#putAway({ volume, path, startMs, endMs }, cutError);
      }
    }
    this.#refuse(volume, lossReasonOf(error), endMs, error);
  }

  /** The close procedure; its step 1 is the last append. A file that cannot be made durable gets no row. */
  async #closeFile(file: SegmentFile, endMs: EpochMs): Promise<void> {
    this.#file = undefined;
    const run = this.#run;
    if (run === undefined) return;
    this.#closing = file;
    try {
      // Steps 2 and 3: file and directory synced.
      const { sizeBytes, sha256, spans } = await file.makeDurable();
      // Step 4: row and fragment index inserted in one transaction.
      this.#commits.add(this.#uncommitted(file, run, endMs, sizeBytes, sha256, spans));
    } catch (error) {
      const { volume, path, startMs } = file;
      this.#dependencies.volumes.refused(volume.id, lossReasonOf(error));
      await this.#putAway({ volume, path, startMs, endMs }, error);
    } finally {
      this.#closing = undefined;
    }
  }

  #uncommitted(
    file: SegmentFile,
    run: Run,
    endMs: EpochMs,
    sizeBytes: number,
    sha256: Uint8Array,
    spans: UncommittedSegment['spans'],
  ): UncommittedSegment {
    const { startMs, path, volume } = file;
    const runStartMs = run.startMs ?? startMs;
    const { streamId } = this.#place;
    return {
      segment: { streamId, startMs, endMs, runStartMs, volumeId: volume.id, path, sizeBytes, sha256 },
      volume,
      init: run.init,
      spans,
    };
  }

  /**
   * A file that gets no row goes to quarantine: after a failed sync nobody knows what of it is on the disk, however
   * whole it reads. When even that fails it stays, and the next start decides.
   */
  async #putAway(lost: LostFile, error: unknown): Promise<void> {
    const { files, volumes, log, listener } = this.#dependencies;
    const { volume, path, startMs, endMs } = lost;
    log.error({ err: error, path }, 'A segment could not be closed');
    listener.onLost({
      fromMs: startMs,
      untilMs: endMs,
      reason: lossReasonOf(error),
      detail: wordsOf(error),
    });
    try {
      await quarantine(files, volume, path);
    } catch (moveError) {
      log.error({ err: moveError, path }, 'A segment without a row could not be put into quarantine');
    } finally {
      volumes.underWay.remove(volume.id, path);
    }
  }

  /** A volume took no footage: the next segment goes to another, if there is one. */
  #refuse(volume: Volume, reason: LossReason, fromMs: EpochMs, error: unknown): void {
    this.#dependencies.volumes.refused(volume.id, reason);
    this.#lose(reason, fromMs, wordsOf(error));
  }

  #lose(reason: LossReason, fromMs: EpochMs, detail: string): void {
    const isNews = this.#losing?.reason !== reason;
    this.#losing = { reason, since: this.#dependencies.clocks.monotonic.now() };
    if (isNews) this.#tellLoss(reason, fromMs, detail);
  }

  #tellLoss(reason: LossReason, fromMs: EpochMs, detail: string): void {
    const { listener, log } = this.#dependencies;
    log.error({ streamId: this.#place.streamId, fromMs, reason, detail }, 'Footage is being lost');
    listener.onLost({ fromMs, untilMs: undefined, reason, detail });
  }
}
