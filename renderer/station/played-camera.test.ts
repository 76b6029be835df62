// Which camera an address means: one that is there, one that was removed, or the first that can be played.
import { expect, it } from 'vitest';
import type { Camera, FormerCamera } from '../../electron/contract/shapes.ts';
import { newId } from '../../recorder/model/ids.ts';
import { isFormer, playedCamera } from './played-camera.ts';

const gate: Camera = {
  ...{ id: newId(), streamId: newId(), name: 'Gate', recording: true, createdMs: 1, retention: {} },
  mode: { kind: 'continuous', week: [], preRollMs: 0, postRollMs: 0 },
  source: { kind: 'test-pattern' },
  state: { kind: 'off' },
};
const yard: FormerCamera = {
  ...{ id: newId(), streamId: newId(), name: 'Yard', removedMs: 9, oldestMs: 1, newestMs: 8 },
  picture: { width: 4, height: 3 },
};

it.each([
  ['the first that is there', undefined, [gate], gate],
  ['the last removed when none is there', undefined, [], yard],
  ['one that is there', gate.id, [gate], gate],
  ['one that was removed', yard.id, [gate], yard],
  ['none for an id of nobody', newId(), [gate], undefined],
])('means %s', (_, id, cameras, meant) => {
  expect(playedCamera(id, cameras, [yard])).toBe(meant);
});

it('knows which of them was removed', () => {
  expect([gate, yard].map(isFormer)).toEqual([false, true]);
});
