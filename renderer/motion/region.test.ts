// Regions as an operator draws and moves them: inside the picture, never drawn to nothing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cornersLimit } from '../../electron/contract/motion.ts';
import type { Corner } from '../controls/picture-area.ts';
import {
  drawnPolygon,
  drawnRectangle,
  middleRegion,
  moved,
  type Region,
  withCorner,
  withCornerAfter,
  withoutCorner,
} from './region.ts';

const box = (left: number, top: number, right: number, bottom: number): Region => ({
  shape: 'rectangle',
  corners: [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ],
});

describe('drawing', () => {
  it('makes a rectangle of any two opposite corners, cut at the edges', () => {
    expect(drawnRectangle({ x: 0.8, y: 0.9 }, { x: 0.25, y: 0.5 })).toEqual(box(0.25, 0.5, 0.8, 0.9));
    expect(drawnRectangle({ x: -0.2, y: 0.5 }, { x: 0.5, y: 1.4 })).toEqual(box(0, 0.5, 0.5, 1));
  });

  it('takes a click for no rectangle', () => {
    expect(drawnRectangle({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 })).toBeUndefined();
  });

  it('makes a polygon of three corners that lie apart, and of no fewer', () => {
    const corners = [
      { x: 0.1, y: 0.1 },
      { x: 0.4, y: 0.1 },
      { x: 0.2, y: 0.6 },
    ];
    expect(drawnPolygon(corners)).toEqual({ shape: 'polygon', corners });
    expect(drawnPolygon(corners.slice(0, 2))).toBeUndefined();
    expect(drawnPolygon(corners.map(({ x }) => ({ x, y: 0.3 })))).toBeUndefined();
  });
});

describe('reshaping', () => {
  it('moves as a whole and stops at the edge in its shape', () => {
    expect(moved(box(0.25, 0.5, 0.5, 0.75), { x: 0.125, y: 0.9 })).toEqual(box(0.375, 0.75, 0.625, 1));
  });

  it('keeps a rectangle one, with the opposite corner where it was', () => {
    expect(withCorner(box(0.25, 0.25, 0.5, 0.5), 1, { x: 0.75, y: 0.125 })).toEqual(
      box(0.25, 0.125, 0.75, 0.5),
    );
  });

  it('adds a corner halfway to the next and takes it out again', () => {
    const five = withCornerAfter(box(0, 0, 0.5, 0.5), 3);
    expect(five).toEqual({
      shape: 'polygon',
      corners: [...box(0, 0, 0.5, 0.5).corners, { x: 0, y: 0.25 }],
    });
    expect(withoutCorner(five, 4).corners).toEqual(box(0, 0, 0.5, 0.5).corners);
  });

  it('has no more corners than the station takes, and no fewer than an area has', () => {
    let region = middleRegion;
    for (let turn = 0; turn < 100; turn += 1) region = withCornerAfter(region, 0);
    expect(region.corners).toHaveLength(cornersLimit);
    for (let turn = 0; turn < 100; turn += 1) region = withoutCorner(region, 0);
    expect(region.corners).toHaveLength(3);
  });

  it('stays an area on the picture whatever is done to it', () => {
    const part = fc.double({ min: -2, max: 3, noNaN: true });
    const corner: fc.Arbitrary<Corner> = fc.record({ x: part, y: part });
    const deed = fc.oneof(
      corner.map((by) => (region: Region) => moved(region, by)),
      fc.tuple(fc.nat(), corner).map(([at, to]) => (region: Region) => {
        return withCorner(region, at % region.corners.length, to);
      }),
      fc.nat().map((at) => (region: Region) => withCornerAfter(region, at % region.corners.length)),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
        const { corners } = deeds.reduce((region, act) => act(region), middleRegion);
        const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
        for (const values of [xs, ys]) {
          expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...values)).toBeLessThanOrEqual(1);
          expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.019);
        }
      }),
    );
  });
});
