// How a camera is recorded, as it crosses the contract: mode, week, recording by hand, storage saver.

import * as z from 'zod';
import { encodedCodecs, saverLimits } from '../../recorder/model/encoding.ts';
import {
  daysOfWeek,
  manualLimitMs,
  modeKinds,
  postRollLimits,
  preRollLimitMs,
} from '../../recorder/model/modes.ts';

/** Seven days from Monday, each of 24 letters, one for each local hour: `c` continuously, `m` on motion, `-` not at all. */
export const WeekShape = z
  .array(z.string().regex(/^[cm-]{24}$/, 'A day has 24 hours.'))
  .length(daysOfWeek, 'A week has seven days.');

export const ModeInput = z.object({
  kind: z.enum(modeKinds),
  week: WeekShape,
  preRollMs: z
    .number()
    .int()
    .min(0)
    .max(preRollLimitMs, `At most ${preRollLimitMs / 1_000} seconds.`),
  postRollMs: z
    .number()
    .int()
    .min(postRollLimits.leastMs, `At least ${postRollLimits.leastMs / 1_000} seconds.`)
    .max(postRollLimits.mostMs, `At most ${postRollLimits.mostMs / 60_000} minutes.`),
});
export type ModeInput = z.infer<typeof ModeInput>;

export const CameraMode = ModeInput.extend({
  /** Everything is recorded until then; a moment that is over says nothing. UTC epoch milliseconds. */
  manualUntilMs: z.number().int().min(0).optional(),
});
export type CameraMode = z.infer<typeof CameraMode>;

/** How long to record by hand from now on; 0 ends it. */
export const ByHandInput = z.object({ forMs: z.number().int().min(0).max(manualLimitMs, 'At most a day.') });

const { height, fps, kilobits } = saverLimits;
export const StorageSaverShape = z.object({
  codec: z.enum(encodedCodecs),
  heightLimit: z.number().int().min(height.least).max(height.most).optional(),
  fpsLimit: z.number().int().min(fps.least).max(fps.most).optional(),
  kilobits: z.number().int().min(kilobits.least).max(kilobits.most),
});
export type StorageSaverShape = z.infer<typeof StorageSaverShape>;
