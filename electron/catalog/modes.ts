// Rows of how cameras are recorded, and of what their pictures are made into.

import { eq } from 'drizzle-orm';
import type { StorageSaver } from '../../recorder/model/encoding.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { daysOfWeek, hoursOfDay, type ModeKind, type RecordingMode } from '../../recorder/model/modes.ts';
import type { Catalog } from './open.ts';
import { recordingModes, storageSavers } from './schema.ts';

/** Whether a camera is recorded at all is not of its mode: switched off and on again, it still has it. */
export interface ModeRow extends RecordingMode {
  readonly kind: Exclude<ModeKind, 'off'>;
}

export class ModeRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Undefined for a camera that nobody set. */
  mode(cameraId: CameraId): ModeRow | undefined {
    const { orm } = this.#catalog;
    const row = orm.select().from(recordingModes).where(eq(recordingModes.cameraId, cameraId)).get();
    if (row === undefined) return undefined;
    const { kind, week, preRollMs, postRollMs, manualUntilMs } = row;
    const days = Array.from({ length: daysOfWeek }, (_, day) =>
      week.slice(day * hoursOfDay, (day + 1) * hoursOfDay),
    );
    return { kind, week: days, preRollMs, postRollMs, manualUntilMs: manualUntilMs ?? undefined };
  }

  setMode(cameraId: CameraId, mode: ModeRow): void {
    const values = { ...mode, week: mode.week.join(''), manualUntilMs: mode.manualUntilMs ?? null };
    this.#catalog.orm
      .insert(recordingModes)
      .values({ cameraId, ...values })
      .onConflictDoUpdate({ target: recordingModes.cameraId, set: values })
      .run();
  }

  saver(cameraId: CameraId): StorageSaver | undefined {
    const { orm } = this.#catalog;
    const row = orm.select().from(storageSavers).where(eq(storageSavers.cameraId, cameraId)).get();
    if (row === undefined) return undefined;
    const { codec, heightLimit, fpsLimit, kilobits } = row;
    return { codec, heightLimit: heightLimit ?? undefined, fpsLimit: fpsLimit ?? undefined, kilobits };
  }

  /** Undefined: the pictures are stored as they come. */
  setSaver(cameraId: CameraId, saver: StorageSaver | undefined): void {
    const { orm } = this.#catalog;
    if (saver === undefined) {
      orm.delete(storageSavers).where(eq(storageSavers.cameraId, cameraId)).run();
      return;
    }
    const { codec, heightLimit = null, fpsLimit = null, kilobits } = saver;
    const values = { codec, heightLimit, fpsLimit, kilobits };
    orm
      .insert(storageSavers)
      .values({ cameraId, ...values })
      .onConflictDoUpdate({ target: storageSavers.cameraId, set: values })
      .run();
  }
}
