// Everything that looks after the footage store while the station runs, put together: volumes, retention, locks, scrub, storage.

import path from 'node:path';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { CameraId, VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import type { FilesUnderWay } from '../../recorder/segments/volumes.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { DamageRows } from '../catalog/damages.ts';
import { LockRows } from '../catalog/locks.ts';
import type { Catalog } from '../catalog/open.ts';
import type { Restored } from '../catalog/restore.ts';
import { RetentionRows } from '../catalog/retention.ts';
import { SettingRows } from '../catalog/settings.ts';
import { StoredFiles } from '../catalog/stored-files.ts';
import { VolumeRows } from '../catalog/volumes.ts';
import type { StorageOverview } from '../contract/storage.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';
import { tellIfAhead } from './ahead.ts';
import { CameraFiles } from './camera-files.ts';
import { ClockTrust } from './clock-trust.ts';
import { LockService } from './locks.ts';
import { writeOffMissing } from './presence.ts';
import { FootageReading } from './reading.ts';
import { adoptStation, adoptVolume, tellOfRestoring } from './restoration.ts';
import { Retention } from './retention.ts';
import { Scrub } from './scrub.ts';
import { StationVolumes } from './station-volumes.ts';
import { StorageService } from './storage.ts';
import { tellOfVolumes } from './volume-alarms.ts';

/** Footage that has to be read in again leaves most of a disk to recording and playback. */
const readingBytesPerSecond = 100_000_000;

export interface UpkeepParts {
  readonly catalog: Catalog;
  readonly ledger: FootageLedger;
  readonly alarms: AlarmBoard;
  readonly dataFolder: string;
  readonly clocks: Clocks;
  readonly log: Log;
  /** Evidence was locked or released, or a lock's time is over. */
  readonly onLocks?: () => void;
  /** When the catalog was last copied. */
  readonly backupMs: () => StorageOverview['backupMs'];
}

export interface Upkeep {
  readonly volumes: StationVolumes;
  readonly retention: Retention;
  readonly storage: StorageService;
  readonly locks: LockService;
  /** Before start step 1: what the footage says of itself becomes rows, and everything on the volumes will be read. */
  restore(restored: Restored): Promise<void>;
  /** A camera was added, changed or removed. */
  cameraChanged(): void;
  /** After start step 5. */
  start(): void;
  /** Resolves when nothing of it touches volumes or catalog any more. */
  stop(): Promise<void>;
}

export function composeUpkeep(parts: UpkeepParts): Upkeep {
  const { catalog, ledger, alarms, clocks, log, dataFolder } = parts;
  const rowsOf = composeRows(catalog, ledger);
  const { volumeRows, cameras, rows, lockRows } = rowsOf;
  const defaultFolder = path.join(dataFolder, 'footage');
  const reading = composeReading(parts, rowsOf, () => volumes.underWay);
  const stationVolumes = new StationVolumes({
    ...{ rows: volumeRows, ledger, places: () => cameras.streamPlaces(), reading, clocks, log },
    defaultFolder,
    onChange: () => {
      tellOfVolumes(alarms, volumes.status(), volumeRows.list());
      retention.wake();
    },
  });
  const { volumes } = stationVolumes;
  const cameraFiles = new CameraFiles({ catalog, dataFolder, volumes: () => volumes.ready(), log });
  const locksChanged = () => {
    void cameraFiles.write();
    parts.onLocks?.();
  };
  const look = async () => {
    await stationVolumes.look();
    tellOfVolumes(alarms, volumes.status(), volumeRows.list());
    tellIfAhead({ rows, ledger, alarms, clock: clocks.wall });
    void cameraFiles.write();
  };
  const trust = new ClockTrust(clocks, rows.newestMs(), distrustedMs(alarms));
  alarms.onRead('clock-jumped', () => trust.believe());
  const retention = new Retention({
    ...{ rows, locks: lockRows, volumeRows, volumes, look, ledger, alarms, trust, clocks, log },
    onExpired: () => locksChanged(),
  });
  const scrub = new Scrub({
    ...{ ...rowsOf, alarms, clocks, log, settings: new SettingRows(catalog) },
    volumes: () => volumes.ready(),
  });
  const locks = new LockService({
    ...{ rows: lockRows, cameras, clock: clocks.wall },
    onChange: () => {
      retention.locksChanged();
      locksChanged();
    },
  });
  const storage = new StorageService({
    ...{ catalog, rows, volumeRows, volumes, locks: lockRows, clock: clocks.wall },
    ...{ dataFolder, defaultFolder },
    onAdopted: (id) => reading.request([id]),
    onChange: async () => {
      await look();
      retention.reservesChanged();
    },
    upkeep: () => shownUpkeep(reading, scrub, parts.backupMs()),
  });
  return {
    ...{ volumes: stationVolumes, retention, storage, locks },
    restore: (restored) => restore(restored, parts, volumeRows, reading),
    cameraChanged: () => {
      void cameraFiles.write();
      // It may be another limit that was changed: what is over it goes soon, as the contract says.
      retention.wake();
    },
    start: () => {
      retention.start();
      scrub.start();
    },
    stop: async () => {
      await Promise.all([retention.stop(), scrub.stop(), reading.stop()]);
      await cameraFiles.write();
    },
  };
}

/** By how much the clock had jumped when the last run ended, if nobody believed it until then. */
function distrustedMs(alarms: AlarmBoard): number | undefined {
  const minutes = alarms.detailOf('clock-jumped', '')?.['minutes'];
  return minutes === undefined ? undefined : Number(minutes) * 60_000;
}

function composeReading(
  { catalog, ledger, alarms, clocks, log }: UpkeepParts,
  { cameras, files, damages, volumeName }: ReturnType<typeof composeRows>,
  underWay: () => FilesUnderWay,
): FootageReading {
  return new FootageReading({
    ...{ catalog, ledger, clocks, log, underWay, bytesPerSecond: readingBytesPerSecond },
    places: () => cameras.streamPlaces(),
    adopt: async ({ folder }) => void (await adoptVolume(catalog, folder, clocks.wall.nowMs(), log)),
    settle: async (volume, isStopping) => {
      const settling = { files, damages, alarms, volumeName, clock: clocks.wall, log };
      await writeOffMissing(volume, settling, isStopping);
    },
  });
}

/** Volumes that are not there now are asked again for what lies beside their footage when they come back. */
async function restore(
  restored: Restored,
  { catalog, alarms, dataFolder, clocks, log }: UpkeepParts,
  volumeRows: VolumeRows,
  reading: FootageReading,
): Promise<void> {
  const nowMs = clocks.wall.nowMs();
  reading.request(await adoptStation(catalog, dataFolder, nowMs));
  const withoutSignIn: string[] = [];
  for (const { folder } of volumeRows.list()) {
    const adopted = await adoptVolume(catalog, folder, nowMs, log).catch(() => undefined);
    withoutSignIn.push(...(adopted?.withoutSignIn ?? []));
  }
  tellOfRestoring(alarms, restored, withoutSignIn);
}

function composeRows(catalog: Catalog, ledger: FootageLedger) {
  const volumeRows = new VolumeRows(catalog);
  const rows = new RetentionRows(catalog);
  return {
    volumeRows,
    rows,
    cameras: new CameraRows(catalog),
    lockRows: new LockRows(catalog),
    damages: new DamageRows(catalog, ledger),
    files: new StoredFiles(catalog),
    footageBytes: (id: VolumeId) =>
      rows.sizes().reduce((sum, { volumeId, sizeBytes }) => sum + (volumeId === id ? sizeBytes : 0), 0),
    cameraName: (id: CameraId) => rows.cameras().find((camera) => camera.id === id)?.name ?? '',
    volumeName: (id: VolumeId) => volumeRows.list().find((volume) => volume.id === id)?.name ?? '',
  };
}

function shownUpkeep(
  reading: FootageReading,
  scrub: Scrub,
  backupMs: StorageOverview['backupMs'],
): Pick<StorageOverview, 'reading' | 'backupMs' | 'scrub'> {
  const { progress } = reading;
  return {
    ...(progress === undefined ? {} : { reading: progress }),
    ...(backupMs === undefined ? {} : { backupMs }),
    scrub: scrub.status(),
  };
}
