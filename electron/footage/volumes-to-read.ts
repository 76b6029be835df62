// The list of volumes whose footage the catalog may not know: kept in it until each was read through.

import type { VolumeId } from '../../recorder/model/ids.ts';
import type { Catalog } from '../catalog/open.ts';
import { SettingRows } from '../catalog/settings.ts';

/** Row of the settings that holds it. */
const setting = 'volumesToRead';

/** What changes it throws what the catalog throws. */
export class VolumesToRead {
  readonly #settings: SettingRows;

  constructor(catalog: Catalog) {
    this.#settings = new SettingRows(catalog);
  }

  has(id: VolumeId): boolean {
    return this.#list().includes(id);
  }

  add(ids: readonly VolumeId[]): void {
    this.#set([...new Set([...this.#list(), ...ids])]);
  }

  /** One was read through, and nothing was left of it. */
  drop(id: VolumeId): void {
    this.#set(this.#list().filter((other) => other !== id));
  }

  #list(): VolumeId[] {
    try {
      return JSON.parse(this.#settings.get(setting) ?? '[]') as VolumeId[];
    } catch {
      return [];
    }
  }

  #set(ids: readonly VolumeId[]): void {
    this.#settings.set(setting, JSON.stringify(ids));
  }
}
