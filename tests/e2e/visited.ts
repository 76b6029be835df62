// A recorded camera in whose picture nothing moves but a visitor who comes at known times: for searches and jumps.

import type { Camera } from '../../electron/contract/shapes.ts';
import type { StationClient } from '../driver/station-process.ts';

/** By the camera's own clock; further apart than the 8 s without motion that end an event. */
export const visits = { everyMs: 15_000, forMs: 4_000 } as const;
export const visitedPlan = {
  ...({ kind: 'h264', width: 640, height: 360, fps: 15, gopFrames: 15, kilobits: 700 } as const),
  ...{ background: 0xff3d5a45, visitor: visits },
} as const;

const across = (top: number, bottom: number) => [
  { x: 0, y: top },
  { x: 1, y: top },
  { x: 1, y: bottom },
  { x: 0, y: bottom },
];

/** Adds and records it; the clocks burnt in at the upper and lower edge, which always move, are masked. */
export async function addVisited(client: StationClient, name: string, url: string): Promise<Camera> {
  const camera = await client.cameras.add({ name, url, transport: 'tcp', recording: true });
  await client.cameras.setMotion({
    ...{ cameraId: camera.id, enabled: true, sensitivity: 70 },
    masks: [across(0, 0.2), across(0.82, 1)],
  });
  return camera;
}
