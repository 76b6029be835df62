// What the sheet of a camera's settings holds, and how it is told to the station: only what was changed.
import type { MotionSettings } from '../../electron/contract/motion.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { refusalOf, station } from '../station/client.ts';
import { changesOf, type RecordingForm } from './recording-form.ts';

export const tabNames = ['recording', 'kept', 'motion'] as const;
export type TabName = (typeof tabNames)[number];

export interface CameraForms {
  readonly recording: RecordingForm;
  readonly retention: Camera['retention'];
  /** Undefined until the station has said how it is. */
  readonly motion: MotionSettings | undefined;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Rejects with what the station refused; what came before that is saved. */
export async function saveCamera(
  camera: Camera,
  { recording, retention, motion }: CameraForms,
): Promise<void> {
  const cameraId = camera.id;
  const changes = changesOf(recording, camera);
  const { keepDays, quotaBytes } = camera.retention;
  if (retention.keepDays !== keepDays || retention.quotaBytes !== quotaBytes) {
    await station.cameras.setRetention({ cameraId, ...retention });
  }
  if (motion !== undefined && !same(motion, await station.motion.settings({ cameraId }))) {
    await station.cameras.setMotion({ cameraId, ...motion });
  }
  if (changes.mode) await station.cameras.setMode({ cameraId, ...recording.mode });
  if (changes.saver) {
    await station.cameras.setSaver({ cameraId, ...(recording.saves ? { saver: recording.saver } : {}) });
  }
}

/** The field of retention that a refusal is about. */
export function fieldOfRefusal(error: unknown): 'days' | 'gigabytes' | undefined {
  const { field } = refusalOf(error);
  return field === 'keepDays' ? 'days' : field === 'quotaBytes' ? 'gigabytes' : undefined;
}
