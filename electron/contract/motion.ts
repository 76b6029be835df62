// Motion as it crosses the contract, with its limits: settings of a camera, events, searches in a drawn region, heat of a timeline.

import * as z from 'zod';
import { longestMotionSearchMs, longestTimelineMs } from '../../recorder/model/limits.ts';
import { CameraIdShape, StreamIdShape, TimeMs } from './shapes.ts';
import { endsLater, lastsAtMost } from './time-range.ts';

const Part = z.number().min(0).max(1);
export const cornersLimit = 32;
/** An area of the picture by its corners, in parts of its width and height from the left and top edge. */
const Outline = z
  .array(z.object({ x: Part, y: Part }))
  .min(3, 'At least three corners.')
  .max(cornersLimit);
export const outlinesLimit = 16;

export const MotionSettings = z.object({
  enabled: z.boolean(),
  /** 0: only strong changes; 100: everything that is not noise. */
  sensitivity: z.number().int().min(0).max(100),
  /** Areas that are never looked at. */
  masks: z.array(Outline).max(outlinesLimit, `At most ${outlinesLimit} masks.`),
});
export type MotionSettings = z.infer<typeof MotionSettings>;
export const MotionSettingsInput = MotionSettings.extend({ cameraId: CameraIdShape });

/** Sixteen by nine cells as 36 hexadecimal digits: bit `row * 16 + column`, lowest bit of the first byte first. */
const Cells = z.string().length(36);

export const MotionEventShape = z.object({
  startMs: TimeMs,
  /** The last keyframe with motion; undefined while the event goes on. */
  endMs: TimeMs.optional(),
  peakMs: TimeMs,
  /** Moving part of the picture at the peak. */
  peakLevel: Part,
  cells: Cells,
});
export type MotionEventShape = z.infer<typeof MotionEventShape>;

const range = { streamId: StreamIdShape, startMs: TimeMs, endMs: TimeMs };

/** More in one answer is more than anybody looks at; the next answer begins where it ends. */
export const motionAnswerLimit = 2_000;

export const MotionRange = z
  .object(range)
  .refine(...endsLater)
  .refine(...lastsAtMost(longestTimelineMs));
/** Oldest first. `more`: the range holds later ones, too. */
export const MotionEventList = z.object({ events: z.array(MotionEventShape), more: z.boolean() });
export type MotionEventList = z.infer<typeof MotionEventList>;

export const MotionSearch = z
  .object({ ...range, region: z.array(Outline).min(1, 'Draw a region.').max(outlinesLimit) })
  .refine(...endsLater)
  .refine(...lastsAtMost(longestMotionSearchMs));
export const MotionHit = z.object({
  startMs: TimeMs,
  endMs: TimeMs,
  peakMs: TimeMs,
  /** Moving part of the region at the peak. */
  peakLevel: Part,
});
export type MotionHit = z.infer<typeof MotionHit>;
/** Oldest first. `more`: the range holds later ones, too. */
export const MotionHitList = z.object({ hits: z.array(MotionHit), more: z.boolean() });
export type MotionHitList = z.infer<typeof MotionHitList>;

/** A bucket for every pixel of two large screens side by side. */
export const bucketsLimit = 8_000;
export const MotionLevelRange = z
  .object({ ...range, buckets: z.number().int().min(1).max(bucketsLimit) })
  .refine(...endsLater)
  .refine(...lastsAtMost(longestTimelineMs));
/** The highest moving part of the picture in each of the equal parts of the range, in percent. */
export const MotionLevels = z.object({ levels: z.array(z.number().int().min(0).max(100)) });
export type MotionLevels = z.infer<typeof MotionLevels>;
