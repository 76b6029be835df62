// Marks on a timeline: which shape stands where, which fall into one, which a pointer finds. Pure values.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { MarkId } from '../../recorder/model/ids.ts';
import type { MarkKind } from '../../recorder/model/marks.ts';
import { type CssPixels, type Viewport, xAt } from './viewport.ts';

export interface TimelineMark {
  readonly id: MarkId;
  readonly kind: MarkKind;
  readonly startMs: EpochMs;
  /** Undefined for a mark about a moment. */
  readonly endMs?: EpochMs | undefined;
  readonly text: string;
}

/** Begin and end of what the operator is about to mark; either may be missing. */
export interface Selection {
  readonly inMs: EpochMs | undefined;
  readonly outMs: EpochMs | undefined;
}

export const nothingSelected: Selection = { inMs: undefined, outMs: undefined };

export const shapeSize: CssPixels = 12;
type Corners = readonly (readonly [CssPixels, CssPixels])[];

/** Outlines on a square of `shapeSize`: a sheet with a folded corner, a ribbon, a triangle, a shield. */
export const shapes: Readonly<Record<MarkKind, Corners>> = {
  note: [
    [0.5, 0.5],
    [7.5, 0.5],
    [11.5, 4.5],
    [11.5, 11.5],
    [0.5, 11.5],
  ],
  marker: [
    [1.5, 0],
    [10.5, 0],
    [10.5, 12],
    [6, 8],
    [1.5, 12],
  ],
  warning: [
    [6, 0],
    [12, 11.5],
    [0, 11.5],
  ],
  evidence: [
    [6, 0],
    [11.5, 2],
    [11.5, 6.5],
    [6, 12],
    [0.5, 6.5],
    [0.5, 2],
  ],
};

/** What a crowd of marks is drawn as: its gravest kind. */
const gravity: Readonly<Record<MarkKind, number>> = { note: 0, marker: 1, warning: 2, evidence: 3 };

/** One shape on screen: a mark, or several too close to tell apart. */
export interface PlacedMarks {
  /** Middle of the shape. */
  readonly x: CssPixels;
  readonly kind: MarkKind;
  readonly marks: readonly TimelineMark[];
}

/** Shapes closer than this overlap; a crowd needs room for its number as well. */
const crowdedWithin: CssPixels = 11;
const crowdWidth: CssPixels = 24;

/** The shapes from left to right. `marks` is sorted by start; crowds depend on the zoom alone, so they stay while panning. */
export function placeMarks(marks: readonly TimelineMark[], view: Viewport): PlacedMarks[] {
  const crowds: { x: CssPixels; marks: TimelineMark[] }[] = [];
  for (const mark of marks) {
    const x = xAt(view, mark.startMs);
    const last = crowds.at(-1);
    if (last !== undefined && x - last.x < (last.marks.length > 1 ? crowdWidth : crowdedWithin)) {
      last.marks.push(mark);
    } else {
      crowds.push({ x, marks: [mark] });
    }
  }
  return crowds
    .filter(({ x }) => x > -crowdWidth && x < view.width + crowdWidth)
    .map(({ x, marks: crowd }) => ({ x, kind: gravest(crowd), marks: crowd }));
}

function gravest(marks: readonly TimelineMark[]): MarkKind {
  let found: MarkKind = 'note';
  for (const { kind } of marks) if (gravity[kind] > gravity[found]) found = kind;
  return found;
}

/** How far beside a shape's middle a pointer still finds it. */
const reach: CssPixels = shapeSize / 2 + 2;

/** The shape under the pointer. */
export function shapeAt(placed: readonly PlacedMarks[], x: CssPixels): PlacedMarks | undefined {
  const width = ({ marks }: PlacedMarks) => (marks.length > 1 ? crowdWidth - reach : reach);
  return placed.find((one) => x >= one.x - reach && x <= one.x + width(one));
}

/** What the pointer is over: the marks of the shape there, else the marks whose range covers the moment. */
export function marksAt(
  marks: readonly TimelineMark[],
  view: Viewport,
  x: CssPixels,
  ms: EpochMs,
): readonly TimelineMark[] {
  return (
    shapeAt(placeMarks(marks, view), x)?.marks ??
    marks.filter(({ startMs, endMs }) => endMs !== undefined && startMs <= ms && ms < endMs)
  );
}
