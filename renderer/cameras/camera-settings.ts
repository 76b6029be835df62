// What the sheet of a camera's settings holds, and how it is told to the station: only what was changed in the sheet.
import type { MotionSettings } from '../../electron/contract/motion.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { refusalOf, station } from '../station/client.ts';
import { changesOf, type RecordingForm, recordingFormOf, same } from './recording-form.ts';
import { changedRetention, type Retention, shownRetention } from './retention-form.ts';

export const tabNames = ['recording', 'kept', 'motion'] as const;
export type TabName = (typeof tabNames)[number];

export interface CameraForms {
  readonly recording: RecordingForm;
  readonly retention: Retention;
  /** Undefined while it was not touched. */
  readonly motion: MotionSettings | undefined;
}

/** What the sheet of a camera shows before anything is touched. */
export function cameraFormsOf(camera: Camera): CameraForms {
  return {
    recording: recordingFormOf(camera),
    retention: shownRetention(camera.retention),
    motion: undefined,
  };
}

/**
 * Tells what differs from `before`: what the sheet showed at first, never `camera` as it is now, or another window's change
 * would be taken back. Rejects with what the station refused; what came before that is saved, and was reported to `saved`.
 */
export async function saveCamera(
  camera: Camera,
  before: CameraForms,
  { recording, retention, motion }: CameraForms,
  saved: (part: Partial<CameraForms>) => void,
): Promise<void> {
  const cameraId = camera.id;
  const changes = changesOf(recording, before.recording);
  const kept = changedRetention(before.retention, retention, camera.retention);
  if (kept !== undefined) {
    await station.cameras.setRetention({ cameraId, ...kept });
    saved({ retention });
  }
  if (motion !== undefined && !same(motion, before.motion)) {
    await station.cameras.setMotion({ cameraId, ...motion });
    saved({ motion });
  }
  if (changes.mode) {
    await station.cameras.setMode({ cameraId, ...recording.mode });
    saved({ recording: { ...before.recording, mode: recording.mode } });
  }
  if (changes.saver) {
    await station.cameras.setSaver({ cameraId, ...(recording.saves ? { saver: recording.saver } : {}) });
    saved({ recording });
  }
}

/** The field of retention that a refusal is about. */
export function fieldOfRefusal(error: unknown): 'days' | 'gigabytes' | undefined {
  const { field } = refusalOf(error);
  return field === 'keepDays' ? 'days' : field === 'quotaBytes' ? 'gigabytes' : undefined;
}
