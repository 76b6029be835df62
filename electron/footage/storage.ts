// What the operator sees and sets of the station's storage: volumes, how full they are, how long footage is kept.

import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { WallClock } from '../../recorder/model/clock.ts';
import type { StreamId, VolumeId } from '../../recorder/model/ids.ts';
import { identityFile, openVolume } from '../../recorder/segments/volume.ts';
import type { VolumeStatus, Volumes } from '../../recorder/segments/volumes.ts';
import { FootageReads } from '../catalog/footage-reads.ts';
import type { LockRows } from '../catalog/locks.ts';
import type { Catalog } from '../catalog/open.ts';
import type { KeptCamera, RetentionRows } from '../catalog/retention.ts';
import type { VolumeRow, VolumeRows } from '../catalog/volumes.ts';
import { LookoutError } from '../contract/errors.ts';
import type { CameraStorage, EvidenceLock, StorageOverview, StorageVolume } from '../contract/storage.ts';
import { forecastDays } from './forecast.ts';
import { bytesPerDay, reserveShareLimit } from './reserve.ts';
import { checkFolder, refusedFolder } from './volume-folder.ts';

/** Disks of one machine. */
export const volumeLimit = 32;

export interface StorageParts {
  readonly catalog: Catalog;
  readonly rows: RetentionRows;
  readonly locks: LockRows;
  readonly volumeRows: VolumeRows;
  readonly volumes: Volumes;
  readonly clock: WallClock;
  readonly dataFolder: string;
  /** Of the volume that a station begins with: in the data folder, where no other volume lies. */
  readonly defaultFolder: string;
  /** A volume was added that has a past: there may be footage on it. */
  readonly onAdopted: (id: VolumeId) => void;
  /** A volume was added, retired or given another reserve. */
  readonly onChange: () => Promise<void>;
  /** What runs beside recording. */
  readonly upkeep: () => Pick<StorageOverview, 'reading' | 'backupMs' | 'scrub'>;
}

/** Everything throws LookoutError for what it refuses. */
export class StorageService {
  readonly #parts: StorageParts;
  readonly #reads: FootageReads;

  constructor(parts: StorageParts) {
    this.#parts = parts;
    this.#reads = new FootageReads(parts.catalog);
  }

  overview(): StorageOverview {
    const { rows, upkeep } = this.#parts;
    const volumes = this.volumes();
    return { volumes, cameras: this.#cameras(volumes, rows.sizes()), ...upkeep() };
  }

  volumes(): StorageVolume[] {
    const { rows, volumeRows, volumes } = this.#parts;
    const sizes = rows.sizes();
    const statuses = new Map(volumes.status().map((status) => [status.id, status]));
    return volumeRows.list().map((row) => {
      const own = sizes.filter(({ volumeId }) => volumeId === row.id);
      return shownVolume(row, statuses.get(row.id), sum(own));
    });
  }

  /** Takes a folder into use; a volume that lies there already, with footage or without, is taken as it is. */
  async addVolume(input: { readonly name: string; readonly folder: string }): Promise<StorageVolume> {
    const { volumeRows, clock, dataFolder, defaultFolder } = this.#parts;
    const taken = volumeRows.list().map((row) => row.folder);
    if (taken.length >= volumeLimit) {
      throw new LookoutError('LIMIT_REACHED', `A station has at most ${volumeLimit} volumes.`);
    }
    const folder = await checkFolder(input.folder, { taken, dataFolder, defaultFolder });
    const isNew = await stat(path.join(folder, identityFile)).then(
      () => false,
      () => true,
    );
    const opened = await openVolume(folder);
    if (!opened.ok) throw refusedFolder('Lookout cannot use this folder.', 'Check that it is writable.');
    const { id } = opened.volume;
    const known = this.#parts.volumes.status().find((status) => status.id === id);
    if (known?.state === 'ready' && known.folder !== folder) {
      throw refusedFolder('A copy of a volume that is in use lies in this folder.', 'Choose another folder.');
    }
    volumeRows.register({ id, folder, name: input.name, nowMs: clock.nowMs() });
    volumeRows.setRetired(id, undefined);
    if (!isNew && known === undefined) this.#parts.onAdopted(id);
    return this.#changed(id);
  }

  async setReserve(id: VolumeId, bytes: number | undefined): Promise<StorageVolume> {
    const volume = this.volumes().find((each) => each.id === id);
    if (volume === undefined) throw notFound();
    if (bytes !== undefined) checkReserve(bytes, volume.totalBytes);
    if (!this.#parts.volumeRows.setReserve(id, bytes)) throw notFound();
    return this.#changed(id);
  }

  /** Nothing new goes to it; its footage is played until its retention ends. */
  retireVolume(id: VolumeId): Promise<StorageVolume> {
    const { volumeRows, clock } = this.#parts;
    const others = volumeRows.list().filter((row) => row.id !== id && row.retiredMs === undefined);
    if (others.length === 0) {
      throw new LookoutError('NOT_ALLOWED', 'This is the last volume to record on.', {
        hint: 'Add another one first.',
        field: 'volumeId',
      });
    }
    if (!volumeRows.setRetired(id, clock.nowMs())) throw notFound();
    return this.#changed(id);
  }

  async #changed(id: VolumeId): Promise<StorageVolume> {
    await this.#parts.onChange();
    const volume = this.volumes().find((each) => each.id === id);
    if (volume === undefined) throw notFound();
    return volume;
  }

  #cameras(volumes: readonly StorageVolume[], sizes: ReturnType<RetentionRows['sizes']>): CameraStorage[] {
    const { rows, locks } = this.#parts;
    const held = Map.groupBy(locks.held(), ({ cameraId }) => cameraId);
    const shown = rows.cameras().map((camera) => {
      const own = sizes.filter(({ streamId }) => camera.streamIds.includes(streamId));
      return this.#camera(camera, sum(own), held.get(camera.id) ?? []);
    });
    const usable = volumes.filter(({ state, retired }) => state === 'ready' && !retired);
    const room = usable.reduce(
      (bytes, { freeBytes = 0, reserveBytes, footageBytes }) =>
        bytes + freeBytes - reserveBytes + footageBytes,
      0,
    );
    const locked = shown.reduce((bytes, { lockedBytes }) => bytes + lockedBytes, 0);
    const recording = new Set(rows.cameras().flatMap(({ id, isRecording }) => (isRecording ? [id] : [])));
    const days = forecastDays(
      room - locked,
      shown.map(({ cameraId, bytesPerDay: perDay, keepDays, quotaBytes }) => ({
        bytesPerDay: recording.has(cameraId) ? perDay : 0,
        keepDays,
        quotaBytes,
      })),
    );
    return shown
      .map((camera, index) => {
        const forecast = days[index];
        return forecast === undefined ? camera : { ...camera, forecastDays: forecast };
      })
      .filter(({ removed, footageBytes }) => !removed || footageBytes > 0);
  }

