// What the wall of this window showed is kept by the station, for each person by the window's number.
import { useSyncExternalStore } from 'react';
import type { ViewLayout } from '../../electron/contract/views.ts';
import { station } from '../station/client.ts';
import { readWall } from './remembered-wall.ts';
import { type RememberedWall, useWall, wall } from './wall.ts';
import { givenSeat, takeSeat } from './window-seat.ts';

/** Tells the station the newest wall, one call at a time. */
function keeper(seat: number): (remembered: RememberedWall) => void {
  let next: RememberedWall | undefined;
  let isTelling = false;
  const tell = async () => {
    isTelling = true;
    while (next !== undefined) {
      const wallNow = JSON.parse(JSON.stringify(next)) as ViewLayout;
      next = undefined;
      // What could not be told is told with the next change.
      await station.views.keepShown({ seat, wall: wallNow }).catch(() => undefined);
    }
    isTelling = false;
  };
  return (remembered) => {
    next = remembered;
    if (!isTelling) void tell();
  };
}

let isReady = false;
const waiting = new Set<() => void>();

async function remember(): Promise<void> {
  const seat = await takeSeat(givenSeat(window.location.search));
  // A station that does not answer leaves the wall as if nobody had chosen; what is chosen then is kept.
  const shown = await station.views.shown({ seat }).catch(() => undefined);
  wall.restore(readWall(shown?.wall ?? {}));
  const keep = keeper(seat);
  useWall.subscribe(({ view, saved, page, showsDetails, showsList }, before) => {
    const isSame =
      view === before.view &&
      saved === before.saved &&
      page === before.page &&
      showsDetails === before.showsDetails &&
      showsList === before.showsList;
    if (!isSame) keep({ view, saved, page, showsDetails, showsList });
  });
  isReady = true;
  for (const tell of waiting) tell();
}

let remembering: Promise<void> | undefined;

/** False until the window's own view is back. */
export function useRememberedWall(): boolean {
  return useSyncExternalStore(
    (changed) => {
      remembering ??= remember();
      waiting.add(changed);
      return () => waiting.delete(changed);
    },
    () => isReady,
  );
}
