// What is done on the wall of a window: what can be taken back, and what another view leaves behind.
import { beforeEach, expect, it } from 'vitest';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { useWall, wall } from './wall.ts';
import { allCameras } from './wall-view.ts';

const fresh = useWall.getState();
beforeEach(() => useWall.setState(fresh, true));

const own = {
  layout: { columns: 2, rows: 1, places: [{ x: 0, y: 0, w: 2, h: 1 }] },
  slots: [{ kind: 'empty' as const }],
};

it('takes a chosen layout back to the arrangement that was there, and no change before it', () => {
  wall.change(own);
  wall.choose(9);
  wall.choose(9);
  expect(useWall.getState().view).toEqual({ ...own, layout: 9 });
  wall.undo();
  expect(useWall.getState().view).toEqual(own);
  wall.undo();
  expect(useWall.getState().view).toEqual(allCameras);
});

it('takes a tour back, and stops or sets out again with it', () => {
  wall.tour(5);
  wall.tour(30);
  wall.undo();
  expect(useWall.getState()).toMatchObject({ view: { tourS: 5 }, isTouring: true });
  wall.tour(undefined);
  wall.undo();
  expect(useWall.getState()).toMatchObject({ view: { tourS: 5 }, isTouring: true });
  wall.undo();
  expect(useWall.getState()).toMatchObject({ view: allCameras, isTouring: false });
});

it('shows another view without the zooms and the past of the one before', () => {
  const streamId = newId<StreamId>();
  wall.zoom(streamId, { scale: 2, left: 0, top: 0 });
  wall.replay([streamId], 1_000);
  wall.show(allCameras, undefined);
  const { zooms, replays } = useWall.getState();
  expect([zooms.size, replays.size]).toEqual([0, 0]);
});
