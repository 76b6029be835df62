// The stretch of time the operator has chosen by its in and out; it lives as long as the window, for one camera after the other.
import { create } from 'zustand';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { nothingSelected, type Selection } from '../timeline/marks.ts';

export const useSelection = create<Selection>(() => nothingSelected);

/** In before out: what would lie on the wrong side of the other is dropped, as in every editing program. */
export function withIn({ outMs }: Selection, ms: EpochMs): Selection {
  const inMs = Math.round(ms);
  return { inMs, outMs: outMs !== undefined && outMs > inMs ? outMs : undefined };
}

export function withOut({ inMs }: Selection, ms: EpochMs): Selection {
  const outMs = Math.round(ms);
  return { outMs, inMs: inMs !== undefined && inMs < outMs ? inMs : undefined };
}

/** What a mark made now is about: the selection, from its in to what is shown while it has no out, else what is shown. */
export function rangeToMark(
  { inMs, outMs }: Selection,
  shownMs: EpochMs,
): { readonly startMs: EpochMs; readonly endMs?: EpochMs } {
  const shown = Math.round(shownMs);
  const endMs = outMs ?? shown;
  return inMs !== undefined && endMs > inMs ? { startMs: inMs, endMs } : { startMs: shown };
}

export const selection = {
  setIn: (ms: EpochMs) => useSelection.setState((state) => withIn(state, ms)),
  setOut: (ms: EpochMs) => useSelection.setState((state) => withOut(state, ms)),
  /** Both ends at once, as a hand draws them. */
  set: ({ inMs, outMs }: Selection) => {
    if (inMs !== undefined && outMs !== undefined && outMs > inMs) useSelection.setState({ inMs, outMs });
  },
  clear: () => useSelection.setState(nothingSelected),
};
