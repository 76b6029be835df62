// What the tests of retention do with a made station: footage by the minute, locks, and what is left of both.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { newId, type VolumeId } from '../../recorder/model/ids.ts';
import { CameraRows } from '../catalog/cameras.ts';
import type { MadeCamera, MadeUpkeep } from './made-upkeep.ts';

export const mb = 1_000_000;

interface RecordedMinutes {
  readonly camera?: MadeCamera;
  readonly on?: VolumeId;
  /** Of each minute. */
  readonly sizeBytes?: number;
}

interface LockedRange {
  readonly expiresMs?: EpochMs;
  readonly camera?: MadeCamera;
}

/** `world`: the station of the test that runs, and the disk that is meant where none is named. */
export function retentionTools(world: () => { readonly upkeep: MadeUpkeep; readonly disk: VolumeId }) {
  return {
    cameras: () => new CameraRows(world().upkeep.made.catalog),
    starts: () =>
      world()
        .upkeep.kept()
        .map(({ startMs }) => startMs),
    standing: () =>
      world()
        .upkeep.alarms.list()
        .map(({ kind }) => kind),
    /** Minutes of footage, one segment each. */
    record: (fromMs: EpochMs, minutes: number, recorded: RecordedMinutes = {}): void => {
      const { upkeep, disk } = world();
      const { camera = upkeep.camera, on = disk, sizeBytes = mb } = recorded;
      const all = () => {
        for (let minute = 0; minute < minutes; minute += 1) {
          const startMs = fromMs + minute * 60_000;
          upkeep.commit(camera, on, { startMs, endMs: startMs + 60_000 }, sizeBytes);
        }
      };
      upkeep.made.catalog.database.transaction(all)();
    },
    lock: (startMs: EpochMs, endMs: EpochMs, locked: LockedRange = {}): void => {
      const { upkeep } = world();
      const { expiresMs, camera = upkeep.camera } = locked;
      upkeep.locks.add({
        id: newId(),
        cameraId: camera.cameraId,
        ...{ startMs, endMs, reason: 'A case', createdMs: 1, createdBy: 'Eva' },
        ...(expiresMs === undefined ? {} : { expiresMs }),
      });
    },
  };
}
