// Alarms: what the operator has to know and do something about, as they cross the contract.

import * as z from 'zod';
import type { AlarmId } from '../../recorder/model/ids.ts';
import { isId } from '../../recorder/model/ids.ts';
import { TimeMs } from './shapes.ts';

/** Stored in rows: a new kind is added at the end, a stored one is never renamed. */
export const alarmKinds = [
  /** No volume has room left, and nothing on them may be deleted: recording has stopped. */
  'disk-full',
  /** Only locked footage is left to delete; recording goes on until the rest of the room is used. */
  'only-locked-left',
  'volume-missing',
  'volume-refused',
  /** A volume does not take footage: errors, or too slow. */
  'volume-failing',
  /** No volume can be recorded on. */
  'no-volume',
  /** More than half of what was looked at on a volume is missing: nothing is written off. */
  'footage-vanished',
  /** Recorded files are missing or not what they were when they were closed. */
  'footage-damaged',
  /** The clock jumped: nothing is deleted for its age until it is trusted again. */
  'clock-jumped',
  /** The catalog was lost or damaged, and put back from a snapshot or from the files. */
  'catalog-restored',
  'catalog-backup-failed',
  /** The clock was set back: the newest recordings lie ahead of it, and what is recorded now follows behind them. */
  'footage-ahead',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

export const AlarmIdShape = z.custom<AlarmId>(
  (value) => typeof value === 'string' && isId(value),
  'not an alarm id',
);

export const Alarm = z.object({
  id: AlarmIdShape,
  kind: z.enum(alarmKinds),
  /** In the operator's words. */
  message: z.string(),
  hint: z.string().optional(),
  raisedMs: TimeMs,
  /** Stands until somebody says that it was read; the others end with their cause. */
  acknowledge: z.boolean(),
});
export type Alarm = z.infer<typeof Alarm>;
