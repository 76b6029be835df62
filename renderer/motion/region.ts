// The area of a picture in which motion is searched: a rectangle that stays one, or any polygon.

import * as area from '../controls/picture-area.ts';

type Corner = area.Corner;

export interface Region {
  /** A rectangle stays one whichever corner is moved. */
  readonly shape: 'rectangle' | 'polygon';
  /** Of a rectangle from the upper left one with the clock. */
  readonly corners: area.Area;
}

const rectangle = (corners: area.Area): Region => ({ shape: 'rectangle', corners });

/** What a button puts on the picture: a ninth of it, in its middle. */
export const middleRegion = rectangle(area.rectangleOf({ x: 1 / 3, y: 1 / 3 }, { x: 2 / 3, y: 2 / 3 }));
export const wholePicture = rectangle(area.rectangleOf({ x: 0, y: 0 }, { x: 1, y: 1 }));

/** The rectangle of a stroke of the pointer; undefined when it is too small to be meant. */
export function drawnRectangle(from: Corner, to: Corner): Region | undefined {
  const corners = area.drawnRectangle(from, to);
  return corners && rectangle(corners);
}

/** The polygon of clicked corners; undefined when it is no area yet. */
export function drawnPolygon(corners: area.Area): Region | undefined {
  return area.isMeant(corners) ? { shape: 'polygon', corners: corners.map(area.clamped) } : undefined;
}

/** The region moved as a whole, as far as all of it stays on the picture. */
export function moved({ shape, corners }: Region, by: Corner): Region {
  return { shape, corners: area.moved(corners, by) };
}

/** With one corner somewhere else. Of a rectangle the opposite corner stays; it is never drawn to nothing. */
export function withCorner(region: Region, at: number, to: Corner): Region {
  const { shape, corners } = region;
  if (shape === 'polygon') {
    const next = area.withCorner(corners, at, to);
    return area.isMeant(next) ? { shape, corners: next } : region;
  }
  const opposite = corners[(at + 2) % corners.length];
  const here = corners[at];
  if (opposite === undefined || here === undefined) return region;
  const kept = (from: number, wanted: number, before: number) =>
    before < from
      ? Math.min(area.clamp(wanted), from - area.leastPart)
      : Math.max(area.clamp(wanted), from + area.leastPart);
  const corner = { x: kept(opposite.x, to.x, here.x), y: kept(opposite.y, to.y, here.y) };
  return rectangle(area.rectangleOf(opposite, corner));
}

/** With a corner more, halfway to the next one: a rectangle becomes a polygon by it. */
export function withCornerAfter(region: Region, at: number): Region {
  return reshaped(region, area.withCornerAfter(region.corners, at));
}

/** The same region when it would be no area any more. */
export function withoutCorner(region: Region, at: number): Region {
  return reshaped(region, area.withoutCorner(region.corners, at));
}

function reshaped(region: Region, corners: area.Area): Region {
  return corners.length === region.corners.length ? region : { shape: 'polygon', corners };
}

/** Corners as SVG takes them, on a square of 1. */
export function pointsOf(corners: area.Area): string {
  return corners.map(({ x, y }) => `${x},${y}`).join(' ');
}
