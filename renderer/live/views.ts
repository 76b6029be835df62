// Saved views of the wall: each person's own, kept by the station.
import { useQuery } from '@tanstack/react-query';
import type { SavedView, ViewLayout } from '../../electron/contract/views.ts';
import { api, station } from '../station/client.ts';
import { useWall, wall } from './wall.ts';
import { allCameras, readView, type WallView } from './wall-view.ts';

const noViews: readonly SavedView[] = [];

export function useViews(): readonly SavedView[] {
  return useQuery(api.views.list.queryOptions()).data ?? noViews;
}

/** The saved view that the wall shows, perhaps with changes nobody saved yet. */
export function useShownView(): SavedView | undefined {
  const shown = useWall((state) => state.saved);
  return useViews().find(({ id }) => id === shown?.id);
}

/** A view crosses the contract as plain JSON; what it means is the wall's own matter. */
function asLayout(view: WallView): ViewLayout {
  return JSON.parse(JSON.stringify(view)) as ViewLayout;
}

export function openView(saved: SavedView | undefined): void {
  if (saved === undefined) wall.show(allCameras, undefined);
  // One of a newer Lookout may say what this one does not understand.
  else wall.show(readView(saved.layout) ?? allCameras, { id: saved.id, name: saved.name });
}

/** Whether the wall shows something else than what stands under the view's name. */
export function isChanged(view: WallView, saved: SavedView): boolean {
  const stored = readView(saved.layout) ?? allCameras;
  return JSON.stringify(inOrder(view)) !== JSON.stringify(inOrder(stored));
}

function inOrder({ layout, slots, tourS }: WallView): WallView {
  return JSON.parse(JSON.stringify({ layout, slots, tourS })) as WallView;
}

/** Keeps the shown view under a name, as a new one or in place of `saved`. Rejects with what the station refused. */
export async function saveView(name: string, saved?: SavedView): Promise<void> {
  const { view } = useWall.getState();
  const kept = await station.views.save({
    name,
    layout: asLayout(view),
    ...(saved === undefined ? {} : { viewId: saved.id }),
  });
  wall.named({ id: kept.id, name: kept.name });
}

/** Another name for what stands under the old one; changes nobody saved stay unsaved. */
export async function renameView(saved: SavedView, name: string): Promise<void> {
  const kept = await station.views.save({ viewId: saved.id, name, layout: saved.layout });
  if (useWall.getState().saved?.id === saved.id) wall.named({ id: kept.id, name: kept.name });
}

export async function removeView(saved: SavedView): Promise<void> {
  await station.views.remove({ viewId: saved.id });
  if (useWall.getState().saved?.id === saved.id) wall.named(undefined);
}
