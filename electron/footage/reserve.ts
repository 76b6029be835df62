// How much of a volume stays free, and how fast the station fills it.

import { dayMs, type EpochMs, hourMs } from '../../recorder/model/clock.ts';
import type { KeptCamera, RetentionRows } from '../catalog/retention.ts';

const reserveShare = 0.05;
/** A reserve beyond this is a slip of the hand: nearly nothing would be recorded. */
export const reserveShareLimit = 0.9;
/** An hour of recording never claims more of a small volume than this. */
const hourShareLimit = 0.25;

/**
 * The rule: the larger of an hour of recording at the measured rate and 5 % of the volume, unless it was set by hand. By
 * hand, too, it leaves room for footage: the disk may have become a smaller one since.
 */
export function reserveBytes(totalBytes: number, bytesPerMs: number, byHand: number | undefined): number {
  if (byHand !== undefined) return Math.min(byHand, Math.floor(totalBytes * reserveShareLimit));
  const hour = Math.min(bytesPerMs * hourMs, totalBytes * hourShareLimit);
  return Math.round(Math.max(hour, totalBytes * reserveShare));
}

/** What a camera makes in a day of recording, all its streams together. */
export function bytesPerDay(camera: KeptCamera, rows: RetentionRows): number {
  return camera.streamIds.reduce((sum, streamId) => {
    const { bytes, durationMs } = rows.rate(streamId);
    return durationMs === 0 ? sum : sum + (bytes / durationMs) * dayMs;
  }, 0);
}

/** What all cameras that are to record now make in a millisecond; one that is off may be recorded by hand. */
export function stationBytesPerMs(rows: RetentionRows, nowMs: EpochMs): number {
  const recording = rows
    .cameras()
    .filter(({ isRecording, byHandUntilMs = 0 }) => isRecording || byHandUntilMs > nowMs);
  return recording.reduce((sum, camera) => sum + bytesPerDay(camera, rows) / dayMs, 0);
}
