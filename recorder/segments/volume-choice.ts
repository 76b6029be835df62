// Which volume the next segment of a stream goes to.

import type { VolumeId } from '../model/ids.ts';

/** A volume that could take a segment now. */
export interface Candidate {
  readonly id: VolumeId;
  readonly freeBytes: number;
  /** What is to stay free on it; retention keeps it so. */
  readonly reserveBytes: number;
  /** It refused footage a moment ago. */
  readonly isResting: boolean;
}

/**
 * Below this nothing is begun on a volume: its last bytes are for closing what is open, and for the catalog, which may
 * lie on the same disk. A quarter of the reserve, and a gibibyte at most.
 */
export function floorBytes(reserveBytes: number): number {
  return Math.min(reserveBytes / 4, 2 ** 30);
}

/** What a volume has free above its reserve; negative when it is into it. */
function roomOf({ freeBytes, reserveBytes }: Candidate): number {
  return freeBytes - reserveBytes;
}

/**
 * The rule: a stream stays on the volume of its segment before (`before`) while that has room above its reserve and no
 * other has more by the other's whole reserve, so that footage of an hour is not strewn over all disks. Else it goes to
 * the one with the most room. One that refused footage a moment ago is taken when there is no other.
 * @returns undefined when every candidate is below its floor, or there is none
 */
export function chooseVolume(
  candidates: readonly Candidate[],
  before: VolumeId | undefined,
): VolumeId | undefined {
  const open = candidates.filter(({ freeBytes, reserveBytes }) => freeBytes >= floorBytes(reserveBytes));
  const rested = open.filter(({ isResting }) => !isResting);
  const [first, ...others] = rested.length > 0 ? rested : open;
  if (first === undefined) return undefined;
  const best = others.reduce((one, other) => (roomOf(other) > roomOf(one) ? other : one), first);
  const own = [first, ...others].find(({ id }) => id === before);
  const mayStay = own !== undefined && roomOf(own) > 0 && roomOf(best) - roomOf(own) <= best.reserveBytes;
  return mayStay ? own.id : best.id;
}
