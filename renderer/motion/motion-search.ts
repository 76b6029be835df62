// The search for motion: whether its panel is open, how regions are drawn, and the region of each camera. Lives as long as the window.

import { create } from 'zustand';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import type { Ranges } from '../timeline/ranges.ts';
import type { Region } from './region.ts';
import type { Span } from './search-range.ts';

export type Pen = Region['shape'];

/** Opens and closes the panel, as buttons show it. */
export const panelKey = 'Shift+F';

/** Where something moved, for the timeline to show. */
interface Found {
  readonly streamId: StreamId;
  readonly hits: Ranges;
}

interface MotionSearchState {
  readonly isOpen: boolean;
  readonly pen: Pen;
  readonly span: Span;
  readonly regions: ReadonlyMap<CameraId, Region>;
  /** What the search on screen has found so far; undefined while none is on screen. */
  readonly found: Found | undefined;
  /** The region on screen was placed by a button: the next keys are meant for it. */
  readonly isPlaced: boolean;
}

export const useMotionSearch = create<MotionSearchState>(() => ({
  isOpen: false,
  pen: 'rectangle',
  span: 'day',
  regions: new Map(),
  found: undefined,
  isPlaced: false,
}));

export const motionSearch = {
  toggle: () => useMotionSearch.setState(({ isOpen }) => ({ isOpen: !isOpen })),
  close: () => useMotionSearch.setState({ isOpen: false }),
  find: (found: Found | undefined) => useMotionSearch.setState({ found }),
  take: (pen: Pen) => useMotionSearch.setState({ pen }),
  over: (span: Span) => useMotionSearch.setState({ span }),
  /** `region` undefined takes the camera's region away. */
  draw: (cameraId: CameraId, region: Region | undefined, isPlaced = false) =>
    useMotionSearch.setState(({ regions }) => {
      const next = new Map(regions);
      if (region === undefined) next.delete(cameraId);
      else next.set(cameraId, region);
      return { regions: next, isPlaced };
    }),
};

export function useRegion(cameraId: CameraId): Region | undefined {
  return useMotionSearch(({ regions }) => regions.get(cameraId));
}
