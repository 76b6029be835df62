// The wall's geometry: usual layouts, tiles moved and resized, the way of the arrow keys.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  layouts,
  leastCells,
  neighbour,
  overlap,
  type Rect,
  refined,
  replaced,
  roomAt,
  type Shape,
  shapeOf,
  without,
} from './wall-shape.ts';

const area = (rects: readonly Rect[]) => rects.reduce((sum, { w, h }) => sum + w * h, 0);

function expectSound({ columns, rows, places }: Shape): void {
  for (const [at, place] of places.entries()) {
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.y).toBeGreaterThanOrEqual(0);
    expect(place.x + place.w).toBeLessThanOrEqual(columns);
    expect(place.y + place.h).toBeLessThanOrEqual(rows);
    for (const other of places.slice(at + 1)) expect(overlap(place, other)).toBe(false);
  }
}

describe('the usual layouts', () => {
  it.each(layouts)('%i tiles fill the wall', (layout) => {
    const shape = shapeOf(layout);
    expect(shape.places).toHaveLength(layout);
    expectSound(shape);
    expect(area(shape.places)).toBe(shape.columns * shape.rows);
    const fine = refined(shape);
    expectSound(fine);
    expect(area(fine.places)).toBe(fine.columns * fine.rows);
    expect(fine.columns).toBeGreaterThanOrEqual(10);
    expect(refined(fine)).toEqual(fine);
  });

  it('six are one large and five small', () => {
    expect(shapeOf(6).places.map(({ w, h }) => w * h)).toEqual([4, 1, 1, 1, 1, 1]);
  });
});

describe('moving and resizing', () => {
  const four = refined(shapeOf(4));

  it('lets others give way', () => {
    const { shape, from } = replaced(four, 0, { x: 0, y: 0, w: 8, h: 6 });
    expect(from).toEqual([0, 1, 2, 3]);
    expect(shape.places[1]).toEqual({ x: 8, y: 0, w: 4, h: 6 });
    expect(shape.places[2]).toEqual({ x: 0, y: 6, w: 6, h: 6 });
  });

  it('lets those go of which nothing is left', () => {
    const { shape, from } = replaced(four, 3, { x: 0, y: 6, w: 12, h: 6 });
    expect(from).toEqual([0, 1, 3]);
    expect(shape.places.at(-1)).toEqual({ x: 0, y: 6, w: 12, h: 6 });
  });

  it('never leaves the wall, overlaps or shrinks to nothing, whatever is asked', () => {
    const number = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(
        fc.constantFrom(...layouts),
        fc.array(fc.tuple(fc.nat(24), number, number, number, number), { maxLength: 12 }),
        (layout, moves) => {
          let shape = refined(shapeOf(layout));
          for (const [wish, x, y, w, h] of moves) {
            const index = wish % shape.places.length;
            const { shape: after, from } = replaced(shape, index, { x, y, w, h });
            expect(from).toContain(index);
            shape = after;
            expectSound(shape);
            for (const place of shape.places)
              expect(Math.min(place.w, place.h)).toBeGreaterThanOrEqual(leastCells);
          }
        },
      ),
    );
  });

  it('finds the room a tile left', () => {
    const { shape, from } = without(four, 1);
    expect(from).toEqual([0, 2, 3]);
    const room = roomAt(shape, 9, 2);
    expect(room).toMatchObject({ w: 4, h: 4 });
    expectSound({ ...shape, places: [...shape.places, room as Rect] });
    expect(roomAt(shape, 2, 2)).toBeUndefined();
    expect(roomAt(shape, 12, 2)).toBeUndefined();
  });
});

describe('the arrow keys', () => {
  it('go through rows and columns and stop at the edge', () => {
    const nine = shapeOf(9);
    expect(neighbour(nine, 4, 'left')).toBe(3);
    expect(neighbour(nine, 4, 'right')).toBe(5);
    expect(neighbour(nine, 4, 'up')).toBe(1);
    expect(neighbour(nine, 4, 'down')).toBe(7);
    expect(neighbour(nine, 2, 'right')).toBeUndefined();
    expect(neighbour(nine, 9, 'right')).toBeUndefined();
  });

  it('reach every tile of one large and five small', () => {
    const six = shapeOf(6);
    expect(neighbour(six, 0, 'right')).toBe(1);
    expect(neighbour(six, 0, 'down')).toBe(3);
    expect(neighbour(six, 2, 'left')).toBe(0);
    expect(neighbour(six, 5, 'up')).toBe(2);
    expect(neighbour(six, 3, 'up')).toBe(0);
  });
});
