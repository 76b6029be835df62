// Footage and locks of a made station, as retention finds them.

import { newId, type VolumeId } from '../../recorder/model/ids.ts';
import type { MadeCamera, MadeUpkeep } from './made-upkeep.ts';

export const dayMs = 86_400_000;
export const mb = 1_000_000;

export interface RecordedMinutes {
  readonly camera?: MadeCamera;
  readonly on?: VolumeId;
  /** Of each minute. */
  readonly sizeBytes?: number;
}

/** Minutes of footage, one segment each. */
export function recordMinutes(
  upkeep: MadeUpkeep,
  minutes: RecordedMinutes & { readonly fromMs: number; readonly minutes: number; readonly on: VolumeId },
): void {
  const { camera = upkeep.camera, on, sizeBytes = mb, fromMs } = minutes;
  const all = () => {
    for (let minute = 0; minute < minutes.minutes; minute += 1) {
      const startMs = fromMs + minute * 60_000;
      upkeep.commit(camera, on, { startMs, endMs: startMs + 60_000 }, sizeBytes);
    }
  };
  upkeep.made.catalog.database.transaction(all)();
}

export function lockRange(
  upkeep: MadeUpkeep,
  range: { startMs: number; endMs: number; expiresMs?: number; camera?: MadeCamera },
): void {
  const { startMs, endMs, expiresMs, camera = upkeep.camera } = range;
  upkeep.locks.add({
    id: newId(),
    cameraId: camera.cameraId,
    ...{ startMs, endMs, reason: 'A case', createdMs: 1, createdBy: 'Eva' },
    ...(expiresMs === undefined ? {} : { expiresMs }),
  });
}
