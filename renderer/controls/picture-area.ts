// Areas drawn on a picture by their corners, in parts of its width and height: masks, regions to search. Pure.
import { cornersLimit } from '../../electron/contract/motion.ts';

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Corners in order around it. */
export type Area = readonly Corner[];

/** Smaller than this in either direction is a slip of the hand, not an area. */
export const leastPart = 0.02;
const fewestCorners = 3;

export const clamp = (value: number) => Math.min(1, Math.max(0, value));
export const clamped = ({ x, y }: Corner): Corner => ({ x: clamp(x), y: clamp(y) });

/** The rectangle between two opposite corners, from the upper left with the clock; what lies outside the picture is cut off. */
export function rectangleOf(one: Corner, other: Corner): Corner[] {
  const [a, b] = [clamped(one), clamped(other)];
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** The rectangle of a stroke of the pointer; undefined when it is too small to be meant. */
export function drawnRectangle(from: Corner, to: Corner): Corner[] | undefined {
  const corners = rectangleOf(from, to);
  return isMeant(corners) ? corners : undefined;
}

/** Whether it is large enough to be an area, and has the corners of one. */
export function isMeant(corners: Area): boolean {
  const size = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const [width, height] = [size(corners.map(({ x }) => x)), size(corners.map(({ y }) => y))];
  return corners.length >= fewestCorners && width >= leastPart && height >= leastPart;
}

/** The area moved as a whole, as far as all of it stays on the picture. */
export function moved(corners: Area, by: Corner): Corner[] {
  const room = (values: readonly number[], wanted: number) =>
    Math.min(1 - Math.max(...values), Math.max(-Math.min(...values), wanted));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [dx, dy] = [room(xs, by.x), room(ys, by.y)];
  return corners.map(({ x, y }) => clamped({ x: x + dx, y: y + dy }));
}

export function withCorner(corners: Area, at: number, to: Corner): Corner[] {
  return corners.with(at, clamped(to));
}

/** With a corner more, halfway from this one to the next; the same when it has as many as it may have. */
export function withCornerAfter(corners: Area, at: number): Corner[] {
  const [from, to] = [corners[at], corners[(at + 1) % corners.length]];
  if (from === undefined || to === undefined || corners.length >= cornersLimit) return [...corners];
  return corners.toSpliced(at + 1, 0, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
}

/** The same when it would be no area any more. */
export function withoutCorner(corners: Area, at: number): Corner[] {
  return corners.length <= fewestCorners ? [...corners] : corners.toSpliced(at, 1);
}

/** The middle of the box around it. */
export function centreOf(corners: Area): Corner {
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return { x: middle(corners.map(({ x }) => x)), y: middle(corners.map(({ y }) => y)) };
}

/** How far an arrow key moves, in parts of the picture; undefined for other keys. */
export function arrowStep(key: string, isLarge: boolean): Corner | undefined {
  const step = isLarge ? 0.1 : 0.01;
  switch (key) {
    case 'ArrowLeft':
      return { x: -step, y: 0 };
    case 'ArrowRight':
      return { x: step, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -step };
    case 'ArrowDown':
      return { x: 0, y: step };
    default:
      return undefined;
  }
}
