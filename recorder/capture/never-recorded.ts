// In the place of a Recording for a stream that is only shown: nothing of it is kept, and nobody expects that it is.

import type { Fragment } from '../media/fragment-cutter.ts';
import type { EpochMs } from '../model/clock.ts';
import type { Recording } from './recording.ts';

type Face = Pick<Recording, keyof Recording>;

export class NeverRecorded implements Face {
  readonly keeps = false;
  readonly idle = 'recording-off';

  notBeforeMs(): EpochMs {
    return 0;
  }

  openSegment(): undefined {
    return undefined;
  }

  begin(): void {}

  beginAgain(): void {}

  keep(_fragment: Fragment, _startMs: EpochMs): void {}

  motionSeen(): void {}

  end(): void {}

  setMode(): void {}

  setSight(): void {}

  async close(): Promise<void> {}
}
