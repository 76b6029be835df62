// What a window remembers of its wall, read from what the station kept. Pure.
import { isId, type ViewId } from '../../recorder/model/ids.ts';
import type { RememberedWall, ShownView } from './wall.ts';
import { allCameras, readView } from './wall-view.ts';

/** What stands there may be of any age: what makes no sense is as if nobody had chosen. */
export function readWall(stored: Readonly<Record<string, unknown>>): RememberedWall {
  const page = stored['page'];
  return {
    view: readView(stored['view']) ?? allCameras,
    saved: readShownView(stored['saved']),
    page: typeof page === 'number' && Number.isSafeInteger(page) && page >= 0 ? page : 0,
    showsDetails: stored['showsDetails'] === true,
    showsList: stored['showsList'] === true,
  };
}

function readShownView(stored: unknown): ShownView | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { id, name } = { id: undefined, name: undefined, ...stored } as Record<string, unknown>;
  return typeof id === 'string' && isId(id) && typeof name === 'string'
    ? { id: id as ViewId, name }
    : undefined;
}
