// What of a camera's pictures is to be kept at a moment, by its mode. Pure.

import type { EpochMs } from '../model/clock.ts';
import { hourLetters, type RecordingMode } from '../model/modes.ts';
import type { Idleness } from '../model/states.ts';
import type { LocalHours } from './local-hours.ts';

export type Plan = {
  /** Asked for at or after this, and before `untilMs`, the plan is the same. */
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
} & (
  | { readonly keep: 'all' }
  | { readonly keep: 'motion' }
  | { readonly keep: 'nothing'; readonly why: Exclude<Idleness, 'no-motion'> }
);

/** Recording by hand goes before everything; then comes what the mode says. */
export function planAt(mode: RecordingMode, hours: LocalHours, atMs: EpochMs): Plan {
  const { manualUntilMs } = mode;
  if (manualUntilMs !== undefined && atMs < manualUntilMs) {
    return { keep: 'all', fromMs: atMs, untilMs: manualUntilMs };
  }
  const always = { fromMs: atMs, untilMs: Number.POSITIVE_INFINITY };
  switch (mode.kind) {
    case 'continuous':
      return { keep: 'all', ...always };
    case 'motion':
      return { keep: 'motion', ...always };
    case 'off':
      return { keep: 'nothing', why: 'recording-off', ...always };
    case 'schedule':
      return scheduled(mode, hours, atMs);
  }
}

function scheduled({ week }: RecordingMode, hours: LocalHours, atMs: EpochMs): Plan {
  const { day, hour, fromMs, untilMs } = hours.at(atMs);
  switch (week[day]?.[hour]) {
    case hourLetters.continuous:
      return { keep: 'all', fromMs, untilMs };
    case hourLetters.motion:
      return { keep: 'motion', fromMs, untilMs };
    default:
      return { keep: 'nothing', why: 'not-scheduled', fromMs, untilMs };
  }
}
