// When a tour waits for somebody who looks closely.
import { expect, it } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { restsOn } from './use-tour.ts';
import type { WallTile } from './use-wall-page.ts';

const camera = (streamId: StreamId) => ({ streamId }) as Camera;
const tile = (shown: Camera | undefined): WallTile => ({
  ...{ key: 'tile', slot: 0, rect: { x: 0, y: 0, w: 1, h: 1 } },
  ...{ content: { kind: 'empty' }, camera: shown },
});
const calm = { isArranging: false, replays: new Map(), zooms: new Map() };

it('rests for what is zoomed or in the past on its page, not for what was left so elsewhere', () => {
  const [here, elsewhere] = [newId<StreamId>(), newId<StreamId>()];
  const page = { tiles: [tile(undefined), tile(camera(here))], enlarged: undefined };
  const zoom = { scale: 2, left: 0, top: 0 };
  expect(restsOn(page, calm)).toBe(false);
  expect(restsOn(page, { ...calm, zooms: new Map([[elsewhere, zoom]]) })).toBe(false);
  expect(restsOn(page, { ...calm, replays: new Map([[elsewhere, 1]]) })).toBe(false);
  expect(restsOn(page, { ...calm, zooms: new Map([[here, zoom]]) })).toBe(true);
  expect(restsOn(page, { ...calm, replays: new Map([[here, 1]]) })).toBe(true);
  expect(restsOn(page, { ...calm, isArranging: true })).toBe(true);
  expect(restsOn({ ...page, enlarged: camera(here) }, calm)).toBe(true);
});
