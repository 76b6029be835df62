// The values that cross the contract, as schemas with their limits. Times are UTC epoch milliseconds.

import * as z from 'zod';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import { isId } from '../../recorder/model/ids.ts';
import { gapReasons } from '../../recorder/model/states.ts';
import { CameraMode, StorageSaverShape } from './modes.ts';
import { roles } from './roles.ts';
import { showsSomething } from './text.ts';

/** Latest time we accept: the year 9999, where four-digit folders of the store end. */
const lastMs = 253_402_300_799_999;
export const TimeMs = z.number().int().min(0).max(lastMs);

const idText = z.string().max(36).refine(isId, 'not an id');
export const CameraIdShape = z.custom<CameraId>(
  (value) => idText.safeParse(value).success,
  'not a camera id',
);
export const StreamIdShape = z.custom<StreamId>(
  (value) => idText.safeParse(value).success,
  'not a stream id',
);

/** Control characters, and the marks that turn the reading direction around (Unicode bidi classes, UAX #9). */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
export const cameraNameLimit = 80;
export const CameraName = z
  .string()
  .trim()
  .min(1, 'A camera needs a name.')
  .max(cameraNameLimit, `A name has at most ${cameraNameLimit} characters.`)
  .refine((name) => !unprintable.test(name), 'A name has no control characters.')
  .refine((name) => name.isWellFormed(), 'A name is well-formed text.')
  .refine(showsSomething, 'A name has a character that can be seen.');

export const sourceUrlLimit = 2_000;
/** A camera's address as typed; what it may be is decided by `cameras/source-url`. */
export const SourceUrl = z.string().trim().min(1, 'An address is needed.').max(sourceUrlLimit);
const SignInText = (limit: number) =>
  z
    .string()
    .max(limit)
    .refine((text) => !unprintable.test(text), 'No control characters.')
    .refine((text) => text.isWellFormed(), 'Not well-formed text.');
export const Username = SignInText(128);
export const Password = SignInText(256);
export const Transport = z.enum(['tcp', 'udp']);

export const GapReasonShape = z.enum(gapReasons);

export const StreamStateShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('connecting'), sinceMs: TimeMs }),
  z.object({
    kind: z.literal('running'),
    sinceMs: TimeMs,
    recording: z.boolean(),
    /** Why nothing is recorded, while nothing is to be. */
    idle: z.enum(['recording-off', 'not-scheduled', 'no-motion']).optional(),
  }),
  z.object({
    kind: z.literal('waiting'),
    sinceMs: TimeMs,
    retryAtMs: TimeMs,
    reason: GapReasonShape,
    detail: z.string(),
  }),
]);

export const StreamPicture = z.object({
  videoCodec: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  audioCodec: z.string().optional(),
});

/** Where a stream comes from, as anybody may see it. */
const ShownSource = z.discriminatedUnion('kind', [
  /** The address never holds user or password; `signsIn` says whether a sign-in is stored. */
  z.object({ kind: z.literal('rtsp'), url: z.string(), transport: Transport, signsIn: z.boolean() }),
  z.object({ kind: z.literal('http'), url: z.string(), signsIn: z.boolean() }),
  z.object({ kind: z.literal('test-pattern') }),
]);

export const Camera = z.object({
  id: CameraIdShape,
  name: z.string(),
  /** Wanted by the operator; whether it succeeds is in the stream's state. */
  recording: z.boolean(),
  mode: CameraMode,
  /** Makes its pictures smaller before they are stored and shown; left out, they stay as they come. */
  saver: StorageSaverShape.optional(),
  createdMs: TimeMs,
  /** How much of its footage is kept; left out is without a limit of its own. */
  retention: z.object({ keepDays: z.number().int().optional(), quotaBytes: z.number().int().optional() }),
  streamId: StreamIdShape,
  source: ShownSource,
  state: StreamStateShape,
  /** What the stream carried when it last ran; undefined until its first fragment. */
  picture: StreamPicture.optional(),
  /** The same view in a smaller picture, for small tiles. Never recorded; connected while somebody watches it. */
  sub: z
    .object({ streamId: StreamIdShape, source: ShownSource, picture: StreamPicture.optional() })
    .optional(),
});
export type Camera = z.infer<typeof Camera>;

/** A camera that was removed, as long as there is footage of it: that can be played, and nothing else be done with it. */
export const FormerCamera = z.object({
  id: CameraIdShape,
  name: z.string(),
  /** Of its main stream, which holds the footage. */
  streamId: StreamIdShape,
  removedMs: TimeMs,
  oldestMs: TimeMs,
  newestMs: TimeMs,
  /** Of its newest footage. */
  picture: StreamPicture.pick({ width: true, height: true }),
});
export type FormerCamera = z.infer<typeof FormerCamera>;

