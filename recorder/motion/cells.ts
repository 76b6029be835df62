// The grid of cells that motion is told in: sixteen by nine over the picture, a set of them in eighteen bytes.

/** Keyframes are analysed as grey pictures of this size: five by five pixels a cell. */
export const analysis = { width: 80, height: 45, columns: 16, rows: 9 } as const;
export const cellCount = analysis.columns * analysis.rows;
export const setBytes = cellCount / 8;

/** Bit `row * 16 + column`, least significant bit of byte 0 first. */
export type CellSet = Uint8Array;

export function noCells(): CellSet {
  return new Uint8Array(setBytes);
}

export function addCell(set: CellSet, cell: number): void {
  const byte = cell >> 3;
  set[byte] = (set[byte] ?? 0) | (1 << (cell & 7));
}

export function removeCell(set: CellSet, cell: number): void {
  const byte = cell >> 3;
  set[byte] = (set[byte] ?? 0) & ~(1 << (cell & 7));
}

export function hasCell(set: CellSet, cell: number): boolean {
  return (((set[cell >> 3] ?? 0) >> (cell & 7)) & 1) === 1;
}

/** Adds `more` to `set`. */
export function unite(set: CellSet, more: CellSet): void {
  for (let i = 0; i < setBytes; i++) set[i] = (set[i] ?? 0) | (more[i] ?? 0);
}

export function countCells(set: CellSet): number {
  let count = 0;
  for (const byte of set) for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** How many cells `a` and `b` share. */
export function countShared(a: CellSet, b: CellSet): number {
  let count = 0;
  for (let i = 0; i < setBytes; i++) {
    for (let rest = (a[i] ?? 0) & (b[i] ?? 0); rest !== 0; rest &= rest - 1) count++;
  }
  return count;
}

/** A place in the picture, in parts of its width and height: 0..1 from the left and top edge. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An area of the picture by its corners, in order; the last is joined to the first. It may cross itself (even-odd rule). */
export type Outline = readonly Point[];

/** Every cell that one of the outlines touches. What lies outside the picture touches none. */
export function cellsOf(outlines: readonly Outline[]): CellSet {
  const set = noCells();
  for (const outline of outlines) {
    // In cells instead of parts, so that a cell is a square of 1.
    const corners = outline.map(({ x, y }) => ({ x: x * analysis.columns, y: y * analysis.rows }));
    for (let cell = 0; cell < cellCount; cell++) {
      if (touches(corners, cell % analysis.columns, Math.floor(cell / analysis.columns))) addCell(set, cell);
    }
  }
  return set;
}

/** True when the area has more than an edge in common with the square of 1 at (`left`, `top`). */
function touches(corners: Outline, left: number, top: number): boolean {
  return (
    holds(corners, left + 0.5, top + 0.5) ||
    corners.some((corner, index) => crosses(corners.at(index - 1) ?? corner, corner, left, top))
  );
}

/** Even-odd rule: a ray to the right meets the outline an odd number of times. */
function holds(corners: Outline, x: number, y: number): boolean {
  let isInside = false;
  corners.forEach((to, index) => {
    const from = corners.at(index - 1) ?? to;
    if (from.y > y === to.y > y) return;
    if (x < from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)) isInside = !isInside;
  });
  return isInside;
}

/** True when the line from `a` to `b` passes through the inside of the square of 1 at (`left`, `top`): Liang and Barsky's clipping. */
function crosses(a: Point, b: Point, left: number, top: number): boolean {
  let enter = 0;
  let leave = 1;
  for (const [start, way, low] of [
    [a.x, b.x - a.x, left],
    [a.y, b.y - a.y, top],
  ] as const) {
    if (way === 0) {
      if (start <= low || start >= low + 1) return false;
      continue;
    }
    const [one, other] = [(low - start) / way, (low + 1 - start) / way];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  return enter < leave;
}
