// Whether a camera is recorded as it is meant to be.
import type { Camera } from '../../electron/contract/shapes.ts';

/** `missing` is one that should be and is not; `resting` one that is off, or waits for movement or for its hour as it should. */
export type Recorded = 'recorded' | 'missing' | 'resting';

export function recordedOf({ state, recording }: Pick<Camera, 'state' | 'recording'>): Recorded {
  if (state.kind === 'running' && state.recording) return 'recorded';
  const isIdle = state.kind === 'running' && state.idle !== undefined;
  return recording && !isIdle ? 'missing' : 'resting';
}