/** What a new camera is made from. User and password may also stand in the address; they are split off at once. */
export const CameraSourceInput = z.object({
  url: SourceUrl,
  username: Username.optional(),
  password: Password.optional(),
  transport: Transport.default('tcp'),
});

export const NewCameraInput = CameraSourceInput.extend({
  name: CameraName,
  recording: z.boolean().default(true),
  /** Of the camera's smaller picture. On the camera's own host it signs in as the camera does. */
  subUrl: SourceUrl.optional(),
});

/**
 * What a camera's source is changed to. On the camera's own host what is left out of the sign-in stays as it is stored: all of
 * it, or the user name beside a new password. To another host nothing stored is sent.
 */
export const ChangedSourceInput = CameraSourceInput.extend({
  /** Left out, it stays. */
  transport: Transport.optional(),
});

/**
 * With `subUrl` that is tried, with the sign-in it would have; with `cameraId` as the source that this camera would be changed
 * to.
 */
export const SourceTestInput = CameraSourceInput.extend({
  subUrl: SourceUrl.optional(),
  cameraId: CameraIdShape.optional(),
});

/** Left out, the camera has no sub stream any more. */
export const SubStreamInput = z.object({ url: SourceUrl.optional() });

/** The result of a connection test: what the camera sends, or why it does not. */
export const ConnectionTest = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    video: z.object({
      codec: z.string(),
      width: z.number().int(),
      height: z.number().int(),
      /** Frames per second as measured over the test, not as declared. */
      fps: z.number(),
      /** Seconds between the keyframes seen; undefined when fewer than two came. */
      keyframeIntervalS: z.number().optional(),
    }),
    audio: z
      .object({ codec: z.string(), sampleRate: z.number().int(), channels: z.number().int() })
      .optional(),
    /** In the operator's words, e.g. a keyframe interval too long for quick seeking. */
    warnings: z.array(z.string()),
  }),
  z.object({
    ok: z.literal(false),
    reason: GapReasonShape,
    message: z.string(),
    hint: z.string().optional(),
  }),
]);
export type ConnectionTest = z.infer<typeof ConnectionTest>;

export const Gap = z.object({
  startMs: TimeMs,
  /** Undefined while the gap goes on. */
  endMs: TimeMs.optional(),
  reason: GapReasonShape,
});

/** What a stream has between two times. Coverage runs are sorted, disjoint, clipped to the asked range. */
export const Timeline = z.object({
  coverage: z.array(z.object({ startMs: TimeMs, endMs: TimeMs })),
  gaps: z.array(Gap),
  /** End of the newest playable footage of the stream, the open segment included. */
  newestMs: TimeMs.optional(),
  /** Start of the oldest. */
  oldestMs: TimeMs.optional(),
});
export type Timeline = z.infer<typeof Timeline>;

/** A month's grid of six weeks has 42 days and 43 borders; no picture of a calendar asks for more than two. */
export const dayBordersLimit = 90;
export const DaysInput = z.object({
  /** Of cameras that are played together; a day counts when any of them has footage. */
  streamIds: z.array(StreamIdShape).min(1).max(64),
  /** Where local days begin, and where the last one ends. The reader's zone is not the station's to know. */
  bordersMs: z
    .array(TimeMs)
    .min(2)
    .max(dayBordersLimit)
    .refine((borders) => borders.every((ms, index) => index === 0 || ms > (borders[index - 1] ?? ms)), {
      error: 'Each day begins after the one before.',
    }),
});
/** For each stretch between two borders, whether there is footage in it. */
export const RecordedDays = z.object({ recorded: z.array(z.boolean()) });
export type RecordedDays = z.infer<typeof RecordedDays>;

/** Where a click lands: footage at or after the asked moment, and the playlist that begins at its keyframe. */
export const PlaybackStart = z.object({
  /** Path on the station's own origin. */
  playlist: z.string(),
  /** The moment to show: the asked one, or the first recorded after it. */
  atMs: TimeMs,
  /** Wall time of the playlist's first frame, at or before `atMs`. */
  playlistStartMs: TimeMs,
  videoCodec: z.string(),
});
export type PlaybackStart = z.infer<typeof PlaybackStart>;

export const WindowId = z.string().regex(/^[0-9a-f-]{36}$/, 'not a window id');
/** 25 tiles of the largest layout and as many being swapped in. */
export const tilesPerWindowLimit = 64;

export const Person = z.object({ name: z.string(), role: z.enum(roles) });
export type Person = z.infer<typeof Person>;
