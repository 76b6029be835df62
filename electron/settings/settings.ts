// The settings the station reads when it starts, from rows of text.

import { z } from 'zod';
import type { Log } from '../../recorder/model/log.ts';
import type { SettingRows } from '../catalog/settings.ts';

/** Named as their rows are. */
const SettingsShape = {
  /** An FFmpeg to use instead of the one that would be found. */
  ffmpegPath: z.string().min(1).max(4_096).optional(),
  /** Length of a segment (product R3). */
  segmentSeconds: z.coerce.number().int().min(10).max(3_600).default(60),
  /** How often an open segment is synced: what a power cut may cost of it (product S4). */
  syncSeconds: z.coerce.number().min(0.5).max(60).default(2),
};

export interface Settings {
  readonly ffmpegPath: string | undefined;
  readonly segmentMs: number;
  readonly syncMs: number;
}

/** A value that cannot be read counts as not set, and is logged. */
export function readSettings(rows: SettingRows, log: Log): Settings {
  const read = <Shape extends z.ZodType>(name: string, shape: Shape): z.infer<Shape> => {
    const result = shape.safeParse(rows.get(name));
    if (result.success) return result.data;
    log.warn({ setting: name, problem: result.error.issues[0]?.message }, 'a setting cannot be read');
    return shape.parse(undefined);
  };
  return {
    ffmpegPath: read('ffmpegPath', SettingsShape.ffmpegPath),
    segmentMs: read('segmentSeconds', SettingsShape.segmentSeconds) * 1_000,
    syncMs: read('syncSeconds', SettingsShape.syncSeconds) * 1_000,
  };
}
