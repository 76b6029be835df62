// The calls about the condition of the station and of its cameras.

import { calls } from '../calls.ts';
import type { CameraHealthService } from './camera-health.ts';
import type { StationHealth } from './station-health.ts';

export const stationCalls = (health: StationHealth) => ({
  info: calls.station.info.handler(() => health.info()),
});

/** The call of `cameras` that is about how they do. */
export const cameraHealthCalls = (health: CameraHealthService) => ({
  health: calls.cameras.health.handler(() => health.list()),
});
