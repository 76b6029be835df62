// Rows of evidence locks. The table itself sees to it that nothing in a held lock is deleted.

import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId, LockId } from '../../recorder/model/ids.ts';
import type { EvidenceLock } from '../contract/storage.ts';
import type { Catalog } from './open.ts';
import { evidenceLocks } from './schema.ts';

/** Who releases a lock whose time is over. */
export const byExpiry = 'expiry';

export class LockRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Also one that is known already, which stays as it is. */
  add(lock: EvidenceLock): void {
    this.#catalog.orm.insert(evidenceLocks).values(lock).onConflictDoNothing().run();
  }

  /** Locks that hold, the oldest first. */
  held(cameraId?: CameraId): EvidenceLock[] {
    return this.#catalog.orm
      .select()
      .from(evidenceLocks)
      .where(
        and(
          isNull(evidenceLocks.releasedMs),
          cameraId === undefined ? undefined : eq(evidenceLocks.cameraId, cameraId),
        ),
      )
      .orderBy(asc(evidenceLocks.startMs), asc(evidenceLocks.id))
      .all()
      .map(({ id, cameraId: ofCamera, startMs, endMs, reason, createdMs, createdBy, expiresMs }) => ({
        ...{ id, cameraId: ofCamera, startMs, endMs, reason, createdMs, createdBy },
        ...(expiresMs === null ? {} : { expiresMs }),
      }));
  }

  /** False when no such lock holds. */
  release(id: LockId, nowMs: EpochMs, by: string): boolean {
    const released = { releasedMs: nowMs, releasedBy: by };
    const holding = and(eq(evidenceLocks.id, id), isNull(evidenceLocks.releasedMs));
    return this.#catalog.orm.update(evidenceLocks).set(released).where(holding).run().changes === 1;
  }

  /** Releases what has expired; returns how many locks that were. */
  expire(nowMs: EpochMs): number {
    const over = and(isNull(evidenceLocks.releasedMs), lte(evidenceLocks.expiresMs, nowMs));
    const released = { releasedMs: nowMs, releasedBy: byExpiry };
    return this.#catalog.orm.update(evidenceLocks).set(released).where(over).run().changes;
  }
}
