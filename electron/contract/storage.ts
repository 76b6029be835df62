// Volumes, retention, forecast and evidence locks as they cross the contract.

import * as z from 'zod';
import type { LockId, VolumeId } from '../../recorder/model/ids.ts';
import { isId } from '../../recorder/model/ids.ts';
import { CameraIdShape, TimeMs } from './shapes.ts';
import { Line, PathLine, Prose } from './text.ts';
import { endsLater } from './time-range.ts';

export const VolumeIdShape = z.custom<VolumeId>(
  (value) => typeof value === 'string' && isId(value),
  'not a volume id',
);
export const LockIdShape = z.custom<LockId>(
  (value) => typeof value === 'string' && isId(value),
  'not a lock id',
);

/** Ten years: longer is kept by leaving the limit out. */
export const keepDaysLimit = 3_660;
/** A quota below some minutes of video would delete what is being watched. */
export const leastQuotaBytes = 1_000_000;
const Bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What a camera's footage may grow to; the oldest goes first. Undefined is without a limit of its own. */
export const RetentionInput = z.object({
  keepDays: z.number().int().min(1).max(keepDaysLimit).optional(),
  quotaBytes: Bytes.min(leastQuotaBytes, 'At least a megabyte.').optional(),
});

const volumeNameLimit = 80;
const folderLimit = 1_000;
export const VolumeName = Line(volumeNameLimit).min(1, 'A volume needs a name.');

export const VolumeInput = z.object({
  name: VolumeName,
  /** Absolute; made when it is missing and its parent is there. */
  folder: PathLine(folderLimit).min(1, 'A folder is needed.'),
});

export const ReserveInput = z.object({
  volumeId: VolumeIdShape,
  /** Left out: the rule's own, the larger of an hour of recording and 5 % of the volume. */
  reserveBytes: Bytes.optional(),
});

export const StorageVolume = z.object({
  id: VolumeIdShape,
  name: z.string(),
  folder: z.string(),
  state: z.enum(['ready', 'missing', 'swapped', 'unreadable']),
  /** Nothing new is recorded on it. */
  retired: z.boolean(),
  /** Undefined while the volume is not ready. */
  freeBytes: Bytes.optional(),
  totalBytes: Bytes.optional(),
  /** What is kept free on it. */
  reserveBytes: Bytes,
  /** True when the reserve was set by hand. */
  reserveSet: z.boolean(),
  /** Of the catalog's rows. */
  footageBytes: Bytes,
});
export type StorageVolume = z.infer<typeof StorageVolume>;

export const CameraStorage = z.object({
  cameraId: CameraIdShape,
  name: z.string(),
  /** Removed cameras keep their footage. */
  removed: z.boolean(),
  footageBytes: Bytes,
  lockedBytes: Bytes,
  oldestMs: TimeMs.optional(),
  newestMs: TimeMs.optional(),
  keepDays: z.number().int().optional(),
  quotaBytes: Bytes.optional(),
  /** While it records, as measured over its newest segments; 0 when nothing is known. */
  bytesPerDay: z.number().min(0),
  /** How many days of its footage there will be once old footage makes room; undefined when nothing is known. */
  forecastDays: z.number().min(0).optional(),
});
export type CameraStorage = z.infer<typeof CameraStorage>;

export const StorageOverview = z.object({
  volumes: z.array(StorageVolume),
  cameras: z.array(CameraStorage),
  /** Footage being read in again after the catalog was restored; undefined when there is none of that. */
  reading: z.object({ files: z.number().int(), bytes: Bytes }).optional(),
  /** When the catalog was last backed up; undefined before the first time. */
  backupMs: TimeMs.optional(),
  scrub: z.object({
    /** Share of the footage that was read in this round, 0 to 1; a round takes thirty nights. */
    share: z.number().min(0).max(1),
    lastMs: TimeMs.optional(),
  }),
});
export type StorageOverview = z.infer<typeof StorageOverview>;

/** Characters of the reason for a lock. */
export const lockReasonLimit = 500;
export const LockInput = z
  .object({
    cameraId: CameraIdShape,
    startMs: TimeMs,
    endMs: TimeMs,
    reason: Prose(lockReasonLimit).min(1, 'A lock needs a reason.'),
    /** Left out: until it is released. */
    expiresMs: TimeMs.optional(),
  })
  .refine(...endsLater);

export const EvidenceLock = z.object({
  id: LockIdShape,
  cameraId: CameraIdShape,
  startMs: TimeMs,
  endMs: TimeMs,
  reason: z.string(),
  createdMs: TimeMs,
  createdBy: z.string(),
  expiresMs: TimeMs.optional(),
});
export type EvidenceLock = z.infer<typeof EvidenceLock>;
