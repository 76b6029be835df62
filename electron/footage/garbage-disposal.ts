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

  constructor(parts: DisposalParts) {
    this.#parts = parts;
  }

  /** Steps 2 to 4 on every volume that is there. What stays on the list is tried again with the next call. Never rejects. */
  async finish(): Promise<void> {
    const { volumes, ledger, log } = this.#parts;
    for (const volume of volumes.ready()) {
      try {
        const { stuck } = await finishGarbage(storeFiles, volume, ledger);
        this.#stuck.set(volume.id, new Set(stuck.map(({ path }) => path)));
        for (const file of stuck) this.#tell(volume, file);
        volumes.setKeepsDeleted(volume.id, stuck.length > stuckLimit);
      } catch (error) {
        log.error({ err: error, volumeId: volume.id }, 'Deleted footage could not all be unlinked');
      }
    }
  }

  /** Deleted, but its file is still there: no room was made. */
  isStuck(segment: KeptSegment): boolean {
    return this.#stuck.get(segment.volumeId)?.has(segmentPath(segment, segment.startMs)) === true;
  }

  #tell({ id }: Volume, { path, error }: StuckFile): void {
    const key = `${id}/${path}`;
    if (this.#told.has(key) || this.#told.size >= toldLimit) return;
    this.#told.add(key);
    this.#parts.log.error({ err: error, volumeId: id, path }, 'A deleted file could not be unlinked');
  }
}
