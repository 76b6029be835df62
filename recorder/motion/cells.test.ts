// Cells under drawn areas, and sets of them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCell,
  analysis,
  cellCount,
  cellsOf,
  countCells,
  countShared,
  hasCell,
  noCells,
  type Outline,
  removeCell,
  unite,
} from './cells.ts';

const box = (left: number, top: number, right: number, bottom: number): Outline => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];
const part = fc.double({ min: -0.5, max: 1.5, noNaN: true });

describe('a set of cells', () => {
  it('holds what was added and not removed, whatever the order', () => {
    const steps = fc.array(fc.record({ cell: fc.nat({ max: cellCount - 1 }), add: fc.boolean() }));
    fc.assert(
      fc.property(steps, (list) => {
        const set = noCells();
        const expected = new Set<number>();
        for (const { cell, add } of list) {
          (add ? addCell : removeCell)(set, cell);
          if (add) expected.add(cell);
          else expected.delete(cell);
        }
        expect(countCells(set)).toBe(expected.size);
        for (let cell = 0; cell < cellCount; cell++) expect(hasCell(set, cell)).toBe(expected.has(cell));
      }),
    );
  });

  it('has in common with another what both have', () => {
    const set = fc.uint8Array({ minLength: 18, maxLength: 18 });
    fc.assert(
      fc.property(set, set, (a, b) => {
        const both = noCells();
        unite(both, a);
        unite(both, b);
        expect(countShared(a, b)).toBe(countCells(a) + countCells(b) - countCells(both));
      }),
    );
  });
});

describe('an area', () => {
  it('of the whole picture touches every cell, one of a cell touches that one', () => {
    expect(countCells(cellsOf([box(0, 0, 1, 1)]))).toBe(cellCount);
    const cell = cellsOf([box(3 / 16, 2 / 9, 4 / 16, 3 / 9)]);
    expect(countCells(cell)).toBe(1);
    expect(hasCell(cell, 2 * analysis.columns + 3)).toBe(true);
  });

  it('that is a box touches the cells between its edges', () => {
    fc.assert(
      fc.property(part, part, part, part, (x1, y1, x2, y2) => {
        const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
        const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
        fc.pre(right - left > 1e-6 && bottom - top > 1e-6);
        const columns = spanned(left * analysis.columns, right * analysis.columns, analysis.columns);
        const rows = spanned(top * analysis.rows, bottom * analysis.rows, analysis.rows);
        expect(countCells(cellsOf([box(left, top, right, bottom)]))).toBe(columns * rows);
      }),
    );
  });

  it('that is slanted touches the cells its edges pass and those inside', () => {
    const triangle = cellsOf([
      [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
        { x: 0, y: 1 },
      ],
    ]);
    expect(hasCell(triangle, 0)).toBe(true);
    expect(hasCell(triangle, cellCount - 1)).toBe(false);
    expect(countCells(triangle)).toBeGreaterThan(cellCount / 2);
    expect(countCells(triangle)).toBeLessThan(cellCount / 2 + 25);
  });

  it('touches as many or more cells when another is drawn beside it', () => {
    const outline = fc.array(fc.record({ x: part, y: part }), { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(outline, outline, (one, other) => {
        const both = cellsOf([one, other]);
        const united = noCells();
        unite(united, cellsOf([one]));
        unite(united, cellsOf([other]));
        expect(both).toEqual(united);
      }),
    );
  });

  it('outside of the picture touches nothing', () => {
    expect(countCells(cellsOf([box(1.1, 0, 2, 1), box(0, -2, 1, -0.1)]))).toBe(0);
    expect(countCells(cellsOf([]))).toBe(0);
  });
});

/** Cells of 0..count that [from, to] has more than a point of. */
function spanned(from: number, to: number, count: number): number {
  let cells = 0;
  for (let cell = 0; cell < count; cell++) if (from < cell + 1 && to > cell) cells++;
  return cells;
}
