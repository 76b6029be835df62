// A volume in a temporary folder, a stream writer on it and footage to write, for tests; and the look at its invariants.

import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fragment } from '../media/fragment-cutter.ts';
import { readInitSection } from '../media/init-section.ts';
import { type MadeFragment, madeFragment, madeInit } from '../media/made-footage.ts';
import type { Clocks, Instant } from '../model/clock.ts';
import type { Segment } from '../model/footage.ts';
import { type CameraId, newId, type StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import { type StoreFiles, storeFiles } from './durable.ts';
import type { Loss, StreamWriterListener } from './footage-events.ts';
import type { StreamPlace } from './ledger.ts';
import { MadeLedger } from './made-ledger.ts';
import { type RecoveryOptions, type RecoveryReport, recoverVolume } from './recovery.ts';
import { StreamWriter, type StreamWriterOptions } from './stream-writer.ts';
import { openVolume, type Volume } from './volume.ts';
import { type Room, readRoom, Volumes } from './volumes.ts';

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Ticks and milliseconds are the same in made footage, which makes expectations readable. */
export const init = (() => {
  const bytes = madeInit({ timescale: 1_000, withAudio: true });
  return { bytes, layout: readInitSection(bytes).layout };
})();

/** A clock that only a test turns. */
export class MadeClocks implements Pick<Clocks, 'monotonic' | 'timers'> {
  #nowMs = 0;
  readonly #due: { atMs: number; action: () => void }[] = [];

  readonly monotonic = {
    now: () => this.#nowMs as unknown as Instant,
    elapsedMs: (since: Instant) => this.#nowMs - (since as unknown as number),
  };

  readonly timers = {
    after: (delayMs: number, action: () => void) => {
      const timer = { atMs: this.#nowMs + delayMs, action };
      this.#due.push(timer);
      return () => {
        const at = this.#due.indexOf(timer);
        if (at >= 0) this.#due.splice(at, 1);
      };
    },
  };

  get timerCount(): number {
    return this.#due.length;
  }

  pass(ms: number): void {
    this.#nowMs += ms;
    for (const timer of this.#due.filter(({ atMs }) => atMs <= this.#nowMs)) {
      this.#due.splice(this.#due.indexOf(timer), 1);
      timer.action();
    }
  }
}

/** What the listener was told, in order. */
export type Told =
  | ['begin', number]
  | ['footage', number]
  | ['segment', number, number]
  | ['lost', number, number | undefined, string];

export class MadeStore {
  readonly volume: Volume;
  readonly place: StreamPlace = {
    streamId: newId<StreamId>(),
    cameraId: newId<CameraId>(),
    role: 'main',
  };
  readonly ledger = new MadeLedger();
  readonly clocks = new MadeClocks();
  readonly told: Told[] = [];
  readonly losses: Loss[] = [];
  /** What the disks say is free, by folder; what is not named here is asked. */
  readonly rooms = new Map<string, Room>();
  readonly volumes: Volumes;

  static async make(): Promise<MadeStore> {
    const folder = await mkdtemp(path.join(tmpdir(), 'lookout-store-'));
    const opened = await openVolume(folder);
    if (!opened.ok) throw new Error(opened.detail);
    return new MadeStore(opened.volume);
  }

  private constructor(volume: Volume) {
    this.volume = volume;
    this.volumes = new Volumes({
      clocks: this.clocks,
      log: silentLog,
      readRoom: async (folder) => this.rooms.get(folder) ?? readRoom(folder),
    });
    this.volumes.know({ ...volume, isRetired: false });
  }

  /** The same on another volume. */
  on(volume: Volume): MadeStore {
    return new MadeStore(volume);
  }

  remove(): Promise<void> {
    return rm(this.volume.folder, { recursive: true, force: true });
  }

  /** A writer with segments of 4 s that writes each fragment by itself. */
  writer(files: StoreFiles = storeFiles, options: Partial<StreamWriterOptions> = {}): StreamWriter {
    const { volumes, ledger, clocks } = this;
    const listener: StreamWriterListener = {
      onBegin: (startMs) => this.told.push(['begin', startMs]),
      onFootage: (newestMs) => this.told.push(['footage', newestMs]),
      onSegment: ({ startMs, endMs }) => this.told.push(['segment', startMs, endMs]),
      onLost: (loss) => {
        this.losses.push(loss);
        this.told.push(['lost', loss.fromMs, loss.untilMs, loss.reason]);
      },
    };
    return new StreamWriter(
      this.place,
      { volumes, ledger, clocks, log: silentLog, listener, files },
      { segmentMs: 4_000, batchLimitBytes: 1, gatherMs: 0, ...options },
    );
  }

  recover(files: StoreFiles = storeFiles, options: RecoveryOptions = {}): Promise<RecoveryReport> {
    return recoverVolume(this.volume, [this.place], this.ledger, silentLog, { files, ...options });
  }

  get segments(): Segment[] {
    return this.ledger.rows.map(({ segment }) => segment).toSorted((a, b) => a.startMs - b.startMs);
  }

  /** `[start, end]` of each row. */
  get rows(): [number, number][] {
    return this.segments.map(({ startMs, endMs }) => [startMs, endMs]);
  }

  at(relative: string): string {
    return path.join(this.volume.folder, relative);
  }

  /** All files below the volume's folder, without its identity. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.volume.folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.lookout-volume'))
      .map((entry) => path.relative(this.volume.folder, path.join(entry.parentPath, entry.name)))
      .toSorted();
  }

  /** What breaks store invariants 1 to 3, in words; empty when they hold. */
  async brokenInvariants(): Promise<string[]> {
    const broken: string[] = [];
    const { segments } = this;
    for (const { path: relative, sizeBytes, sha256 } of segments) {
      const bytes = await readFile(this.at(relative)).catch(() => undefined);
      const digest = bytes && createHash('sha256').update(bytes).digest();
      if (bytes?.length !== sizeBytes) broken.push(`1: length of ${relative}`);
      if (digest === undefined || Buffer.compare(digest, sha256) !== 0) broken.push(`1: hash of ${relative}`);
    }
    for (const relative of await this.files()) {
      const isNamed = this.ledger.knows(this.volume.id, relative) || relative.startsWith('quarantine');
      if (!isNamed) broken.push(`2: ${relative} is named by nobody`);
    }
    for (const [index, { startMs }] of segments.entries()) {
      const before = segments[index - 1];
      if (before !== undefined && before.endMs > startMs) broken.push(`3: ${startMs} begins too early`);
    }
    return broken;
  }
}

export function fragment(options: MadeFragment & { startTicks: number }): Fragment {
  const { startTicks, durationTicks = 500, frames = 5, keyframe = true, kind = 'video' } = options;
  const isAudio = kind === 'audio';
  return {
    bytes: madeFragment({ ...options, durationTicks, frames }),
    muxedAtMs: options.muxedAtMs ?? 0,
    startTicks,
    durationTicks: isAudio ? 0 : durationTicks,
    startsWithKeyframe: keyframe && !isAudio,
    videoFrames: isAudio ? 0 : frames,
  };
}

export const firstDayMs = Date.UTC(2026, 4, 1);

/** Appends footage [fromMs, toMs) after `firstDayMs` in fragments of 500 ms, a keyframe at each whole second. */
export function film(writer: StreamWriter, fromMs: number, toMs: number): void {
  for (let atMs = fromMs; atMs < toMs; atMs += 500) {
    writer.append(fragment({ startTicks: atMs, keyframe: atMs % 1_000 === 0 }), firstDayMs + atMs);
  }
}
