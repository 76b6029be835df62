// The nightly scrub (product S6): reads a thirtieth of the footage and compares it with its hashes, slowly, and goes on where it
// stopped. Nothing is repaired and nothing deleted: what is damaged is kept, shown and told.

import { type CancelTimer, type Clocks, type EpochMs, hourMs } from '../../recorder/model/clock.ts';
import type { CameraId, VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { Volume } from '../../recorder/segments/volume.ts';
import type { Damage, DamageRows } from '../catalog/damages.ts';
import type { SettingRows } from '../catalog/settings.ts';
import {
  fromTheBegin,
  type ReadPosition,
  type StoredFile,
  type StoredFiles,
} from '../catalog/stored-files.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';
import { inspect } from './inspect.ts';
import { Pace } from './pace.ts';
import { mustBrake } from './presence.ts';

const nights = 30;
/** The hours of the station's own time in which it runs, and how long after a missed night it runs at any hour. */
const fromHour = 1;
const untilHour = 6;
const overdueMs = 36 * hourMs;
/** A night's part is spread over this; a small store is not read slower than the least. */
const spreadMs = 4 * hourMs;
const leastBytesPerSecond = 8_000_000;
const lookIntervalMs = 5 * 60_000;
/** Files that are settled together; what a stop may cost is compared again. */
const pageLimit = 256;
const sampleSize = 64;
const setting = 'scrub';

/** What is remembered over restarts. */
interface ScrubState {
  readonly lastMs?: EpochMs;
  /** Where each volume's reading goes on. */
  readonly positions: Readonly<Record<VolumeId, ReadPosition>>;
  /** Bytes read in this round of thirty nights. */
  readonly roundBytes: number;
}

interface Compared {
  readonly file: StoredFile;
  readonly found: Damage | 'sound';
}

export interface ScrubParts {
  readonly files: StoredFiles;
  readonly damages: DamageRows;
  readonly settings: SettingRows;
  readonly alarms: AlarmBoard;
  readonly volumes: () => readonly Volume[];
  /** Bytes of all footage on a volume. */
  readonly footageBytes: (id: VolumeId) => number;
  readonly cameraName: (id: CameraId) => string;
  readonly volumeName: (id: VolumeId) => string;
  readonly clocks: Clocks;
  readonly log: Log;
}

export class Scrub {
  readonly #parts: ScrubParts;
  readonly #stopping = new AbortController();
  /** Files found missing or damaged since it was last told, by camera. */
  readonly #found = new Map<CameraId, number>();
  #timer: CancelTimer | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: ScrubParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = this.#parts.clocks.timers.after(lookIntervalMs, () => {
      if (this.isDue()) void this.run();
      this.start();
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#timer?.();
    await this.#running;
  }

  /** For the storage overview: how much of this round is read, and when the last night's part was. */
  status(): { readonly share: number; readonly lastMs?: EpochMs } {
    const { lastMs, roundBytes } = this.#state();
    const total = this.#totalBytes();
    const share = total === 0 ? 0 : Math.min(1, roundBytes / total);
    return { share, ...(lastMs === undefined ? {} : { lastMs }) };
  }

  /** At night once; at any hour when a night was missed. */
  isDue(): boolean {
    const nowMs = this.#parts.clocks.wall.nowMs();
    const { lastMs } = this.#state();
    const hour = new Date(nowMs).getHours();
    const isNight = hour >= fromHour && hour < untilHour;
    const sinceMs = nowMs - (lastMs ?? 0);
    // A clock that was set back must not put it off for ever.
    if (sinceMs < 0) return true;
    return isNight ? sinceMs > 12 * hourMs : lastMs !== undefined && sinceMs > overdueMs;
  }

  /** Reads a thirtieth of the footage of every volume. Never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#run()
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'The scrub could not go on');
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async #run(): Promise<void> {
    const { volumes, clocks, log } = this.#parts;
    let readBytes = 0;
    for (const volume of volumes()) readBytes += await this.#ofVolume(volume);
    this.#tell();
    if (this.#stopping.signal.aborted) return;
    const state = this.#state();
    const total = this.#totalBytes();
    const roundBytes = state.roundBytes >= total ? readBytes : state.roundBytes + readBytes;
    this.#save({ ...state, lastMs: clocks.wall.nowMs(), roundBytes });
    log.info({ readBytes }, 'A thirtieth of the footage was compared with its hashes');
  }

  async #ofVolume(volume: Volume): Promise<number> {
    const { files, clocks, footageBytes } = this.#parts;
    const partBytes = footageBytes(volume.id) / nights;
    const bytesPerSecond = Math.max(leastBytesPerSecond, (partBytes * 1_000) / spreadMs);
    const pace = new Pace(bytesPerSecond, clocks.timers, this.#stopping.signal);
    let readBytes = 0;
    let hasWrapped = false;
    while (readBytes < partBytes && !this.#stopping.signal.aborted) {
      const position = this.#state().positions[volume.id] ?? fromTheBegin;
      const { files: page } = files.page(volume.id, position, pageLimit);
      if (page.length === 0 && hasWrapped) break;
      const compared: Compared[] = [];
      for (const file of page) {
        const found = await inspect(volume.folder, file, true, (bytes) => pace.rest(bytes));
        if (this.#stopping.signal.aborted) break;
        compared.push({ file, found });
        readBytes += file.sizeBytes;
        if (readBytes >= partBytes) break;
      }
      await this.#settle(volume, compared);
      const last = compared.at(-1)?.file;
      if (page.length === 0) hasWrapped = true;
      if (page.length === 0) this.#moveTo(volume.id, fromTheBegin);
      else if (last !== undefined)
        this.#moveTo(volume.id, { startMs: last.startMs, stream: last.streamNumber });
    }
    return readBytes;
  }

  /** Notes what is damaged and writes off what is missing, unless it is so much that the disk is to be doubted. */
  async #settle(volume: Volume, compared: readonly Compared[]): Promise<void> {
    const { files, damages, alarms, clocks, log } = this.#parts;
    const nowMs = clocks.wall.nowMs();
    for (const [cameraId, looked] of Map.groupBy(compared, ({ file }): CameraId => file.cameraId)) {
      for (const { file, found } of looked) if (found === 'sound') damages.mend(file);
      const bad = looked.filter(({ file, found }) => found !== 'sound' && files.isStill(volume.id, file));
      if (bad.length === 0) continue;
      const subject = { volumeId: volume.id, cameraId, looked: looked.length, bad: bad.length };
      if (await this.#isDoubtful(volume, cameraId)) {
        log.error(subject, 'Most of what was looked at is missing or damaged: nothing is written off');
        alarms.raise('footage-vanished', volume.id, { name: this.#parts.volumeName(volume.id) });
        continue;
      }
      log.error(
        { ...subject, paths: bad.map(({ file }) => file.path) },
        'Recorded footage is missing or damaged',
      );
      const gone = bad.filter(({ file, found }) => found === 'missing' && !file.isLocked);
      damages.writeOff(
        gone.map(({ file }) => file),
        nowMs,
        true,
      );
      for (const each of bad) if (!gone.includes(each)) this.#note(each, nowMs);
      this.#found.set(cameraId, (this.#found.get(cameraId) ?? 0) + bad.length);
    }
  }

  /** One night sees little of a camera: files from all its time tell whether the disk is the one it was. */
  async #isDoubtful(volume: Volume, cameraId: CameraId): Promise<boolean> {
    const sample = this.#parts.files.sample(volume.id, cameraId, sampleSize);
    let bad = 0;
    for (const file of sample) if ((await inspect(volume.folder, file, false)) !== 'sound') bad += 1;
    return mustBrake({ looked: sample.length, bad });
  }

  #note({ file, found }: Compared, nowMs: EpochMs): void {
    if (found !== 'sound') this.#parts.damages.add(file, found, nowMs);
  }

  /** Only of what this night brought: the rest was told before. */
  #tell(): void {
    const { alarms, cameraName } = this.#parts;
    for (const [cameraId, count] of this.#found) {
      alarms.raise('footage-damaged', cameraId, { name: cameraName(cameraId), count });
    }
    this.#found.clear();
  }

  #totalBytes(): number {
    const { volumes, footageBytes } = this.#parts;
    return volumes().reduce((sum, { id }) => sum + footageBytes(id), 0);
  }

  #moveTo(id: VolumeId, position: ReadPosition): void {
    const state = this.#state();
    this.#save({ ...state, positions: { ...state.positions, [id]: position } });
  }

  #state(): ScrubState {
    const empty: ScrubState = { positions: {}, roundBytes: 0 };
    try {
      return { ...empty, ...(JSON.parse(this.#parts.settings.get(setting) ?? '{}') as Partial<ScrubState>) };
    } catch {
      return empty;
    }
  }

  #save(state: ScrubState): void {
    this.#parts.settings.set(setting, JSON.stringify(state));
  }
}
