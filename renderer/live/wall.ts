// The wall of this window: its view, and what is being done on it. The view is remembered, see wall-memory.ts.
import { create } from 'zustand';
import type { CameraId, StreamId, ViewId } from '../../recorder/model/ids.ts';
import type { Layout } from './wall-shape.ts';
import { allCameras, type WallView } from './wall-view.ts';
import { wholePicture, type Zoom } from './zoom.ts';

/** The saved view that is shown, perhaps with changes nobody saved yet. */
export interface ShownView {
  readonly id: ViewId;
  readonly name: string;
}

export interface Wall {
  readonly view: WallView;
  /** What the view was before its last changes, newest last. */
  readonly past: readonly WallView[];
  /** Undefined for all cameras and for a view nobody saved. */
  readonly saved: ShownView | undefined;
  readonly page: number;
  readonly showsDetails: boolean;
  /** The list of cameras beside the wall. */
  readonly showsList: boolean;
  /** One tile over the whole wall. */
  readonly enlarged: StreamId | undefined;
  /** The tile that has the keyboard. */
  readonly focused: StreamId | undefined;
  /** The camera a hotspot follows: the one that had the keyboard last. */
  readonly selected: CameraId | undefined;
  /** Tiles are being moved and resized. */
  readonly isArranging: boolean;
  /** Pages turn by themselves. */
  readonly isTouring: boolean;
  /** The one camera that is heard. */
  readonly heard: StreamId | undefined;
  readonly zooms: ReadonlyMap<StreamId, Zoom>;
  /** Tiles that show the past, with the moment at which they began, UTC ms. */
  readonly replays: ReadonlyMap<StreamId, number>;
}

/** Changes of a view that can be taken back. */
const pastLimit = 30;

/** What a restart brings back. */
export type RememberedWall = Pick<Wall, 'view' | 'saved' | 'page' | 'showsDetails' | 'showsList'>;

export const useWall = create<Wall>()(() => ({
  view: allCameras,
  past: [],
  saved: undefined,
  page: 0,
  showsDetails: false,
  showsList: false,
  enlarged: undefined,
  focused: undefined,
  selected: undefined,
  isArranging: false,
  isTouring: false,
  heard: undefined,
  zooms: new Map(),
  replays: new Map(),
}));

const { setState: set, getState: get } = useWall;

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  return new Map([...map].filter(([one]) => one !== key));
}

/** Another view in place of the one that is shown, which can be taken back. */
function changed({ view, past }: Wall, next: WallView): Pick<Wall, 'view' | 'past'> {
  return { view: next, past: [...past, view].slice(-pastLimit) };
}

export const wall = {
  /** A usual layout for what the view shows. */
  choose: (layout: Layout) =>
    set((state) => ({
      ...(state.view.layout === layout ? {} : changed(state, { ...state.view, layout })),
      ...{ page: 0, enlarged: undefined, isArranging: false },
    })),
  /** Another view altogether; one with a tour sets out at once. */
  show: (view: WallView, saved: ShownView | undefined) =>
    set({
      ...{ view, saved, past: [], page: 0, enlarged: undefined, isArranging: false },
      ...{ isTouring: view.tourS !== undefined, replays: new Map(), zooms: new Map() },
    }),
  /** A change of the view that is shown. */
  change: (view: WallView) => set((state) => changed(state, view)),
  undo: () =>
    set(({ view, past, isTouring }) => {
      const before = past.at(-1) ?? view;
      return {
        ...{ view: before, past: past.slice(0, -1) },
        isTouring: before.tourS === view.tourS ? isTouring : before.tourS !== undefined,
      };
    }),
  /** The view stands under a name now, or no longer. */
  named: (saved: ShownView | undefined) => set({ saved }),
  turnTo: (page: number) => set({ page, enlarged: undefined }),
  toggleDetails: () => set(({ showsDetails }) => ({ showsDetails: !showsDetails })),
  toggleList: () => set(({ showsList }) => ({ showsList: !showsList })),
  enlarge: (streamId: StreamId | undefined) => set({ enlarged: streamId }),
  toggleEnlarged: (streamId: StreamId) =>
    set(({ enlarged }) => ({ enlarged: enlarged === streamId ? undefined : streamId })),
  focus: (streamId: StreamId | undefined) => set({ focused: streamId }),
  select: (cameraId: CameraId) => set({ selected: cameraId }),
  arrange: (isArranging: boolean) => set({ isArranging, enlarged: undefined }),
  tour: (tourS: WallView['tourS']) =>
    set((state) => {
      const { tourS: before, ...view } = state.view;
      return {
        ...(before === tourS ? {} : changed(state, tourS === undefined ? view : { ...view, tourS })),
        isTouring: tourS !== undefined,
      };
    }),
  toggleTour: () => set(({ isTouring }) => ({ isTouring: !isTouring })),
  toggleHeard: (streamId: StreamId) =>
    set(({ heard }) => ({ heard: heard === streamId ? undefined : streamId })),
  zoomOf: (streamId: StreamId): Zoom => get().zooms.get(streamId) ?? wholePicture,
  zoom: (streamId: StreamId, zoom: Zoom) =>
    set(({ zooms }) => ({
      zooms: zoom.scale === 1 ? without(zooms, streamId) : new Map(zooms).set(streamId, zoom),
    })),
  /** Tiles leave live for the same moment of their recordings. */
  replay: (streamIds: readonly StreamId[], fromMs: number) =>
    set(({ replays }) => {
      const next = new Map(replays);
      for (const streamId of streamIds) if (!next.has(streamId)) next.set(streamId, fromMs);
      return { replays: next };
    }),
  goLive: (streamIds: readonly StreamId[]) =>
    set(({ replays }) => ({ replays: streamIds.reduce((rest, one) => without(rest, one), replays) })),
  /** The screen is left: whoever comes back to live wants to see the present. */
  leave: () => set({ replays: new Map() }),
  restore: (remembered: RememberedWall) =>
    set({ ...remembered, isTouring: remembered.view.tourS !== undefined }),
};
