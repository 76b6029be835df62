// The call about the station's own condition.

import { calls } from '../calls.ts';
import type { StationHealth } from './station-health.ts';

export const stationCalls = (health: StationHealth) => ({
  info: calls.station.info.handler(() => health.info()),
});
