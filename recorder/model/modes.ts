// How a camera is recorded: what an operator chooses from, and the week that one of the choices follows.

import { dayMs, type EpochMs } from './clock.ts';

export const modeKinds = ['continuous', 'motion', 'schedule', 'off'] as const;
export type ModeKind = (typeof modeKinds)[number];

/** What an hour of a week says: all of it, what moves, nothing. */
export const hourLetters = { continuous: 'c', motion: 'm', off: '-' } as const;
export type HourLetter = (typeof hourLetters)[keyof typeof hourLetters];

/** Seven days from Monday, each of 24 letters, one for each hour of the local day. */
export type Week = readonly string[];

export interface RecordingMode {
  readonly kind: ModeKind;
  /** Followed by `schedule`; kept while another kind is chosen. */
  readonly week: Week;
  /** How much before the first movement is kept, and how much after the last. */
  readonly preRollMs: number;
  readonly postRollMs: number;
  /** Everything is kept until then, whatever the kind says: recording by hand. */
  readonly manualUntilMs?: EpochMs | undefined;
}

export const daysOfWeek = 7;
export const hoursOfDay = 24;

/** More is a recording of its own, and would have to lie in memory for every camera. */
export const preRollLimitMs = 30_000;
export const postRollLimits = { leastMs: 5_000, mostMs: 300_000 } as const;
/** Recording by hand ends by itself; a forgotten one must not fill the disk for weeks. */
export const manualLimitMs = dayMs;

/** Office hours on motion, everything else continuously, is what most sites start from; here it is all, all the time. */
export const fullWeek: Week = Array.from({ length: daysOfWeek }, () =>
  hourLetters.continuous.repeat(hoursOfDay),
);

export const continuously: RecordingMode = {
  kind: 'continuous',
  week: fullWeek,
  preRollMs: 5_000,
  postRollMs: 15_000,
};
export const notAtAll: RecordingMode = { ...continuously, kind: 'off' };

/** True for seven days of 24 known letters. */
export function isWeek(days: readonly string[]): boolean {
  return days.length === daysOfWeek && days.every((day) => /^[cm-]{24}$/.test(day));
}
