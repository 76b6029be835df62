// Views of the wall: pages, cameras that change places, shapes of the operator's own, and what storage may hold.
import { describe, expect, it } from 'vitest';
import { type CameraId, newId } from '../../recorder/model/ids.ts';
import { refined, replaced, shapeOf, without } from './wall-shape.ts';
import {
  pageOf,
  put,
  readView,
  rearranged,
  type Slot,
  swapped,
  type WallView,
  withTile,
} from './wall-view.ts';

const ids = Array.from({ length: 30 }, () => newId<CameraId>());
const camera = (at: number): Slot => ({ kind: 'camera', cameraId: ids[at] as CameraId });
const five = ids.slice(0, 5);
const own = (...at: number[]): WallView => ({ layout: 4, slots: at.map(camera) });

/** What the page shows, as the cameras' numbers. */
function shown(view: WallView, cameraIds: readonly CameraId[] = five, page = 0): (number | string)[] {
  return pageOf(view, cameraIds, page).tiles.map(({ content }) =>
    content.kind === 'camera' ? ids.indexOf(content.cameraId) : content.kind,
  );
}

describe('a view of all cameras', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 4],
    [5, 9],
    [10, 16],
    [17, 25],
    [30, 9],
  ])('of %i has the layout of %i', (count, layout) => {
    expect(pageOf({}, ids.slice(0, count), 0).layout).toBe(layout);
  });

  it('goes on on further pages, and ends with the last', () => {
    expect(pageOf({}, ids, 0).pages).toBe(4);
    expect(shown({}, ids, 3)).toEqual([27, 28, 29, ...Array.from({ length: 6 }, () => 'empty')]);
    expect(pageOf({}, ids, 9).page).toBe(3);
    expect(pageOf({}, ids, -1).page).toBe(0);
  });
});

describe('a camera put into a tile', () => {
  it('trades places with the one there when it is on the wall already, also from another page', () => {
    expect(shown(put({ layout: 4 }, five, 0, camera(2)))).toEqual([2, 1, 0, 3]);
    const view = put({ layout: 4 }, five, 1, camera(4));
    expect(shown(view)).toEqual([0, 4, 2, 3]);
    expect(shown(view, five, 1)).toEqual([1, 'empty', 'empty', 'empty']);
  });

  it('takes the place of another when it is new on the wall', () => {
    expect(shown(put(own(0, 1), five, 0, camera(4)))).toEqual([4, 1, 'empty', 'empty']);
    expect(shown(put(own(0, 1), five, 3, camera(4)))).toEqual([0, 1, 'empty', 4]);
  });

  it('keeps the layout that was in use, whatever else is added', () => {
    const view = put({}, five, 0, camera(2));
    expect(pageOf(view, ids, 0).layout).toBe(9);
  });

  it('leaves nothing behind when the tile is emptied', () => {
    expect(put(own(0, 1), five, 1, { kind: 'empty' }).slots).toEqual([camera(0)]);
  });

  it('swaps with an empty tile', () => {
    expect(shown(swapped(own(0, 1), five, 0, 3))).toEqual(['empty', 1, 'empty', 0]);
  });
});

describe('a shape of the operator’s own', () => {
  it('drops what its removed tile showed and keeps the other pages', () => {
    const page = pageOf({ layout: 4 }, five, 0);
    const view = rearranged({ layout: 4 }, five, page, without(refined(page.shape), 1));
    expect(shown(view)).toEqual([0, 2, 3]);
    expect(shown(view, five, 1)).toEqual([4, 'empty', 'empty']);
  });

  it('keeps each camera with its tile when tiles are resized', () => {
    const page = pageOf({ layout: 4 }, five, 0);
    const view = rearranged(
      { layout: 4 },
      five,
      page,
      replaced(refined(page.shape), 3, { x: 0, y: 6, w: 12, h: 6 }),
    );
    expect(shown(view)).toEqual([0, 1, 3]);
    expect(pageOf(view, five, 0).layout).toBeUndefined();
  });

  it('takes a new tile; a camera from elsewhere on the wall moves there', () => {
    const first = pageOf({ layout: 4 }, five, 0);
    const view = rearranged({ layout: 4 }, five, first, without(refined(first.shape), 1));
    const page = pageOf(view, five, 0);
    const rect = { x: 7, y: 0, w: 4, h: 4 };
    expect(shown(withTile(view, five, page, rect, camera(4)))).toEqual([0, 2, 3, 4]);
    expect(shown(withTile(view, five, page, rect, camera(2)))).toEqual([0, 'empty', 3, 2]);
  });
});

describe('what storage holds', () => {
  it('is a view when it says so', () => {
    const views: WallView[] = [
      {},
      { layout: 6, slots: [camera(0), { kind: 'hotspot' }, { kind: 'empty' }], tourS: 15 },
      { layout: refined(shapeOf(6)) },
    ];
    for (const view of views) expect(readView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  });

  it.each([
    null,
    'all',
    { layout: 5 },
    { slots: [{ kind: 'camera', cameraId: '../x' }] },
    { layout: { columns: 2, rows: 2, places: [] } },
    { layout: { columns: 2, rows: 2, places: [{ x: 1, y: 0, w: 2, h: 1 }] } },
    {
      layout: {
        columns: 2,
        rows: 2,
        places: [
          { x: 0, y: 0, w: 2, h: 1 },
          { x: 1, y: 0, w: 1, h: 1 },
        ],
      },
    },
    { tourS: 0 },
  ])('is no view: %j', (stored) => {
    expect(readView(stored)).toBeUndefined();
  });
});
