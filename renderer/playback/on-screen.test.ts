// The moment and whether it plays go from one camera to the next, once.
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type CameraId, newId } from '../../recorder/model/ids.ts';
import { onScreen } from './on-screen.ts';
import type { Playable } from './playable.ts';
import { atFirst } from './player-state.ts';

function made(ms: number | undefined, playing: boolean): Playable {
  const store = createStore(() => ({ ...atFirst, playing }));
  const nothing = () => {};
  const deeds = { play: nothing, pause: nothing, toggle: nothing, setSpeed: nothing, skip: nothing };
  return {
    ...{ ...deeds, store, step: nothing, goToNewest: nothing, onFrame: () => nothing },
    shown: () => undefined,
    targetMs: () => ms,
  };
}

describe('onScreen', () => {
  it('hands over the moment on screen and whether it plays, to one taker', () => {
    const cameraId = newId<CameraId>();
    const leave = onScreen.enlist({ playable: made(1_000.4, true), cameraId });
    expect(onScreen.cameraId()).toBe(cameraId);
    expect(onScreen.handOver()).toEqual({ at: 1_000 });
    leave();
    expect(onScreen.takeOver()).toBe(true);
    expect(onScreen.takeOver()).toBeUndefined();
  });

  it('hands over nothing without a moment, and nothing of what was left', () => {
    const leave = onScreen.enlist({ playable: made(undefined, true), cameraId: newId<CameraId>() });
    expect(onScreen.handOver()).toEqual({});
    const next = onScreen.enlist({ playable: made(5, false), cameraId: newId<CameraId>() });
    leave();
    expect(onScreen.handOver()).toEqual({ at: 5 });
    expect(onScreen.takeOver()).toBe(false);
    next();
    expect(onScreen.handOver()).toEqual({});
    expect(onScreen.cameraId()).toBeUndefined();
  });
});
