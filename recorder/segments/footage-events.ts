// What the store tells whoever records: footage that is safe, footage that is lost, and why.

import type { EpochMs } from '../model/clock.ts';
import type { Segment } from '../model/footage.ts';
import type { GapReason } from '../model/states.ts';
import { codeOf } from './durable.ts';

export type LossReason = Extract<GapReason, 'disk-full' | 'disk-error' | 'volume-missing'>;

/** Footage that came and is not in a segment. */
export interface Loss {
  readonly fromMs: EpochMs;
  /** Undefined: until the next `onBegin`. Else it is over: a file that had seemed written could not be kept. */
  readonly untilMs: EpochMs | undefined;
  readonly reason: LossReason;
  /** For the log and the health screen; holds paths. */
  readonly detail: string;
}

/** Called in the order of the footage, never from inside a call of the writer's own methods. */
export interface StreamWriterListener {
  /** The first fragment of a new file is written: footage goes on from here. */
  onBegin(startMs: EpochMs): void;
  /** Footage up to here is written and will not change: the end of the last complete span, or of a closed segment. */
  onFootage(newestMs: EpochMs): void;
  onSegment(segment: Segment): void;
  onLost(loss: Loss): void;
}

/** What an error of the file system means for the footage. Out of inodes says ENOSPC as well. */
export function lossReasonOf(error: unknown): LossReason {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'disk-error';
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
