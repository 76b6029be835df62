// The panel of marks: whether it is open and what it looks for; lives as long as the window, on every screen the same.
import { create } from 'zustand';
import type { MarkSearch } from '../../electron/contract/marks.ts';
import { dayMs, type EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId, TagId } from '../../recorder/model/ids.ts';
import { type MarkKind, markKinds } from '../../recorder/model/marks.ts';

/** How far back is looked, in days; undefined for any time. */
export const periods = { anyTime: undefined, day: 1, week: 7, month: 30 } as const;
export type Period = keyof typeof periods;

export interface MarkFilters {
  readonly words: string;
  /** All of them, until somebody takes some out. */
  readonly kinds: readonly MarkKind[];
  readonly cameraId: CameraId | undefined;
  readonly tagId: TagId | undefined;
  readonly period: Period;
}

export const noFilters: MarkFilters = {
  words: '',
  kinds: markKinds,
  cameraId: undefined,
  tagId: undefined,
  period: 'anyTime',
};

interface PanelState {
  readonly isOpen: boolean;
  readonly filters: MarkFilters;
}

export const useMarksPanel = create<PanelState>(() => ({ isOpen: false, filters: noFilters }));

export const marksPanel = {
  toggle: () => useMarksPanel.setState(({ isOpen }) => ({ isOpen: !isOpen })),
  close: () => useMarksPanel.setState({ isOpen: false }),
  filter: (change: Partial<MarkFilters>) =>
    useMarksPanel.setState(({ filters }) => ({ filters: { ...filters, ...change } })),
  reset: () => useMarksPanel.setState({ filters: noFilters }),
};

export function isFiltered({ words, kinds, cameraId, tagId, period }: MarkFilters): boolean {
  const allKinds = kinds.length === markKinds.length;
  return (
    words.trim() !== '' || !allKinds || cameraId !== undefined || tagId !== undefined || period !== 'anyTime'
  );
}

/** The begin of a period moves on by this much at a time, so that the same search stays the same question for a while. */
const periodStepMs = 60_000;

/** The station's question for what the panel looks for. */
export function questionOf(filters: MarkFilters, nowMs: EpochMs): Omit<Partial<MarkSearch>, 'after'> {
  const { words, kinds, cameraId, tagId, period } = filters;
  const days = periods[period];
  return {
    words: words.trim(),
    kinds: kinds.length === markKinds.length ? [] : [...kinds],
    cameraIds: cameraId === undefined ? [] : [cameraId],
    tagIds: tagId === undefined ? [] : [tagId],
    ...(days === undefined
      ? {}
      : { fromMs: Math.floor((nowMs - days * dayMs) / periodStepMs) * periodStepMs }),
  };
}
