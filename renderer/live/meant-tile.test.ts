// Which tile a key is about, from where the keyboard and the pointer are and what was chosen last.
import { expect, it } from 'vitest';
import { type CameraId, newId } from '../../recorder/model/ids.ts';
import { nearestSlot, tileAt, tileFor } from './meant-tile.ts';
import type { WallTile } from './use-wall-page.ts';

const ids = Array.from({ length: 4 }, () => newId<CameraId>());
const tiles = ids.map(
  (cameraId, slot): WallTile => ({
    ...{ slot, key: cameraId, content: { kind: 'camera', cameraId }, camera: undefined },
    rect: { x: slot, y: 0, w: 1, h: 1 },
  }),
);
const page = { tiles };
const nowhere = { focused: undefined, pointedAt: undefined };

it('is the one with the keyboard before the one under the pointer', () => {
  expect(tileFor(page, { focused: 2, pointedAt: 1 }, ids[3])?.slot).toBe(2);
  expect(tileFor(page, { focused: undefined, pointedAt: 1 }, ids[3])?.slot).toBe(1);
});

it('is the one chosen last while the hands are elsewhere, and none once that is on no tile', () => {
  expect(tileFor(page, nowhere, ids[3])?.slot).toBe(3);
  expect(tileFor(page, nowhere, newId<CameraId>())).toBeUndefined();
  expect(tileFor(page, nowhere, undefined)).toBeUndefined();
  expect(tileAt(page, nowhere)).toBeUndefined();
});

it('is the only one wherever the hands are', () => {
  expect(tileFor({ tiles: tiles.slice(1, 2) }, { focused: undefined, pointedAt: 3 }, ids[0])?.slot).toBe(1);
});

it('gives the keyboard to what came into its slot, else to the nearest', () => {
  expect(nearestSlot(tiles, 1)).toBe(1);
  expect(nearestSlot(tiles, 4)).toBe(3);
  expect(nearestSlot([{ slot: 4 }, { slot: 5 }], 1)).toBe(4);
  expect(nearestSlot([], 1)).toBeUndefined();
});
