// Masks as they are drawn: areas of the picture by their corners, in parts of its width and height. Pure.
import { cornersLimit, type MotionSettings } from '../../electron/contract/motion.ts';

export type Mask = MotionSettings['masks'][number];
export type Corner = Mask[number];

/** Smaller than this in either direction is a slip of the hand, not a mask. */
const leastPart = 0.02;
const fewestCorners = 3;

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** The rectangle between two corners; undefined when it is too small to be meant. */
export function rectangle(from: Corner, to: Corner): Mask | undefined {
  const [left, right] = [from.x, to.x].map(clamp).toSorted((a, b) => a - b) as [number, number];
  const [top, bottom] = [from.y, to.y].map(clamp).toSorted((a, b) => a - b) as [number, number];
  if (right - left < leastPart || bottom - top < leastPart) return undefined;
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** The mask shifted as a whole, as far as all of it stays on the picture. */
export function shifted(mask: Mask, dx: number, dy: number): Mask {
  const room = (values: readonly number[], by: number) =>
    Math.min(1 - Math.max(...values), Math.max(-Math.min(...values), by));
  const x = room(
    mask.map((corner) => corner.x),
    dx,
  );
  const y = room(
    mask.map((corner) => corner.y),
    dy,
  );
  return mask.map((corner) => ({ x: clamp(corner.x + x), y: clamp(corner.y + y) }));
}

export function withCorner(mask: Mask, at: number, { x, y }: Corner): Mask {
  return mask.with(at, { x: clamp(x), y: clamp(y) });
}

/** With a corner more, halfway from this one to the next; the same mask when it has as many as it may have. */
export function withCornerAfter(mask: Mask, at: number): Mask {
  const [from, to] = [mask[at], mask[(at + 1) % mask.length]];
  if (from === undefined || to === undefined || mask.length >= cornersLimit) return mask;
  return mask.toSpliced(at + 1, 0, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
}

/** The same mask when it would be no area any more. */
export function withoutCorner(mask: Mask, at: number): Mask {
  return mask.length <= fewestCorners ? mask : mask.toSpliced(at, 1);
}

export function centreOf(mask: Mask): Corner {
  const sum = mask.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / mask.length, y: sum.y / mask.length };
}

/** How far an arrow key moves, in parts of the picture; undefined for other keys. */
export function stepOf(key: string, isLarge: boolean): Corner | undefined {
  const step = isLarge ? 0.05 : 0.01;
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
