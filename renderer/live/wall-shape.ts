// Where tiles lie on the wall: rectangles on a grid, those of the usual layouts and those an operator made. Pure.

/** In cells of the grid. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Shape {
  readonly columns: number;
  readonly rows: number;
  /** Disjoint and inside the grid; together they need not fill it. */
  readonly places: readonly Rect[];
}

/** A shape whose places changed, and which place of the former shape each one was. */
export interface Rearranged {
  readonly shape: Shape;
  readonly from: readonly number[];
}

export const layouts = [1, 4, 6, 9, 16, 25] as const;
export type Layout = (typeof layouts)[number];

/** A free grid is about so fine: divisible by the sides of most layouts. */
const fineCells = 12;
/** A tile is at least so many cells of a fine grid wide and high: about a sixth of the wall. */
export const leastCells = 2;
/** Tiles of one wall: more is too small to see anything on. */
export const placesLimit = 36;

function square(side: number): Shape {
  const places = Array.from({ length: side * side }, (_, index) => ({
    x: index % side,
    y: Math.floor(index / side),
    w: 1,
    h: 1,
  }));
  return { columns: side, rows: side, places };
}

const onePlusFive: Shape = {
  columns: 3,
  rows: 3,
  places: [
    { x: 0, y: 0, w: 2, h: 2 },
    ...[0, 1].map((y) => ({ x: 2, y, w: 1, h: 1 })),
    ...[0, 1, 2].map((x) => ({ x, y: 2, w: 1, h: 1 })),
  ],
};

export function shapeOf(layout: Layout): Shape {
  return layout === 6 ? onePlusFive : square(Math.sqrt(layout));
}

/** The same picture on a grid fine enough to move and resize tiles in small steps. */
export function refined(shape: Shape): Shape {
  const by = Math.max(1, Math.floor(fineCells / shape.columns));
  const places = shape.places.map(({ x, y, w, h }) => ({ x: x * by, y: y * by, w: w * by, h: h * by }));
  return { columns: shape.columns * by, rows: shape.rows * by, places };
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Pulled into the grid, at least `leastCells` wide and high. */
function inside({ columns, rows }: Shape, { x, y, w, h }: Rect): Rect {
  const width = Math.min(columns, Math.max(leastCells, w));
  const height = Math.min(rows, Math.max(leastCells, h));
  return {
    x: Math.min(columns - width, Math.max(0, x)),
    y: Math.min(rows - height, Math.max(0, y)),
    w: width,
    h: height,
  };
}

/** The largest rectangle that is left of `rect` beside `taken`; undefined when too little is. */
function remainder(rect: Rect, taken: Rect): Rect | undefined {
  if (!overlap(rect, taken)) return rect;
  const right = rect.x + rect.w;
  const bottom = rect.y + rect.h;
  const parts: Rect[] = [
    { ...rect, w: taken.x - rect.x },
    { ...rect, x: taken.x + taken.w, w: right - taken.x - taken.w },
    { ...rect, h: taken.y - rect.y },
    { ...rect, y: taken.y + taken.h, h: bottom - taken.y - taken.h },
  ];
  const fit = parts.filter(({ w, h }) => w >= leastCells && h >= leastCells);
  return fit.sort((a, b) => b.w * b.h - a.w * a.h)[0];
}

/** Puts a place elsewhere on a fine grid, or makes it larger or smaller: others give way, or go when nothing is left of them. */
export function replaced(shape: Shape, index: number, wanted: Rect): Rearranged {
  const taken = inside(shape, wanted);
  const places: Rect[] = [];
  const from: number[] = [];
  for (const [at, place] of shape.places.entries()) {
    const left = at === index ? taken : remainder(place, taken);
    if (left === undefined) continue;
    places.push(left);
    from.push(at);
  }
  return { shape: { ...shape, places }, from };
}

export function without(shape: Shape, index: number): Rearranged {
  const from = [...shape.places.keys()].filter((at) => at !== index);
  return { shape: { ...shape, places: shape.places.filter((_, at) => at !== index) }, from };
}

/**
 * A place in the empty room around a cell, at most a third of the wall wide and high; undefined when a tile is there, or
 * too little room.
 */
export function roomAt(shape: Shape, x: number, y: number): Rect | undefined {
  const isFree = (rect: Rect) =>
    rect.x >= 0 &&
    rect.y >= 0 &&
    rect.x + rect.w <= shape.columns &&
    rect.y + rect.h <= shape.rows &&
    !shape.places.some((place) => overlap(place, rect));
  let room: Rect = { x, y, w: 1, h: 1 };
  if (!isFree(room)) return undefined;
  const widest = Math.max(leastCells, Math.floor(shape.columns / 3));
  const highest = Math.max(leastCells, Math.floor(shape.rows / 3));
  for (;;) {
    const { w, h } = room;
    const grown: Rect[] = [
      ...(w < widest
        ? [
            { ...room, w: w + 1 },
            { ...room, x: room.x - 1, w: w + 1 },
          ]
        : []),
      ...(h < highest
        ? [
            { ...room, h: h + 1 },
            { ...room, y: room.y - 1, h: h + 1 },
          ]
        : []),
    ];
    // Squarish: the shorter side grows first.
    const next = grown.filter(isFree).sort((a, b) => Math.min(b.w, b.h) - Math.min(a.w, a.h))[0];
    if (next === undefined) break;
    room = next;
  }
  return room.w >= leastCells && room.h >= leastCells ? room : undefined;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const turned: Record<Direction, (rect: Rect) => Rect> = {
  right: (rect) => rect,
  left: ({ x, y, w, h }) => ({ x: -x - w, y, w, h }),
  down: ({ x, y, w, h }) => ({ x: y, y: x, w: h, h: w }),
  up: ({ x, y, w, h }) => ({ x: -y - h, y: x, w: h, h: w }),
};

/** The nearest place in a direction, one beside this one before one further up or down; undefined at the wall's edge. */
export function neighbour(shape: Shape, index: number, direction: Direction): number | undefined {
  const turn = turned[direction];
  const here = shape.places[index];
  if (here === undefined) return undefined;
  const { x, y, w, h } = turn(here);
  const candidates = shape.places.flatMap((place, at) => {
    const other = turn(place);
    const ahead = other.x - (x + w);
    if (at === index || ahead < 0) return [];
    const beside = Math.max(0, other.y - (y + h - 1), y - (other.y + other.h - 1));
    return [{ at, cost: ahead + 4 * beside, offset: Math.abs(other.y - y) }];
  });
  return candidates.sort((a, b) => a.cost - b.cost || a.offset - b.offset)[0]?.at;
}
