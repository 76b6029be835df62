// The volumes footage lies on: rows refer to them by number, the identity file on the disk by id.

import { asc } from 'drizzle-orm';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import type { Catalog } from './open.ts';
import { volumes } from './schema.ts';

export interface VolumeRow {
  readonly id: VolumeId;
  readonly folder: string;
}

export class VolumeRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Adds a volume, or notes that a known one is now found at another folder. */
  register(volume: VolumeRow & { readonly nowMs: EpochMs }): void {
    const { id, folder, nowMs } = volume;
    this.#catalog.orm
      .insert(volumes)
      .values({ id, folder, addedMs: nowMs })
      .onConflictDoUpdate({ target: volumes.id, set: { folder } })
      .run();
  }

  list(): VolumeRow[] {
    return this.#catalog.orm
      .select({ id: volumes.id, folder: volumes.folder })
      .from(volumes)
      .orderBy(asc(volumes.number))
      .all();
  }
}
