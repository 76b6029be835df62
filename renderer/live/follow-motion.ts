// What moves, for the borders of tiles and for hotspots, while the wall is shown.
import { create } from 'zustand';
import { onStationEvent } from '../station/events.ts';
import { type Moving, movingAfter, nothingMoves } from './moving.ts';

export const useMoving = create<Moving>()(() => nothingMoves);

/** Listens while the wall is shown; returns how to stop. */
export function followMotion(): () => void {
  const stop = onStationEvent((event) => useMoving.setState(movingAfter(useMoving.getState(), event)));
  return () => {
    stop();
    useMoving.setState(nothingMoves);
  };
}
