// A real trial of an encoder: what it makes of a short film must be whole, with keyframes where they were asked for.

import { type Encoder, encoderFailure, trial, trialArguments } from '../ffmpeg/encoders.ts';
import { FfmpegProcess } from '../ffmpeg/process.ts';
import { FragmentCutter } from '../media/fragment-cutter.ts';
import type { Timers } from '../model/clock.ts';

/** Software takes half a second; a driver that needs this long for four seconds of film is of no use. */
const trialLimitMs = 15_000;
/** A keyframe may come a frame late. */
const keyframeToleranceMs = 2_000 / trial.fps;

export type TrialResult = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** Never rejects. */
export async function tryEncoder(path: string, encoder: Encoder, timers: Timers): Promise<TrialResult> {
  const cutter = new FragmentCutter();
  const keyframesMs: number[] = [];
  let frames = 0;
  let ticksPerMs = 1;
  let problem: string | undefined;
  const look = (chunk: Uint8Array) => {
    if (problem !== undefined) return;
    try {
      for (const item of cutter.push(chunk)) {
        if (item.kind === 'init') {
          ticksPerMs = item.layout.video.timescale / 1000;
          continue;
        }
        frames += item.fragment.videoFrames;
        if (item.fragment.startsWithKeyframe) keyframesMs.push(item.fragment.startTicks / ticksPerMs);
      }
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  };
  let running: FfmpegProcess;
  try {
    const listener = { onOutput: look, onWords: () => undefined };
    running = new FfmpegProcess(path, trialArguments(encoder), undefined, timers, listener);
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
  const cancel = timers.after(trialLimitMs, () => {
    problem ??= `took longer than ${trialLimitMs / 1_000} s`;
    void running.kill();
  });
  const exit = await running.exited;
  cancel();
  if (exit.spawnError !== undefined) return { ok: false, detail: exit.spawnError };
  if (problem !== undefined) return { ok: false, detail: problem };
  const said = encoderFailure(exit.words);
  if (frames < trial.frames)
    return { ok: false, detail: said ?? `${frames} of ${trial.frames} pictures came out` };
  const secondMs = keyframesMs[1] ?? Number.POSITIVE_INFINITY;
  if (Math.abs(secondMs - trial.keyframeEveryS * 1_000) > keyframeToleranceMs) {
    return { ok: false, detail: 'it makes no keyframes where they are asked for' };
  }
  return { ok: true };
}
