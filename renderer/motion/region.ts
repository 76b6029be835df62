// The area of a picture in which motion is searched: drawn, moved and reshaped as pure values, in parts of width and height.

import { cornersLimit } from '../../electron/contract/motion.ts';

export interface Corner {
  readonly x: number;
  readonly y: number;
}

export interface Region {
  /** A rectangle stays one whichever corner is moved. */
  readonly shape: 'rectangle' | 'polygon';
  /** In order around the area; of a rectangle from the upper left one with the clock. */
  readonly corners: readonly Corner[];
}

/** Smaller than this in either direction is a slip of the hand. */
const leastPart = 0.02;
export const fewestCorners = 3;

const clamp = (value: number) => Math.min(1, Math.max(0, value));
const clamped = ({ x, y }: Corner): Corner => ({ x: clamp(x), y: clamp(y) });

/** What a button puts on the picture: a ninth of it, in its middle. */
export const middleRegion = rectangleOf({ x: 1 / 3, y: 1 / 3 }, { x: 2 / 3, y: 2 / 3 });
export const wholePicture = rectangleOf({ x: 0, y: 0 }, { x: 1, y: 1 });

/** The rectangle between two opposite corners; what lies outside the picture is cut off. */
function rectangleOf(one: Corner, other: Corner): Region {
  const [a, b] = [clamped(one), clamped(other)];
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return {
    shape: 'rectangle',
    corners: [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ],
  };
}

/** The rectangle of a stroke of the pointer; undefined when it is too small to be meant. */
export function drawnRectangle(from: Corner, to: Corner): Region | undefined {
  const region = rectangleOf(from, to);
  return isMeant(region.corners) ? region : undefined;
}

/** The polygon of clicked corners; undefined when it is no area yet. */
export function drawnPolygon(corners: readonly Corner[]): Region | undefined {
  if (corners.length < fewestCorners || !isMeant(corners)) return undefined;
  return { shape: 'polygon', corners: corners.map(clamped) };
}

function isMeant(corners: readonly Corner[]): boolean {
  const size = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return size(corners.map(({ x }) => x)) >= leastPart && size(corners.map(({ y }) => y)) >= leastPart;
}

/** The region moved as a whole, as far as all of it stays on the picture. */
export function moved({ shape, corners }: Region, by: Corner): Region {
  const room = (values: readonly number[], wanted: number) =>
    Math.min(1 - Math.max(...values), Math.max(-Math.min(...values), wanted));
  const dx = room(
    corners.map(({ x }) => x),
    by.x,
  );
  const dy = room(
    corners.map(({ y }) => y),
    by.y,
  );
  return { shape, corners: corners.map(({ x, y }) => clamped({ x: x + dx, y: y + dy })) };
}

/** With one corner somewhere else. Of a rectangle the opposite corner stays; it is never drawn to nothing. */
export function withCorner(region: Region, at: number, to: Corner): Region {
  const { shape, corners } = region;
  if (shape === 'polygon') {
    const next = corners.with(at, clamped(to));
    return isMeant(next) ? { shape, corners: next } : region;
  }
  const opposite = corners[(at + 2) % corners.length];
  const here = corners[at];
  if (opposite === undefined || here === undefined) return region;
  const kept = (from: number, wanted: number, before: number) =>
    before < from ? Math.min(clamp(wanted), from - leastPart) : Math.max(clamp(wanted), from + leastPart);
  return rectangleOf(opposite, {
    x: kept(opposite.x, to.x, here.x),
    y: kept(opposite.y, to.y, here.y),
  });
}

/** With a corner more, halfway to the next one: a rectangle becomes a polygon by it. */
export function withCornerAfter(region: Region, at: number): Region {
  const { corners } = region;
  const [from, to] = [corners[at], corners[(at + 1) % corners.length]];
  if (from === undefined || to === undefined || corners.length >= cornersLimit) return region;
  const between = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return { shape: 'polygon', corners: corners.toSpliced(at + 1, 0, between) };
}

/** The same region when it would be no area any more. */
export function withoutCorner(region: Region, at: number): Region {
  if (region.corners.length <= fewestCorners) return region;
  return { shape: 'polygon', corners: region.corners.toSpliced(at, 1) };
}

export function centreOf({ corners }: Region): Corner {
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return { x: middle(corners.map(({ x }) => x)), y: middle(corners.map(({ y }) => y)) };
}

/** How far an arrow key moves, in parts of the picture; undefined for other keys. */
export function arrowStep(key: string, isLarge: boolean): Corner | undefined {
  const step = isLarge ? 0.1 : 0.02;
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

/** Corners as SVG takes them, on a square of 1. */
export function pointsOf(corners: readonly Corner[]): string {
  return corners.map(({ x, y }) => `${x},${y}`).join(' ');
}
