// Whether the sessions of one stream decode small pictures beside the footage: not for a while after that has ended them.

import { type TrackPlan, withoutPictures, withPictures } from '../ffmpeg/source.ts';
import type { Timers } from '../model/clock.ts';
import type { StreamId } from '../model/ids.ts';
import type { Log } from '../model/log.ts';
import { Rest } from './rest.ts';

/** A crash after pictures came for so long is an accident, and proves that they can be decoded. */
const provenMs = 5 * 60_000;
/** One crash may be the kernel's, the memory's or a broken frame's; so many before anything is proven are no accident. */
const crashesInARow = 2;

export interface StreamDecodingDependencies {
  readonly streamId: StreamId;
  readonly timers: Timers;
  readonly log: Log;
  /** Whether there are pictures of what comes from now on was decided again. */
  readonly onSight: () => void;
  /** The next session tries again; one without pictures is to end for it. */
  readonly onRested: () => void;
}

export class StreamDecoding {
  readonly #dependencies: StreamDecodingDependencies;
  readonly #rest: Rest;
  #crashes = 0;
  /** The newest session has pictures, as far as is known. */
  #decodes = true;

  constructor(dependencies: StreamDecodingDependencies) {
    this.#dependencies = dependencies;
    this.#rest = new Rest(dependencies.timers, dependencies.onRested);
  }

  get decodes(): boolean {
    return this.#decodes;
  }

  /** For the next session. */
  next(plan: TrackPlan): TrackPlan {
    this.#decodes = !this.#rest.isOn;
    this.#dependencies.onSight();
    return this.#decodes ? withPictures(plan) : withoutPictures(plan);
  }

  /** A session has ended after it showed video for `shownMs`; `mayBeDecoding`: decoding may be what ended it. */
  ended(mayBeDecoding: boolean, shownMs: number): void {
    if (!this.#decodes) return;
    if (shownMs >= provenMs) {
      this.#crashes = 0;
      this.#rest.proven();
    } else if (mayBeDecoding) {
      this.#crashes += 1;
      if (shownMs === 0 || this.#crashes >= crashesInARow) this.#giveUp();
    }
  }

  /** The small pictures of the session that goes on cannot be read. */
  lost(): void {
    this.#giveUp();
    this.#dependencies.onSight();
  }

  /** The next session is of another camera, or there is none. */
  forget(): void {
    this.#crashes = 0;
    this.#rest.forget();
  }

  #giveUp(): void {
    const { streamId, log } = this.#dependencies;
    this.#decodes = false;
    this.#crashes = 0;
    const restMs = this.#rest.begin();
    log.warn({ streamId, restMs }, 'The pictures of a camera cannot be decoded: no motion, no thumbnails');
  }
}
