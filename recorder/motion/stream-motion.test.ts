// What a stream tells of its motion: events as they begin and end, heat maps when a segment is closed.

import { describe, expect, it } from 'vitest';
import { cellsOf, countCells, hasCell, noCells } from './cells.ts';
import type { MotionEvent } from './events.ts';
import { readHeatMap } from './heat-map.ts';
import { madePicture, madeRandom } from './made-pictures.ts';
import { defaultMotionSettings, type MotionSettings, StreamMotion } from './stream-motion.ts';

const intervalMs = 2_000;
const person = { left: 40, top: 20, width: 5, height: 12, grey: 30 };

function watch(settings: Partial<MotionSettings> = {}) {
  const told: {
    began: number[];
    ended: [MotionEvent, boolean][];
    moved: number[];
    heat: Map<number, number[]>;
  } = {
    began: [],
    ended: [],
    moved: [],
    heat: new Map(),
  };
  const state = { keeps: true };
  const motion = new StreamMotion({ ...defaultMotionSettings, ...settings }, () => state.keeps, {
    onMoved: (atMs) => told.moved.push(atMs),
    onBegan: ({ startMs }) => told.began.push(startMs),
    onEnded: (event, isKept) => told.ended.push([event, isKept]),
    onHeatMap: (startMs, blob) => {
      const times: number[] = [];
      readHeatMap(blob, startMs, (atMs, cells) => {
        expect(countCells(cells)).toBeGreaterThan(0);
        times.push(atMs);
      });
      told.heat.set(startMs, times);
    },
  });
  const random = madeRandom(1);
  let nowMs = 0;
  /** The next keyframe, with somebody at this place or nobody. */
  const see = (left?: number) => {
    nowMs += intervalMs;
    const thing = left === undefined ? {} : { thing: { ...person, left } };
    motion.see(madePicture({ noise: 3, ...thing }, random), nowMs);
    return nowMs;
  };
  const still = (keyframes: number) => {
    for (let i = 0; i < keyframes; i++) see();
  };
  still(5);
  return { motion, told, state, see, still, now: () => nowMs };
}

describe('StreamMotion', () => {
  it('tells an event as it begins and when it is over', () => {
    const { told, see, still } = watch();
    const firstMs = see(20);
    expect(told.began).toEqual([firstMs]);
    const lastMs = see(40);
    still(6);
    expect(told.moved).toEqual([firstMs, lastMs]);
    expect(told.ended).toMatchObject([[{ startMs: firstMs, endMs: lastMs }, true]]);
  });

  it('tells whether footage was kept meanwhile, also when movement is what made it be kept', () => {
    const { told, state, see, still } = watch();
    state.keeps = false;
    see(20);
    still(6);
    see(20);
    state.keeps = true;
    still(6);
    expect(told.ended.map(([, isKept]) => isKept)).toEqual([false, true]);
  });

  it('makes the heat map of a segment once its last picture has come', () => {
    const { motion, told, see, still, now } = watch();
    const startMs = now() + intervalMs;
    still(1);
    const movedMs = [see(20), see(40)];
    const endMs = now() + 2 * intervalMs;
    // Its row comes before its last picture: the stream has B-frames.
    motion.segmentClosed({ startMs, endMs });
    movedMs.push(see(60));
    expect(told.heat.size).toBe(0);
    const nextMs = see(20);
    expect(told.heat).toEqual(new Map([[startMs, movedMs]]));
    motion.segmentClosed({ startMs: endMs, endMs: nextMs + 1 });
    motion.pause();
    expect(told.heat.get(endMs)).toEqual([nextMs]);
  });

  it('makes none of a still segment', () => {
    const { motion, told, still, now } = watch();
    still(10);
    motion.segmentClosed({ startMs: 0, endMs: now() });
    expect(told.heat.size).toBe(0);
  });

  it('does not wait for ever for pictures that do not come', () => {
    const { motion, told, see, now } = watch();
    see(20);
    const startMs = now();
    for (let minute = 0; minute < 5; minute++) {
      const fromMs = startMs + minute * 60_000;
      motion.segmentClosed({ startMs: fromMs, endMs: fromMs + 60_000 });
    }
    expect(told.heat).toEqual(new Map([[startMs, [startMs]]]));
  });

  it('ends what moves when the stream goes away, and learns anew when it is back', () => {
    const { motion, told, see } = watch();
    see(20);
    motion.pause();
    expect(told.ended).toHaveLength(1);
    see(40);
    expect(told.began).toHaveLength(1);
  });

  it('looks away when switched off, and under masks', () => {
    const { motion, told, see, still } = watch();
    motion.set({ ...defaultMotionSettings, enabled: false });
    see(20);
    expect(told.began).toHaveLength(0);
    expect(motion.looks).toBe(false);
    const left = [
      { x: 0, y: 0 },
      { x: 0.5, y: 0 },
      { x: 0.5, y: 1 },
      { x: 0, y: 1 },
    ];
    const right = left.map(({ x, y }) => ({ x: 1 - x, y }));
    motion.set({ ...defaultMotionSettings, masks: [left, right] });
    expect(motion.looks).toBe(false);
    motion.set({ ...defaultMotionSettings, masks: [left] });
    expect(motion.looks).toBe(true);
    still(5);
    see(20);
    expect(told.began).toHaveLength(0);
    see(60);
    expect(told.began).toHaveLength(1);
    motion.pause();
    const masked = cellsOf([left]);
    const moved = told.ended[0]?.[0].cells ?? noCells();
    for (let cell = 0; cell < 144; cell++) expect(hasCell(moved, cell) && hasCell(masked, cell)).toBe(false);
  });
});
