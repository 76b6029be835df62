// Whole local days on a made-up clock, among them both nights the clocks change: footage and gaps make up all of the time.

import { describe, expect, it } from 'vitest';
import { hourMs } from '../../recorder/model/clock.ts';
import { continuously, type RecordingMode } from '../../recorder/model/modes.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { makeRecording, type Row } from './made-recording.ts';

const minuteMs = 60_000;
const gopMs = 10_000;
const timeLimitMs = 120_000;

/** 00–06 all, 06–18 on motion, 18–24 nothing. */
const mode: RecordingMode = {
  ...continuously,
  kind: 'schedule',
  week: Array.from({ length: 7 }, () => 'c'.repeat(6) + 'm'.repeat(12) + '-'.repeat(6)),
  preRollMs: 20_000,
  postRollMs: 30_000,
};

/** Midnights of local days in Berlin: one as any other, the one of 23 hours, the one of 25. */
const days = [
  ['an ordinary day', Date.UTC(2026, 5, 9, 22), 24],
  ['the day of 23 hours', Date.UTC(2026, 2, 28, 23), 23],
  ['the day of 25 hours', Date.UTC(2026, 9, 24, 22), 25],
] as const;

const lengthOf = (rows: readonly Row[], reason: GapReason | undefined) =>
  rows.filter((row) => row.reason === reason).reduce((sum, row) => sum + row.endMs - row.startMs, 0);

/** Fails unless each row begins where the one before ends: no moment is told twice, and none is left out. */
function expectAllTold(rows: readonly Row[], startMs: number, endMs: number): void {
  expect(rows[0]?.startMs).toBe(startMs);
  for (const [index, row] of rows.slice(1).entries())
    expect([index, row.startMs]).toEqual([index, rows[index]?.endMs]);
  const told = rows.reduce((sum, row) => sum + Math.min(row.endMs, endMs) - row.startMs, 0);
  expect(told).toBe(endMs - startMs);
}

describe('a day by the schedule', () => {
  it.each(days)(
    '%s',
    async (_name, midnightMs, dayHours) => {
      await using world = await makeRecording({ zone: 'Europe/Berlin', startMs: midnightMs, mode, gopMs });
      const endMs = midnightMs + dayHours * hourMs;
      /** Local times of the afternoon lie this much before the end of the day, whatever the night was. */
      const local = (hour: number, minute = 0) => endMs - (24 - hour) * hourMs + minute * minuteMs;
      const nightHours = dayHours - 18;

      world.appear();
      await world.until(midnightMs + 30 * minuteMs);
      // In the night: away over the hour that is taken or given, and a disk that is full for a while.
      world.vanish('unreachable');
      await world.until(midnightMs + 2.5 * hourMs);
      world.appear();
      await world.until(local(4));
      world.setDisk(true);
      await world.until(local(4, 20));
      world.setDisk(false);
      // Away over the change from all to motion, then two movements that are one event.
      await world.until(local(5, 55));
      world.vanish('timed-out');
      await world.until(local(6, 5));
      world.appear();
      await world.until(local(9));
      world.motion();
      await world.until(local(9) + 20_000);
      world.motion();
      await world.until(local(12));
      world.motion();
      // Away over the end of the schedule; by hand in the evening.
      await world.until(local(17, 50));
      world.vanish('stalled');
      await world.until(local(18, 10));
      world.appear();
      await world.until(local(20));
      world.recording.setMode({ ...mode, manualUntilMs: local(20, 30) });
      await world.until(endMs);
      await world.stop();

      const rows = world.rows();
      expect(world.problems).toMatchObject([{ reason: 'disk-full' }]);
      expectAllTold(rows, midnightMs, endMs);
      const story = world.story();
      // The last second of the day lies in the delay of its pictures.
      const within = (reason: GapReason | undefined, expectedMs: number) =>
        expect([reason, Math.abs(lengthOf(story, reason) - expectedMs) <= 3 * gopMs]).toEqual([reason, true]);
      within('unreachable', 2 * hourMs);
      // Written is what is open already; the next file is refused, until a GOP after the disk is free again.
      expect(lengthOf(story, 'disk-full')).toBeGreaterThan(9 * minuteMs);
      within('timed-out', 10 * minuteMs);
      within('stalled', 10 * minuteMs);
      // 20 s before the first keyframe with movement, 30 s after the last.
      const events = story.filter(
        (row) => row.reason === undefined && row.startMs > local(6, 10) && row.endMs < local(17),
      );
      expect(events.map((row) => Math.round((row.endMs - row.startMs) / gopMs))).toEqual([8, 6]);
      within('no-motion', 11 * hourMs + 45 * minuteMs - 140_000);
      within('not-scheduled', 5.5 * hourMs);
      const wholeNightMs = nightHours * hourMs - 2 * hourMs - 5 * minuteMs - lengthOf(story, 'disk-full');
      within(undefined, wholeNightMs + 140_000 + 30 * minuteMs);
      // Planned hours end and begin to the GOP, and where no pictures come, to the second.
      const evening = story.find((row) => row.reason === 'not-scheduled');
      expect(evening?.startMs).toBe(local(18));
      const byHand = story.find((row) => row.reason === undefined && row.startMs > local(18));
      expect(byHand?.startMs).toBeLessThanOrEqual(local(20));
      expect(byHand?.startMs).toBeGreaterThan(local(20) - 2 * gopMs);
      expect(byHand?.endMs).toBeGreaterThanOrEqual(local(20, 30));
      expect(byHand?.endMs).toBeLessThan(local(20, 30) + 2 * gopMs);
    },
    timeLimitMs,
  );
});
