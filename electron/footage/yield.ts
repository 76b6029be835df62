// Which volumes get emptier when footage is deleted from them: a disk may keep what was on it (snapshots), or another program
// may take it at once. Footage of such a volume goes in vain.

import { dayMs, hourMs, type Instant, type MonotonicClock } from '../../recorder/model/clock.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import type { VolumeStatus } from '../../recorder/segments/volumes.ts';

/** Less than this part of what was deleted is no room; some disks take their time to count it as free. */
const leastShare = 1 / 4;
/** Asking a volume again costs footage: the rest is longer each time, up to a day. */
const firstRestMs = hourMs;
const longestRestMs = dayMs;

interface Deleted {
  bytes: number;
  readonly freeBytesBefore: number;
  readonly at: Instant;
}

interface Rest {
  readonly since: Instant;
  readonly restMs: number;
}

export class Yield {
  readonly #clock: MonotonicClock;
  readonly #deleted = new Map<VolumeId, Deleted>();
  readonly #rests = new Map<VolumeId, Rest>();

  constructor(clock: MonotonicClock) {
    this.#clock = clock;
  }

  /** Files of the volume were unlinked. */
  deleted({ id, room }: VolumeStatus, bytes: number): void {
    if (room === undefined) return;
    const known = this.#deleted.get(id);
    if (known === undefined) {
      this.#deleted.set(id, { bytes, freeBytesBefore: room.freeBytes, at: this.#clock.now() });
    } else known.bytes += bytes;
  }

  /**
   * To be asked once per check, some time after files were unlinked and the volumes looked at.
   * @param bytesPerMs what the station records, which takes room meanwhile
   */
  judge(volumes: readonly VolumeStatus[], bytesPerMs: number): void {
    for (const { id, room } of volumes) {
      const deleted = this.#deleted.get(id);
      this.#deleted.delete(id);
      if (deleted === undefined || room === undefined) continue;
      const dueBytes = deleted.bytes - this.#clock.elapsedMs(deleted.at) * bytesPerMs;
      if (dueBytes <= 0) continue;
      if (room.freeBytes - deleted.freeBytesBefore >= dueBytes * leastShare) this.#rests.delete(id);
      else {
        const restMs = Math.min(longestRestMs, 2 * (this.#rests.get(id)?.restMs ?? firstRestMs / 2));
        this.#rests.set(id, { since: this.#clock.now(), restMs });
      }
    }
  }

  /** False for a while after a volume got no emptier. */
  isToBeExpected(id: VolumeId): boolean {
    const rest = this.#rests.get(id);
    return rest === undefined || this.#clock.elapsedMs(rest.since) >= rest.restMs;
  }
}
