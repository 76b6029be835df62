// The volumes of a station: which of them can be used now, and which one the next segment goes to.

import { statfs } from 'node:fs/promises';
import type { Clocks, Instant } from '../model/clock.ts';
import type { VolumeId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import type { LossReason } from './footage-events.ts';
import { UnreadFiles } from './unread-files.ts';
import { openVolume, type Volume, type VolumeTrouble } from './volume.ts';
import { chooseVolume } from './volume-choice.ts';

export interface Room {
  /** What we may still write; 0 as well when no more files can be made. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export type RoomReader = (folder: string) => Promise<Room>;

export interface KnownVolume extends Volume {
  /** Nothing new is recorded on it; what is there stays until its retention ends. */
  readonly isRetired: boolean;
}

export interface VolumeStatus extends KnownVolume {
  readonly state: 'unseen' | 'ready' | VolumeTrouble;
  /** Why it is not ready; for the log, holds paths. */
  readonly detail: string;
  /** As last seen. */
  readonly room: Room | undefined;
  readonly reserveBytes: number;
  /** Why it refused footage, when it did so within the last half minute and nothing was done about it. */
  readonly refusal: LossReason | undefined;
  /** Files that were deleted cannot be taken off it: nothing more is deleted for the room on it. */
  readonly keepsDeleted: boolean;
}

export type VolumeChoice =
  | { readonly ok: true; readonly volume: Volume }
  | { readonly ok: false; readonly reason: LossReason; readonly detail: string };

/** What a stream's writer asks of the volumes. */
export interface VolumeSource {
  /** Where the next segment goes, after a look at the disks; `before` is the volume of the stream's segment before. */
  choose(before: VolumeId | undefined): Promise<VolumeChoice>;
  /** A volume refused footage: for a while another is taken, if there is one. */
  refused(id: VolumeId, reason: LossReason): void;
  readonly underWay: FilesUnderWay;
  /** What recovery is to look for although newer rows are there. */
  readonly unread: Pick<UnreadFiles, 'add'>;
}

/** A disk that does not answer within this is not used; a disk that spins up takes less. */
const lookLimitMs = 10_000;
/** How long a volume that refused footage is the last choice. */
const restMs = 30_000;
/** Few files left of those a file system was made for count as none: each day of a camera makes folders, too. */
const leastFiles = 16;
const leastFilesShare = 0.001;

/** What the file system says of the disk a folder lies on. Fails with its errors. */
export const readRoom: RoomReader = async (folder) => {
  const { bavail, blocks, bsize, files, ffree } = await statfs(folder);
  // Some file systems make files as they are needed, and say 0 of 0.
  const outOfFiles = files > 0 && ffree < leastFiles + files * leastFilesShare;
  return { freeBytes: outOfFiles ? 0 : bavail * bsize, totalBytes: blocks * bsize };
};

/** The files of a volume that are being written, or wait for their row: recovery lets them be. */
export class FilesUnderWay {
  readonly #keys = new Set<string>();

  add(volumeId: VolumeId, path: string): void {
    this.#keys.add(`${volumeId}/${path}`);
  }

  remove(volumeId: VolumeId, path: string): void {
    this.#keys.delete(`${volumeId}/${path}`);
  }

  has(volumeId: VolumeId, path: string): boolean {
    return this.#keys.has(`${volumeId}/${path}`);
  }
}

export interface VolumesDependencies {
  readonly clocks: Pick<Clocks, 'monotonic' | 'timers'>;
  readonly log: Log;
  /** Done each time a volume is found after it was not there, before anything is recorded on it (start steps 3 and 4). */
  readonly prepare?: (volume: Volume) => Promise<unknown>;
  /** The state of a volume changed. */
  readonly onChange?: () => void;
  readonly readRoom?: RoomReader;
}

type Seen =
  | { readonly ok: true; readonly room: Room }
  | { readonly ok: false; readonly reason: VolumeTrouble; readonly detail: string };

interface Entry {
  known: KnownVolume;
  state: VolumeStatus['state'];
  detail: string;
  room: Room | undefined;
  reserveBytes: number;
  keepsDeleted: boolean;
  refused: { readonly reason: LossReason; readonly at: Instant } | undefined;
  /** A look under way; whoever else looks waits for the same. */
  looking: Promise<void> | undefined;
  /** A question the disk has not answered yet: no second is asked, or a dead disk would take all threads. */
  asking: Promise<Seen> | undefined;
}

export class Volumes implements VolumeSource {
  readonly underWay = new FilesUnderWay();
  readonly unread = new UnreadFiles();
  readonly #dependencies: VolumesDependencies;
  readonly #entries = new Map<VolumeId, Entry>();

  constructor(dependencies: VolumesDependencies) {
    this.#dependencies = dependencies;
  }

  /** Adds a volume, or takes over what changed about it. Used after the next `look` or `choose`. */
  know(volume: KnownVolume): void {
    const entry = this.#entries.get(volume.id);
    if (entry !== undefined) {
      entry.known = volume;
      return;
    }
    this.#entries.set(volume.id, {
      known: volume,
      state: 'unseen',
      detail: '',
      room: undefined,
      reserveBytes: 0,
      keepsDeleted: false,
      refused: undefined,
      looking: undefined,
      asking: undefined,
    });
  }

  /** Sets how much is to stay free on a volume. */
  setReserve(id: VolumeId, bytes: number): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) entry.reserveBytes = bytes;
  }

  status(): VolumeStatus[] {
    return [...this.#entries.values()].map((entry) => {
      const { known, state, detail, room, reserveBytes, keepsDeleted } = entry;
      return { ...known, state, detail, room, reserveBytes, keepsDeleted, refusal: this.#refusal(entry) };
    });
  }

  ready(): Volume[] {
    return this.status().filter(({ state }) => state === 'ready');
  }

  /** Looks at every volume: which are there, and how much room they have. One that came back is prepared first. */
  async look(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => this.#look(entry)));
  }

  /** Start step 1, before each segment: a disk that went away leaves an empty folder, which is not to be written to. */
  async choose(before: VolumeId | undefined): Promise<VolumeChoice> {
    const wanted = [...this.#entries.values()].filter(({ known }) => !known.isRetired);
    const ready = () => wanted.filter(({ state }) => state === 'ready');
    await Promise.all(ready().map((entry) => this.#look(entry)));
    // Where there is none, the one that comes back is not left waiting for the next look.
    if (ready().length === 0) await Promise.all(wanted.map((entry) => this.#look(entry)));
    const found = ready();
    if (found.length === 0) return noneReady(wanted);
    const id = chooseVolume(
      found.map((entry) => ({
        id: entry.known.id,
        freeBytes: entry.room?.freeBytes ?? 0,
        reserveBytes: entry.reserveBytes,
        isResting: this.#refusal(entry) !== undefined,
      })),
      before,
    );
    const chosen = found.find(({ known }) => known.id === id);
    if (chosen === undefined) return { ok: false, reason: 'disk-full', detail: 'no volume has room' };
    return { ok: true, volume: { id: chosen.known.id, folder: chosen.known.folder } };
  }

  refused(id: VolumeId, reason: LossReason): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const { clocks, log } = this.#dependencies;
    if (this.#refusal(entry) !== reason) log.warn({ volumeId: id, reason }, 'A volume refused footage');
    entry.refused = { reason, at: clocks.monotonic.now() };
    this.#tellChange();
  }

  /** Room was made on a volume: what it refused before says nothing any more. */
  relieved(id: VolumeId): void {
    const entry = this.#entries.get(id);
    if (entry?.refused?.reason === 'disk-full') entry.refused = undefined;
  }

  /** Says whether deleted files can be taken off a volume. */
  setKeepsDeleted(id: VolumeId, keepsDeleted: boolean): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.keepsDeleted === keepsDeleted) return;
    entry.keepsDeleted = keepsDeleted;
    this.#dependencies.onChange?.();
  }

  #refusal({ refused }: Entry): LossReason | undefined {
    if (refused === undefined) return undefined;
    const { monotonic } = this.#dependencies.clocks;
    return monotonic.elapsedMs(refused.at) < restMs ? refused.reason : undefined;
  }

  #look(entry: Entry): Promise<void> {
    entry.looking ??= this.#lookNow(entry).finally(() => {
      entry.looking = undefined;
    });
    return entry.looking;
  }

  async #lookNow(entry: Entry): Promise<void> {
    const seen = await this.#ask(entry);
    if (!seen.ok) {
      this.#set(entry, seen.reason, seen.detail);
      return;
    }
    entry.room = seen.room;
    if (entry.state === 'ready') return;
    const { id, folder } = entry.known;
    try {
      await this.#dependencies.prepare?.({ id, folder });
      this.#set(entry, 'ready', '');
    } catch (error) {
      this.#set(entry, 'unreadable', error instanceof Error ? error.message : String(error));
    }
  }

  /** What the disk answers in time. */
  #ask(entry: Entry): Promise<Seen> {
    const { clocks, readRoom: read = readRoom } = this.#dependencies;
    entry.asking ??= see(entry.known, read).finally(() => {
      entry.asking = undefined;
    });
    const answer = entry.asking;
    return new Promise((resolve) => {
      const cancel = clocks.timers.after(lookLimitMs, () => {
        resolve({ ok: false, reason: 'unreadable', detail: `no answer within ${lookLimitMs} ms` });
      });
      void answer.then((seen) => {
        cancel();
        resolve(seen);
      });
    });
  }

  #set(entry: Entry, state: VolumeStatus['state'], detail: string): void {
    const { log } = this.#dependencies;
    const isNews = entry.state !== state;
    // It was not there: what it refused then says nothing of the disk that came back.
    if (state === 'ready' && (entry.state === 'missing' || entry.state === 'swapped'))
      entry.refused = undefined;
    entry.state = state;
    entry.detail = detail;
    if (state !== 'ready') entry.room = undefined;
    if (!isNews) return;
    const volumeId = entry.known.id;
    if (state === 'ready') log.info({ volumeId }, 'A volume is ready');
    else log.error({ volumeId, state, detail }, 'A volume cannot be used');
    this.#tellChange();
  }

  /** Whoever is told asks a catalog, which may fail; a writer that found out goes on writing. */
  #tellChange(): void {
    const { log, onChange } = this.#dependencies;
    try {
      onChange?.();
    } catch (error) {
      log.error({ err: error }, 'The change of a volume could not be told');
    }
  }
}

/** Never rejects. */
async function see({ id, folder }: Volume, read: RoomReader): Promise<Seen> {
  const found = await openVolume(folder, id);
  if (!found.ok) return found;
  try {
    return { ok: true, room: await read(folder) };
  } catch (error) {
    return {
      ok: false,
      reason: 'unreadable',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

function noneReady(wanted: readonly Entry[]): VolumeChoice {
  const isBroken = wanted.length > 0 && wanted.every(({ state }) => state === 'unreadable');
  const detail = wanted.map((entry) => `${entry.known.folder}: ${entry.detail}`).join('; ');
  return { ok: false, reason: isBroken ? 'disk-error' : 'volume-missing', detail };
}
