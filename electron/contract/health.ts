// What the station says of itself, its encoders and its cameras, as it crosses the contract.

import * as z from 'zod';
import { encodedCodecs, encoderKinds } from '../../recorder/model/encoding.ts';
import { CameraIdShape, GapReasonShape, StreamIdShape, TimeMs } from './shapes.ts';

const EncoderShape = z.object({
  /** FFmpeg's name of it. */
  name: z.string(),
  kind: z.enum(encoderKinds),
  codec: z.enum(encodedCodecs),
  /** The render node of the graphics card, for VAAPI. */
  device: z.string().optional(),
});

/** What a trial found of an encoder of this machine. */
const EncoderTrial = EncoderShape.extend({
  works: z.boolean(),
  /** True for the one that is used where pictures of its codec are encoded. */
  isBest: z.boolean(),
  /** Why it does not work, in FFmpeg's words. */
  detail: z.string().optional(),
});

const EncodersInfo = z.object({
  /** In the order of preference; empty until they have been tried. */
  trials: z.array(EncoderTrial),
  /** The newest failure of a hardware encoder in use since the program started: the processor took over. */
  trouble: z.object({ name: z.string(), atMs: TimeMs, detail: z.string() }).optional(),
});
export const StationInfo = z.object({
  version: z.string(),
  shell: z.enum(['desktop', 'headless']),
  startedMs: TimeMs,
  ffmpeg: z.object({ version: z.string(), origin: z.enum(['setting', 'bundled', 'system']) }).optional(),
  encoders: EncodersInfo,
  secrets: z.enum(['system', 'file']),
  volumes: z.array(
    z.object({
      label: z.string(),
      state: z.enum(['ready', 'missing', 'refused']),
      freeBytes: z.number().optional(),
      totalBytes: z.number().optional(),
    }),
  ),
  /** What is wrong beside the alarms. */
  problems: z.array(z.object({ message: z.string(), hint: z.string().optional() })),
});
export type StationInfo = z.infer<typeof StationInfo>;

/** How a camera's recorder does. Its state is that of the camera. */
export const CameraHealth = z.object({
  cameraId: CameraIdShape,
  streamId: StreamIdShape,
  /** What comes now; undefined while nothing comes. */
  fps: z.number().min(0).optional(),
  kilobits: z.number().min(0).optional(),
  /** Between the newest two keyframes. */
  keyframeIntervalMs: z.number().optional(),
  /** Set while its pictures are encoded here. */
  encoder: EncoderShape.optional(),
  /** Its pictures cannot be decoded here for now: no movement is found, on motion everything is kept. */
  isBlind: z.boolean().optional(),
  /** How often its pictures broke off since the program started, and were begun again. */
  interruptions: z.number().int().min(0),
  /** Why there were none the last time; undefined when nothing happened since the program started. */
  last: z.object({ reason: GapReasonShape, detail: z.string(), atMs: TimeMs }).optional(),
});
export type CameraHealth = z.infer<typeof CameraHealth>;
