// Events out of keyframes.

import { describe, expect, it } from 'vitest';
import { addCell, countCells, noCells } from './cells.ts';
import { longestMs, type MotionEvent, MotionEvents, quietMs } from './events.ts';

const frame = (atMs: number, ...cells: number[]) => {
  const set = noCells();
  for (const cell of cells) addCell(set, cell);
  return { atMs, cells: set, level: cells.length / 144 };
};

function play(frames: readonly ReturnType<typeof frame>[]): { began: number[]; ended: MotionEvent[] } {
  const events = new MotionEvents();
  const began: number[] = [];
  const ended: MotionEvent[] = [];
  for (const one of frames) {
    const change = events.add(one);
    if (change.ended !== undefined) ended.push(change.ended);
    if (change.began !== undefined) began.push(change.began.startMs);
  }
  const last = events.finish();
  if (last !== undefined) ended.push(last);
  expect(events.finish()).toBeUndefined();
  return { began, ended };
}

describe('an event', () => {
  it('goes from the first moving keyframe to the last, with its peak and all its cells', () => {
    const { began, ended } = play([
      frame(0),
      frame(2_000, 1),
      frame(4_000, 1, 2, 3),
      frame(6_000, 9),
      frame(8_000),
      frame(20_000),
    ]);
    expect(began).toEqual([2_000]);
    expect(ended).toMatchObject([{ startMs: 2_000, endMs: 6_000, peakMs: 4_000, peakLevel: 3 / 144 }]);
    expect(countCells(ended[0]?.cells ?? noCells())).toBe(4);
  });

  it('outlives a short rest, and ends with a longer one', () => {
    const rest = play([frame(0, 1), frame(quietMs, 1)]);
    expect(rest.ended).toMatchObject([{ startMs: 0, endMs: quietMs }]);
    const { began, ended } = play([frame(0, 1), frame(quietMs + 1, 2)]);
    expect(began).toEqual([0, quietMs + 1]);
    expect(ended).toMatchObject([
      { startMs: 0, endMs: 0 },
      { startMs: quietMs + 1, endMs: quietMs + 1 },
    ]);
  });

  it('of a busy street is cut', () => {
    const frames = Array.from({ length: 400 }, (_, i) => frame(i * 2_000, 5));
    const { ended } = play(frames);
    expect(ended.length).toBeGreaterThan(1);
    for (const { startMs, endMs } of ended) expect(endMs - startMs).toBeLessThanOrEqual(longestMs);
  });

  it('ends when time runs backwards: the clock was set', () => {
    const { ended } = play([frame(10_000, 1), frame(4_000, 1)]);
    expect(ended.map(({ startMs }) => startMs)).toEqual([10_000, 4_000]);
  });
});
