// Which cameras play on one clock: read from the address, and filled up to a layout's places.

import type { Camera } from '../../electron/contract/shapes.ts';

/** Pictures of the layouts. */
export const placesOf = [1, 4, 9, 16] as const;
const mostPlaces = 16;

/** The smallest layout that has room for so many. */
export function placesFor(count: number): number {
  return placesOf.find((places) => places >= count) ?? mostPlaces;
}

/** The cameras of an address (`a,b,c`) that are still here, each once. */
export function camerasOf(address: string | undefined, cameras: readonly Camera[]): readonly Camera[] {
  const ids = new Set(address?.split(',') ?? []);
  return Array.from(ids)
    .flatMap((wanted) => cameras.filter(({ id }) => id === wanted))
    .slice(0, mostPlaces);
}

/** So many cameras as an address has them: `first`, and those that follow it in the list, which goes round. */
export function fillPlaces(cameras: readonly Camera[], first: Camera | undefined, places: number): string {
  const from = Math.max(
    0,
    cameras.findIndex(({ id }) => id === first?.id),
  );
  return [...cameras.slice(from), ...cameras.slice(0, from)]
    .slice(0, places)
    .map(({ id }) => id)
    .join(',');
}
