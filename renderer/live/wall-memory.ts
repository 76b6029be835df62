// What the wall of this window showed is kept in the browser's storage of this desk, by the window's number.
import { useSyncExternalStore } from 'react';
import { isId, type ViewId } from '../../recorder/model/ids.ts';
import { type RememberedWall, type ShownView, useWall, wall } from './wall.ts';
import { allCameras, readView } from './wall-view.ts';
import { takeSeat } from './window-seat.ts';

const keyOf = (seat: number) => `lookout.wall.${seat}`;

/** What stands in storage may be of any age or broken: what makes no sense is as if nobody had chosen. */
export function readWall(text: string | null): RememberedWall {
  const stored = parse(text);
  const page = stored['page'];
  return {
    view: readView(stored['view']) ?? allCameras,
    saved: readShownView(stored['saved']),
    page: typeof page === 'number' && Number.isSafeInteger(page) && page >= 0 ? page : 0,
    showsDetails: stored['showsDetails'] === true,
    showsList: stored['showsList'] === true,
  };
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  } catch {
    return {};
  }
}

function readShownView(stored: unknown): ShownView | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { id, name } = { id: undefined, name: undefined, ...stored } as Record<string, unknown>;
  return typeof id === 'string' && isId(id) && typeof name === 'string'
    ? { id: id as ViewId, name }
    : undefined;
}

let isReady = false;
const waiting = new Set<() => void>();

async function remember(): Promise<void> {
  const key = keyOf(await takeSeat());
  wall.restore(readWall(localStorage.getItem(key)));
  useWall.subscribe(({ view, saved, page, showsDetails, showsList }, before) => {
    const isSame =
      view === before.view &&
      saved === before.saved &&
      page === before.page &&
      showsDetails === before.showsDetails &&
      showsList === before.showsList;
    if (!isSame) localStorage.setItem(key, JSON.stringify({ view, saved, page, showsDetails, showsList }));
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
