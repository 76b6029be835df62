// Areas stay on the picture and stay areas, whatever is done to them.
import { expect, it } from 'vitest';
import { cornersLimit } from '../../electron/contract/motion.ts';
import {
  type Area,
  arrowStep,
  centreOf,
  drawnRectangle,
  moved,
  withCorner,
  withCornerAfter,
  withoutCorner,
} from './picture-area.ts';

const square = [
  { x: 0.25, y: 0.25 },
  { x: 0.75, y: 0.25 },
  { x: 0.75, y: 0.75 },
  { x: 0.25, y: 0.75 },
];

it('is drawn from any corner to any other, and not by a slip', () => {
  expect(drawnRectangle({ x: 0.75, y: 0.25 }, { x: 0.25, y: 0.75 })).toEqual(square);
  expect(drawnRectangle({ x: -1, y: 0.5 }, { x: 2, y: 3 })?.[0]).toEqual({ x: 0, y: 0.5 });
  expect(drawnRectangle({ x: 0.5, y: 0.1 }, { x: 0.505, y: 0.9 })).toBeUndefined();
});

it('stops at the edge of the picture in its own shape', () => {
  const edged = moved(square, { x: 0.9, y: -0.1 });
  expect(edged.map(({ x }) => x)).toEqual([0.5, 1, 1, 0.5]);
  expect(edged[0]?.y).toBeCloseTo(0.15);
  expect(moved(square, { x: -0.9, y: 0 }).map(({ x }) => x)).toEqual([0, 0.5, 0.5, 0]);
});

it('keeps a corner on the picture', () => {
  expect(withCorner(square, 1, { x: 1.5, y: -0.2 })[1]).toEqual({ x: 1, y: 0 });
});

it('gains corners up to its limit and loses them down to a triangle', () => {
  expect(withCornerAfter(square, 3)[4]).toEqual({ x: 0.25, y: 0.5 });
  let many: Area = square;
  for (let times = 0; times < 50; times++) many = withCornerAfter(many, 0);
  expect(many).toHaveLength(cornersLimit);
  let few: Area = square;
  for (let times = 0; times < 9; times++) few = withoutCorner(few, 0);
  expect(few).toHaveLength(3);
});

it('has its handle in the middle, and keys move by parts of the picture', () => {
  expect(centreOf(square)).toEqual({ x: 0.5, y: 0.5 });
  expect(arrowStep('ArrowLeft', false)).toEqual({ x: -0.01, y: 0 });
  expect(arrowStep('ArrowDown', true)).toEqual({ x: 0, y: 0.1 });
  expect(arrowStep('a', false)).toBeUndefined();
});
