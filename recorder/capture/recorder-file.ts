// What is kept of a stream's recorder between programs: the FFmpeg that runs for it, and what was learned of the camera.
// A file `<data>/recorders/<stream id>.json`, replaced as a whole. It is a help, not a truth: without it, or with a broken
// one, the program starts as if it were the stream's first time.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrackPlan } from '../ffmpeg/source.ts';
import type { EpochMs } from '../model/clock.ts';
import type { StreamId } from '../model/ids.ts';

/** What tells a process from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When the system started it, in the system's own words (see orphans.ts). */
  readonly started: string;
  readonly args: readonly string[];
}

export interface RecorderFile {
  readonly plan?: TrackPlan | undefined;
  readonly keyframeIntervalMs?: number | undefined;
  /** Since when the camera gives no pictures; undefined while it gives some. */
  readonly lostMs?: EpochMs | undefined;
  readonly process?: ProcessMark | undefined;
}

const suffix = '.json';

export function recorderFile(folder: string, streamId: StreamId): string {
  return join(folder, `${streamId}${suffix}`);
}

export function isRecorderFile(name: string): boolean {
  return name.endsWith(suffix);
}

/** Never throws: what cannot be read or understood is as if it were not there. */
export function readRecorderFile(file: string): RecorderFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
  if (typeof content !== 'object' || content === null) return {};
  const { plan, keyframeIntervalMs, lostMs, process } = content as Record<string, unknown>;
  return {
    // Pictures that could not be decoded, and sound that did not come, are tried again by each program.
    plan: isPlan(plan) && plan.audio !== 'none' ? { video: plan.video, audio: plan.audio } : undefined,
    keyframeIntervalMs: typeof keyframeIntervalMs === 'number' ? keyframeIntervalMs : undefined,
    lostMs: typeof lostMs === 'number' ? lostMs : undefined,
    process: isMark(process) ? process : undefined,
  };
}

/** Throws when the file system refuses. No sync: no process outlives what would lose the file. */
export function writeRecorderFile(file: string, content: RecorderFile): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, JSON.stringify(content), { mode: 0o600 });
  renameSync(fresh, file);
}

export function removeRecorderFile(file: string): void {
  rmSync(file, { force: true });
}

function isPlan(value: unknown): value is TrackPlan {
  const plan = value as Partial<TrackPlan> | null | undefined;
  return (
    (plan?.video === 'copy' || plan?.video === 'encode') &&
    (plan.audio === 'copy' || plan.audio === 'encode' || plan.audio === 'none')
  );
}

function isMark(value: unknown): value is ProcessMark {
  const mark = value as Partial<ProcessMark> | null | undefined;
  return (
    Number.isSafeInteger(mark?.pid) &&
    (mark?.pid ?? 0) > 1 &&
    typeof mark?.started === 'string' &&
    Array.isArray(mark.args) &&
    mark.args.every((arg) => typeof arg === 'string')
  );
}
