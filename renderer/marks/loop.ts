// Whether the stretch between in and out is played again and again.
import { create } from 'zustand';
import type { Range } from '../timeline/ranges.ts';
import { useSelection } from './selection.ts';

export const loopKey = 'R';

export const useLoop = create<{ readonly isOn: boolean }>(() => ({ isOn: false }));

export const loop = {
  toggle: () => useLoop.setState(({ isOn }) => ({ isOn: !isOn })),
  /** What is looped now; undefined without a whole selection. */
  range: (): Range | undefined => {
    const { inMs, outMs } = useSelection.getState();
    if (!useLoop.getState().isOn || inMs === undefined || outMs === undefined) return undefined;
    return { startMs: inMs, endMs: outMs };
  },
};
