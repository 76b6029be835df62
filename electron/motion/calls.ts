// The calls about motion.

import { calls } from '../calls.ts';
import type { MotionService } from './service.ts';

export const motionCalls = (motion: MotionService) => ({
  settings: calls.motion.settings.handler(({ input }) => shown(motion.settings(input.cameraId))),
  events: calls.motion.events.handler(({ input }) => motion.events(input)),
  search: calls.motion.search.handler(({ input }) => motion.search(input)),
  level: calls.motion.level.handler(({ input }) => motion.levels(input)),
});

/** The call of `cameras` that is about motion. */
export const cameraMotionCalls = (motion: MotionService) => ({
  setMotion: calls.cameras.setMotion.handler(({ input: { cameraId, ...settings } }) =>
    shown(motion.setSettings(cameraId, settings)),
  ),
});

/** Lists that the contract may change. */
function shown({ enabled, sensitivity, masks }: ReturnType<MotionService['settings']>) {
  return { enabled, sensitivity, masks: masks.map((outline) => [...outline]) };
}
