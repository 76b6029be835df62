// The detector on made scenes: what must move, and what must not.

import { describe, expect, it } from 'vitest';
import { analysis, type CellSet, cellsOf, countCells, hasCell, noCells } from './cells.ts';
import { MotionDetector } from './detector.ts';
import { madePicture, madeRandom, type Scene } from './made-pictures.ts';

const intervalMs = 2_000;

function watch(settings: { sensitivity?: number; masked?: CellSet } = {}, seed = 1) {
  const detector = new MotionDetector({ sensitivity: 50, masked: noCells(), ...settings });
  const random = madeRandom(seed);
  let atMs = 0;
  const see = (scene: Scene) => {
    atMs += intervalMs;
    return detector.see(madePicture({ noise: 4, ...scene }, random), atMs);
  };
  for (let i = 0; i < 10; i++) see({});
  return { see, detector };
}

const person = (left: number) => ({ left, top: 20, width: 5, height: 12, grey: 30 });

describe('motion', () => {
  it('is none in a still, noisy scene', () => {
    for (const sensitivity of [0, 50, 90]) {
      const { see } = watch({ sensitivity }, sensitivity + 1);
      for (let i = 0; i < 200; i++) expect(see({}).level).toBe(0);
    }
  });

  it('is where something passes, at the keyframes at which it passes, and no longer', () => {
    const { see } = watch();
    for (let left = 5; left < 70; left += 8) {
      const { level, cells, atMs } = see({ thing: person(left) });
      expect({ atMs, moves: level > 0 }).toMatchObject({ moves: true });
      const column = Math.floor(left / 5);
      expect(
        hasCell(cells, 4 * analysis.columns + column) || hasCell(cells, 5 * analysis.columns + column),
      ).toBe(true);
      expect(countCells(cells)).toBeLessThan(14);
    }
    for (let i = 0; i < 20; i++) expect(see({}).level).toBe(0);
  });

  it('ends when what came stands still, and comes back when it goes', () => {
    const { see } = watch();
    expect(see({ thing: person(40) }).level).toBeGreaterThan(0);
    for (let i = 0; i < 60; i++) expect(see({ thing: person(40) }).level).toBe(0);
    expect(see({}).level).toBeGreaterThan(0);
    for (let i = 0; i < 20; i++) expect(see({}).level).toBe(0);
  });

  it('is not the light: clouds, exposure, lamps that get brighter', () => {
    const { see } = watch();
    for (let i = 0; i < 40; i++) {
      expect(see({ gain: 1 + 0.25 * Math.sin(i), shift: 10 * Math.cos(i / 2) }).level).toBeLessThan(0.02);
    }
  });

  it('is not the whole picture: a switch to night shows nothing moving, and what comes then is seen', () => {
    const { see } = watch();
    const night = { gain: -0.6, shift: 180 };
    for (let i = 0; i < 10; i++) expect(see(night).level).toBe(0);
    expect(see({ ...night, thing: person(40) }).level).toBeGreaterThan(0);
  });

  it('is not a camera that trembles in the wind', () => {
    const { see } = watch();
    const random = madeRandom(7);
    let moved = 0;
    for (let i = 0; i < 100; i++) {
      const aside = { x: random() * 2 - 1, y: random() * 2 - 1 };
      moved += see({ aside }).level;
    }
    expect(moved / 100).toBeLessThan(0.01);
  });

  it('of something that always moves becomes noise after minutes', () => {
    const { see } = watch();
    const random = madeRandom(3);
    const leaf = () =>
      see({ thing: { left: 60, top: 30, width: 10, height: 10, grey: 80 + random() * 40 } }).level;
    let first = 0;
    for (let i = 0; i < 100; i++) first += leaf();
    for (let i = 0; i < 400; i++) leaf();
    let later = 0;
    for (let i = 0; i < 100; i++) later += leaf();
    expect(later).toBeLessThan(first / 2);
  });

  it('is seen or not as sensitive as asked', () => {
    const levels = [0, 25, 50, 75, 100].map((sensitivity) => {
      const { see } = watch({ sensitivity });
      // A balloon that is 30 grey levels darker than the sky at its top, and as bright at its bottom.
      return see({ thing: { left: 40, top: 0, width: 10, height: 10, grey: 170 } }).level;
    });
    expect(levels).toEqual(levels.toSorted((one, other) => one - other));
    expect(levels[4]).toBeGreaterThan(levels[0] ?? 0);
  });

  it('is never under a mask, which takes effect at once', () => {
    const masked = cellsOf([
      [
        { x: 0, y: 0 },
        { x: 0.5, y: 0 },
        { x: 0.5, y: 1 },
        { x: 0, y: 1 },
      ],
    ]);
    const { see, detector } = watch();
    expect(see({ thing: person(10) }).level).toBeGreaterThan(0);
    see({});
    detector.set({ sensitivity: 50, masked });
    expect(see({ thing: person(12) }).level).toBe(0);
    // Of half as many cells, each is twice as much.
    const { level, cells } = see({ thing: person(62) });
    expect(level).toBeCloseTo((2 * countCells(cells)) / 144);
    expect(level).toBeGreaterThan(0);
  });

  it('of a picture wholly masked is none', () => {
    const { see } = watch({ masked: new Uint8Array(18).fill(255) });
    expect(see({ thing: person(40) }).level).toBe(0);
  });

  it('refuses a picture of another size', () => {
    const detector = new MotionDetector({ sensitivity: 50, masked: noCells() });
    expect(() => detector.see(new Uint8Array(10), 0)).toThrow(RangeError);
  });
});
