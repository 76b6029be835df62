// Plans of each mode, and how far they reach.

import { describe, expect, it } from 'vitest';
import { continuously, fullWeek, isWeek, type RecordingMode } from '../model/modes.ts';
import { LocalHours } from './local-hours.ts';
import { planAt } from './mode.ts';

const hours = new LocalHours('Europe/Berlin');
/** Monday, 14:30 in Berlin. */
const nowMs = Date.UTC(2026, 5, 1, 12, 30);
const nextHourMs = nowMs + 1_800_000;
const plan = (mode: Partial<RecordingMode>) => planAt({ ...continuously, ...mode }, hours, nowMs);
const always = { fromMs: nowMs, untilMs: Number.POSITIVE_INFINITY };

describe('planAt', () => {
  it('knows the modes that do not look at the clock', () => {
    expect(plan({})).toEqual({ keep: 'all', ...always });
    expect(plan({ kind: 'motion' })).toEqual({ keep: 'motion', ...always });
    expect(plan({ kind: 'off' })).toEqual({ keep: 'nothing', why: 'recording-off', ...always });
  });

  it('follows the hour of a schedule until it ends', () => {
    const week = ['-'.repeat(14) + 'm-' + 'c'.repeat(8), ...fullWeek.slice(1)];
    expect(isWeek(week)).toBe(true);
    expect(plan({ kind: 'schedule', week })).toEqual({ keep: 'motion', fromMs: nowMs, untilMs: nextHourMs });
    expect(planAt({ ...continuously, kind: 'schedule', week }, hours, nextHourMs)).toEqual({
      keep: 'nothing',
      why: 'not-scheduled',
      fromMs: nextHourMs,
      untilMs: nextHourMs + 3_600_000,
    });
  });

  it('records by hand until its time is over, whatever the mode', () => {
    const manualUntilMs = nowMs + 60_000;
    for (const kind of ['off', 'motion', 'schedule', 'continuous'] as const) {
      expect(plan({ kind, manualUntilMs })).toEqual({ keep: 'all', fromMs: nowMs, untilMs: manualUntilMs });
    }
    expect(plan({ kind: 'off', manualUntilMs: nowMs })).toMatchObject({ keep: 'nothing' });
  });

  it('takes an hour that is not there for one without recording', () => {
    expect(plan({ kind: 'schedule', week: [] })).toMatchObject({ keep: 'nothing', why: 'not-scheduled' });
    expect(isWeek([])).toBe(false);
    expect(isWeek(['c'.repeat(23), ...fullWeek.slice(1)])).toBe(false);
    expect(isWeek(['x'.repeat(24), ...fullWeek.slice(1)])).toBe(false);
  });
});
