// The values of the recording sheet and what becomes of them on the way to the station. Pure.
import type { CameraMode, ModeInput, StorageSaverShape } from '../../electron/contract/modes.ts';
import type { Camera } from '../../electron/contract/shapes.ts';

export interface RecordingForm {
  readonly mode: ModeInput;
  readonly saves: boolean;
  /** Kept while `saves` is off, so that it can be switched on again. */
  readonly saver: StorageSaverShape;
}

const usualSaver: StorageSaverShape = { codec: 'h264', heightLimit: 720, fpsLimit: 10, kilobits: 1_000 };

export const rollSeconds = { pre: [0, 2, 5, 10, 20, 30], post: [5, 10, 15, 30, 60, 120, 300] } as const;
export const saverChoices = {
  height: [360, 480, 720, 1080],
  fps: [2, 5, 10, 15],
  kilobits: [250, 500, 1_000, 2_000, 4_000],
} as const;

export function recordingFormOf({ mode, saver }: Camera): RecordingForm {
  return { mode: modeInputOf(mode), saves: saver !== undefined, saver: saver ?? usualSaver };
}

function modeInputOf({ kind, week, preRollMs, postRollMs }: CameraMode): ModeInput {
  return { kind, week, preRollMs, postRollMs };
}

/** The choices and, where it is none of them, the value that stands now, in order. */
export function withCurrent(choices: readonly number[], current: number): number[] {
  return [...new Set([...choices, current])].sort((one, other) => one - other);
}

export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What has to be told to the station; a saver begins a new session of the camera, so it is not told for nothing. */
export function changesOf(form: RecordingForm, before: RecordingForm): { mode: boolean; saver: boolean } {
  return {
    mode: !same(form.mode, before.mode),
    saver: form.saves !== before.saves || (form.saves && !same(form.saver, before.saver)),
  };
}

/** Whether movement decides at any time: then what comes before and after it matters. */
export function usesMotion({ kind, week }: ModeInput): boolean {
  return kind === 'motion' || (kind === 'schedule' && week.some((hours) => hours.includes('m')));
}
