// How this desk arranges its wall: the layout is kept on this machine, the rest lives as long as the window.
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { StreamId } from '../../recorder/model/ids.ts';

export const layouts = [1, 4, 9] as const;
export type Layout = (typeof layouts)[number];

interface Wall {
  /** Undefined until somebody chose: then the smallest that shows all cameras. */
  readonly layout: Layout | undefined;
  readonly showsDetails: boolean;
  readonly page: number;
  /** One tile over the whole wall. */
  readonly enlarged: StreamId | undefined;
  /** The tile that has the keyboard. */
  readonly focused: StreamId | undefined;
}

export const useWall = create<Wall>()(
  persist(
    (): Wall => ({
      layout: undefined,
      showsDetails: false,
      page: 0,
      enlarged: undefined,
      focused: undefined,
    }),
    {
      name: 'lookout.wall',
      partialize: ({ layout, showsDetails }) => ({ layout, showsDetails }),
      // What stands in storage may be of any age.
      merge: (stored, fresh) => {
        const kept = (stored ?? {}) as Partial<Wall>;
        return {
          ...fresh,
          layout: layouts.find((layout) => layout === kept.layout),
          showsDetails: kept.showsDetails === true,
        };
      },
    },
  ),
);

export const wall = {
  choose: (layout: Layout) => useWall.setState({ layout, page: 0, enlarged: undefined }),
  turnTo: (page: number) => useWall.setState({ page, enlarged: undefined }),
  toggleDetails: () => useWall.setState(({ showsDetails }) => ({ showsDetails: !showsDetails })),
  enlarge: (streamId: StreamId | undefined) => useWall.setState({ enlarged: streamId }),
  toggleEnlarged: (streamId: StreamId) =>
    useWall.setState(({ enlarged }) => ({ enlarged: enlarged === streamId ? undefined : streamId })),
  focus: (streamId: StreamId | undefined) => useWall.setState({ focused: streamId }),
};

/** The layout in use: the chosen one, else the smallest that shows all cameras. */
export function layoutFor(chosen: Layout | undefined, cameraCount: number): Layout {
  return chosen ?? layouts.find((layout) => layout >= cameraCount) ?? 9;
}

/** The page that is shown, though cameras may have gone meanwhile, and how many there are. */
export function pageOf(wanted: number, layout: Layout, cameraCount: number): { page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(cameraCount / layout));
  return { page: Math.min(Math.max(0, wanted), pages - 1), pages };
}
