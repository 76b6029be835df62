// The delete procedure from its step 2 on, for all volumes; and what a disk does not give up.

import type { VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { storeFiles } from '../../recorder/segments/durable.ts';
import { finishGarbage, type StuckFile } from '../../recorder/segments/garbage.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { segmentPath } from '../../recorder/segments/segment-path.ts';
import type { Volume } from '../../recorder/segments/volume.ts';
import type { Volumes } from '../../recorder/segments/volumes.ts';
import type { KeptSegment } from '../catalog/retention.ts';

/** A few files may be held by whoever reads them (Windows) or lie on a bad sector; beyond this it is the disk. */
export const stuckLimit = 16;
/** Each file is told of once, and after this many there is nothing new to say. */
const toldLimit = 1_000;

export interface DisposalParts {
  readonly volumes: Volumes;
  readonly ledger: FootageLedger;
  readonly log: Log;
}

export class GarbageDisposal {
  readonly #parts: DisposalParts;
  readonly #told = new Set<string>();
  readonly #stuck = new Map<VolumeId, ReadonlySet<string>>();
  readonly #left = new Map<VolumeId, ReadonlySet<string>>();

  constructor(parts: DisposalParts) {
    this.#parts = parts;
  }

  /**
   * Steps 2 to 4 on every volume that is there, until `isStopping`. What stays on the list is tried again with the next call.
   * Never rejects.
   */
  async finish(isStopping: () => boolean): Promise<void> {
    const { volumes, ledger, log } = this.#parts;
    for (const volume of volumes.ready()) {
      try {
        const stuckBefore = this.#stuck.get(volume.id);
        const options = { isLate: isStopping, stuckBefore };
        const { stuck, left } = await finishGarbage(storeFiles, volume, ledger, options);
        // What was not tried again is not known to be any better.
        const asBefore = left.filter((path) => stuckBefore?.has(path) === true);
        this.#stuck.set(volume.id, new Set([...stuck.map(({ path }) => path), ...asBefore]));
        this.#left.set(volume.id, new Set(left));
        for (const file of stuck) this.#tell(volume, file);
        volumes.setKeepsDeleted(volume.id, stuck.length > stuckLimit);
      } catch (error) {
        log.error({ err: error, volumeId: volume.id }, 'Deleted footage could not all be unlinked');
      }
    }
  }

  /** Deleted, but its file is still there: no room was made. */
  isStuck(segment: KeptSegment): boolean {
    const path = segmentPath(segment, segment.startMs);
    return [this.#stuck, this.#left].some((paths) => paths.get(segment.volumeId)?.has(path) === true);
  }

  #tell({ id }: Volume, { path, error }: StuckFile): void {
    const key = `${id}/${path}`;
    if (this.#told.has(key) || this.#told.size >= toldLimit) return;
    this.#told.add(key);
    this.#parts.log.error({ err: error, volumeId: id, path }, 'A deleted file could not be unlinked');
  }
}
