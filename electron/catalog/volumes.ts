// The volumes footage lies on: rows refer to them by number, the identity file on the disk by id.

import { asc, eq } from 'drizzle-orm';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import type { Catalog } from './open.ts';
import { volumes } from './schema.ts';

export interface VolumeRow {
  readonly id: VolumeId;
  readonly folder: string;
  readonly name: string;
  /** Set by hand; undefined is the rule's own. */
  readonly reserveBytes: number | undefined;
  /** Since when nothing new is recorded on it. */
  readonly retiredMs: EpochMs | undefined;
}

export class VolumeRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Adds a volume, or notes that a known one is now found at another folder; a name given is its name from now on. */
  register(volume: {
    readonly id: VolumeId;
    readonly folder: string;
    readonly nowMs: EpochMs;
    readonly name?: string;
  }): void {
    const { id, folder, nowMs, name } = volume;
    const named = name === undefined ? {} : { name };
    this.#catalog.orm
      .insert(volumes)
      .values({ id, folder, addedMs: nowMs, ...named })
      .onConflictDoUpdate({ target: volumes.id, set: { folder, ...named } })
      .run();
  }

  /** False when there is no such volume. */
  setReserve(id: VolumeId, bytes: number | undefined): boolean {
    return this.#set(id, { reserveBytes: bytes ?? null });
  }

  /** Undefined takes it into use again. False when there is no such volume. */
  setRetired(id: VolumeId, sinceMs: EpochMs | undefined): boolean {
    return this.#set(id, { retiredMs: sinceMs ?? null });
  }

  list(): VolumeRow[] {
    return this.#catalog.orm
      .select()
      .from(volumes)
      .orderBy(asc(volumes.number))
      .all()
      .map(({ id, folder, name, reserveBytes, retiredMs }) => ({
        id,
        folder,
        name,
        reserveBytes: reserveBytes ?? undefined,
        retiredMs: retiredMs ?? undefined,
      }));
  }

  #set(id: VolumeId, change: { reserveBytes?: number | null; retiredMs?: EpochMs | null }): boolean {
    return this.#catalog.orm.update(volumes).set(change).where(eq(volumes.id, id)).run().changes === 1;
  }
}
