// Everything that looks after the footage store while the station runs, put together: volumes, retention, locks, storage.

import path from 'node:path';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { LockRows } from '../catalog/locks.ts';
import type { Catalog } from '../catalog/open.ts';
import { RetentionRows } from '../catalog/retention.ts';
import { VolumeRows } from '../catalog/volumes.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';
import { ClockTrust } from './clock-trust.ts';
import { LockService } from './locks.ts';
import { Retention } from './retention.ts';
import { StationVolumes } from './station-volumes.ts';
import { StorageService } from './storage.ts';
import { tellOfVolumes } from './volume-alarms.ts';

export interface UpkeepParts {
  readonly catalog: Catalog;
  readonly ledger: FootageLedger;
  readonly alarms: AlarmBoard;
  readonly dataFolder: string;
  readonly clocks: Clocks;
  readonly log: Log;
}

export interface Upkeep {
  readonly volumes: StationVolumes;
  readonly retention: Retention;
  readonly storage: StorageService;
  readonly locks: LockService;
  /** After start step 5. */
  start(): void;
  /** Resolves when nothing of it touches volumes or catalog any more. */
  stop(): Promise<void>;
}

export function composeUpkeep(parts: UpkeepParts): Upkeep {
  const { catalog, ledger, alarms, clocks, log, dataFolder } = parts;
  const volumeRows = new VolumeRows(catalog);
  const cameras = new CameraRows(catalog);
  const rows = new RetentionRows(catalog);
  const lockRows = new LockRows(catalog);
  const stationVolumes = new StationVolumes({
    rows: volumeRows,
    ledger,
    places: () => cameras.streamPlaces(),
    clocks,
    log,
    defaultFolder: path.join(dataFolder, 'footage'),
    onChange: () => {
      tellOfVolumes(alarms, stationVolumes.volumes.status(), volumeRows.list());
      retention.wake();
    },
  });
  const { volumes } = stationVolumes;
  const trust = new ClockTrust(clocks, rows.newestMs());
  alarms.onRead('clock-jumped', () => trust.believe());
  const look = async () => {
    await stationVolumes.look();
    tellOfVolumes(alarms, volumes.status(), volumeRows.list());
  };
  const retention = new Retention({
    ...{ rows, volumeRows, volumes, look, ledger, alarms, trust, clocks, log },
    locks: lockRows,
    onExpired: () => undefined,
  });
  const locks = new LockService({
    rows: lockRows,
    cameras,
    clock: clocks.wall,
    onChange: () => retention.locksChanged(),
  });
  const storage = new StorageService({
    ...{ catalog, rows, volumeRows, volumes, locks: lockRows, clock: clocks.wall },
    onChange: look,
    upkeep: () => ({ scrub: { share: 0 } }),
  });
  return {
    volumes: stationVolumes,
    retention,
    storage,
    locks,
    start: () => retention.start(),
    stop: async () => {
      await retention.stop();
      await stationVolumes.stop();
    },
  };
}
