// How each camera's recorder does, for the health screen.

import type { Recorders } from '../../recorder/capture/recorders.ts';
import type { CameraRow } from '../catalog/cameras.ts';
import type { CameraHealth } from '../contract/health.ts';

export interface CameraHealthParts {
  /** In the station's order. */
  readonly cameras: () => readonly CameraRow[];
  readonly recorders: Pick<Recorders, 'health'>;
}

export class CameraHealthService {
  readonly #parts: CameraHealthParts;

  constructor(parts: CameraHealthParts) {
    this.#parts = parts;
  }

  list(): CameraHealth[] {
    const { cameras, recorders } = this.#parts;
    return cameras().map(({ id, stream }) => {
      const { encoder, last, ...rates } = recorders.health(stream.id) ?? { interruptions: 0 };
      return {
        cameraId: id,
        streamId: stream.id,
        ...rates,
        ...(encoder === undefined ? {} : { encoder: { ...encoder } }),
        ...(last === undefined ? {} : { last: { ...last } }),
      };
    });
  }
}
