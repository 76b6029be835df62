// Evidence locks: footage of a camera that retention leaves alone, until somebody releases it or its time is over.

import type { WallClock } from '../../recorder/model/clock.ts';
import { type CameraId, type LockId, newId } from '../../recorder/model/ids.ts';
import type { CameraRows } from '../catalog/cameras.ts';
import type { LockRows } from '../catalog/locks.ts';
import { LookoutError } from '../contract/errors.ts';
import type { Person } from '../contract/shapes.ts';
import type { EvidenceLock } from '../contract/storage.ts';

/** More than a site has cases; each is looked at when footage is deleted. */
export const lockLimit = 10_000;

export interface LockParts {
  readonly rows: LockRows;
  readonly cameras: CameraRows;
  readonly clock: WallClock;
  /** Called after each change, so that what is kept beside the catalog follows. */
  readonly onChange: (cameraId: CameraId) => void;
}

/** Everything throws LookoutError for what it refuses. */
export class LockService {
  readonly #parts: LockParts;

  constructor(parts: LockParts) {
    this.#parts = parts;
  }

  /** Those that hold, the oldest first. */
  list(cameraId?: CameraId): EvidenceLock[] {
    return this.#parts.rows.held(cameraId);
  }

  /** The footage need not be there yet: what is recorded in the range later is locked as well. */
  add(input: Omit<EvidenceLock, 'id' | 'createdMs' | 'createdBy'>, person: Person): EvidenceLock {
    const { rows, cameras, clock, onChange } = this.#parts;
    const { cameraId, expiresMs } = input;
    if (!cameras.streamPlaces().some((place) => place.cameraId === cameraId)) {
      throw new LookoutError('CAMERA_NOT_FOUND', 'There is no such camera.', { field: 'cameraId' });
    }
    const nowMs = clock.nowMs();
    if (expiresMs !== undefined && expiresMs <= nowMs) {
      throw new LookoutError('INVALID_INPUT', 'The lock would be over already.', { field: 'expiresMs' });
    }
    if (rows.held().length >= lockLimit) {
      throw new LookoutError('LIMIT_REACHED', `A station has at most ${lockLimit} evidence locks.`, {
        hint: 'Release locks that are no longer needed.',
      });
    }
    const lock: EvidenceLock = { ...input, id: newId<LockId>(), createdMs: nowMs, createdBy: person.name };
    rows.add(lock);
    onChange(cameraId);
    return lock;
  }

  release(id: LockId, person: Person): void {
    const { rows, clock, onChange } = this.#parts;
    const lock = rows.held().find((held) => held.id === id);
    if (lock === undefined || !rows.release(id, clock.nowMs(), person.name)) {
      throw new LookoutError('LOCK_NOT_FOUND', 'This lock does not hold any more.', { field: 'lockId' });
    }
    onChange(lock.cameraId);
  }
}
