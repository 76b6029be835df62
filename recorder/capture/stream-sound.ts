// Whether the sessions of one stream take its sound: not for a while after it was announced and did not come, or could not
// be named. One late start of a camera's encoder, or a microphone that was off, must not cost the sound for ever.

import type { TrackPlan } from '../ffmpeg/source.ts';
import type { Timers } from '../model/clock.ts';
import type { StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import { Rest } from './rest.ts';

/** Sound that came along for so long comes. */
const provenMs = 5 * 60_000;

export interface StreamSoundDependencies {
  readonly streamId: StreamId;
  readonly timers: Timers;
  readonly log: Log;
  /** The next session tries again; one without sound is to end for it now. */
  readonly onRested: () => void;
}

export class StreamSound {
  readonly #dependencies: StreamSoundDependencies;
  readonly #rest: Rest;
  /** What the newest session was planned with, but for the rest, and what it had. */
  #planned: TrackPlan['audio'] = 'none';
  #used: TrackPlan['audio'] = 'none';
  /** A session was ended to try again. */
  #hasEndedOne = false;

  constructor(dependencies: StreamSoundDependencies) {
    this.#dependencies = dependencies;
    this.#rest = new Rest(dependencies.timers, () => this.#onRested());
  }

  /** For the next session. */
  next(plan: TrackPlan): TrackPlan {
    this.#planned = plan.audio;
    this.#used = this.#rest.isOn ? 'none' : plan.audio;
    return { ...plan, audio: this.#used };
  }

  /** The newest session found a better plan. Returns what of it holds beyond the rest. */
  replanned(better: TrackPlan): TrackPlan {
    if (better.audio !== 'none') return better;
    if (this.#used !== 'none') {
      const { streamId, log } = this.#dependencies;
      const restMs = this.#rest.begin();
      log.warn(
        { streamId, restMs },
        'The sound of a camera does not come, or is of an unknown kind: no sound',
      );
    }
    return { ...better, audio: this.#planned };
  }

  /** A session has ended after it showed video for `shownMs`. */
  ended(shownMs: number): void {
    if (this.#used === 'none' || shownMs < provenMs) return;
    this.#hasEndedOne = false;
    this.#rest.proven();
  }

  /** The next session is of another camera, or there is none. */
  forget(): void {
    this.#hasEndedOne = false;
    this.#rest.forget();
  }

  /** Trying costs seconds of footage: once for a late start; a camera whose microphone is off is tried when it breaks off anyway. */
  #onRested(): void {
    if (this.#hasEndedOne) return;
    this.#hasEndedOne = true;
    this.#dependencies.onRested();
  }
}
