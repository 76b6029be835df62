// What is played back, and which one of them the address means. Pure.

import type { Camera, FormerCamera } from '../../electron/contract/shapes.ts';

/** A camera of the station, or what one that was removed has left. */
export type PlayedCamera = Camera | FormerCamera;

export function isFormer(camera: PlayedCamera): camera is FormerCamera {
  return 'removedMs' in camera;
}

/** The camera of that id, present or removed; without an id the first that can be played. Undefined when there is none. */
export function playedCamera(
  id: string | undefined,
  cameras: readonly Camera[],
  former: readonly FormerCamera[],
): PlayedCamera | undefined {
  const all = [...cameras, ...former];
  return id === undefined ? all[0] : all.find((camera) => camera.id === id);
}