  #camera(camera: KeptCamera, footageBytes: number, locks: readonly EvidenceLock[]): CameraStorage {
    const { rows } = this.#parts;
    const streams = camera.streamIds.flatMap((id) => this.#reads.stream(id)?.number ?? []);
    const oldest = streams.flatMap((stream) => this.#reads.oldestMs(stream) ?? []);
    const newest = streams.flatMap((stream) => this.#reads.newestMs(stream) ?? []);
    const { keepDays, quotaBytes } = camera;
    return {
      cameraId: camera.id,
      name: camera.name,
      removed: camera.isRemoved,
      footageBytes,
      lockedBytes: lockedBytes(rows, camera.streamIds, locks),
      ...(oldest.length === 0 ? {} : { oldestMs: Math.min(...oldest) }),
      ...(newest.length === 0 ? {} : { newestMs: Math.max(...newest) }),
      ...(keepDays === undefined ? {} : { keepDays }),
      ...(quotaBytes === undefined ? {} : { quotaBytes }),
      bytesPerDay: bytesPerDay(camera, rows),
    };
  }
}

/** What locks hold, each segment counted once per lock stretch: ranges that touch are one. */
function lockedBytes(
  rows: RetentionRows,
  streamIds: readonly StreamId[],
  locks: readonly EvidenceLock[],
): number {
  const ranges: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of locks) {
    const last = ranges.at(-1);
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else ranges.push({ startMs, endMs });
  }
  let bytes = 0;
  for (const streamId of streamIds) {
    for (const { startMs, endMs } of ranges) bytes += rows.sizeBetween(streamId, startMs, endMs);
  }
  return bytes;
}

function shownVolume(row: VolumeRow, status: VolumeStatus | undefined, footageBytes: number): StorageVolume {
  const state = status === undefined || status.state === 'unseen' ? 'missing' : status.state;
  return {
    id: row.id,
    name: row.name,
    folder: row.folder,
    state,
    retired: row.retiredMs !== undefined,
    ...status?.room,
    reserveBytes: Math.round(status?.reserveBytes ?? 0),
    reserveSet: row.reserveBytes !== undefined,
    footageBytes,
  };
}

/** A reserve that was not held against the disk would delete footage once the disk is there again. */
function checkReserve(bytes: number, totalBytes: number | undefined): void {
  if (totalBytes === undefined) {
    throw new LookoutError('NOT_ALLOWED', 'How large this volume is, is not known while it is not there.', {
      field: 'reserveBytes',
      hint: 'Connect its disk first.',
    });
  }
  if (bytes > totalBytes * reserveShareLimit) {
    throw new LookoutError('INVALID_INPUT', 'That would leave too little of the volume for recordings.', {
      field: 'reserveBytes',
      hint: `At most ${reserveShareLimit * 100} % of it can be kept free.`,
    });
  }
}

function sum(sizes: readonly { readonly sizeBytes: number }[]): number {
  return sizes.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
}

function notFound(): LookoutError {
  return new LookoutError('VOLUME_NOT_FOUND', 'There is no such volume.', { field: 'volumeId' });
}
