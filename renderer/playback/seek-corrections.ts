// What is mended of a seek until the right picture is on screen: the place on the player's timeline, or a picture that stays.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { holdsFrame, insideFrameS } from './painting.ts';
import type { WallMap } from './wall-map.ts';

/** How often a seek is corrected: loading shows that the playlist's times were rough, or another frame stays on screen. */
const correctionsLimit = 3;

/** What of a video element is moved, and tells whether it stands. */
type Sought = Pick<HTMLVideoElement, 'currentTime' | 'paused'>;

export class SeekCorrections {
  readonly #video: Sought;
  readonly #map: () => WallMap;
  #made = 0;

  /** `map`: where moments lie, as far as is known now. */
  constructor(video: Sought, map: () => WallMap) {
    this.#video = video;
    this.#map = map;
  }

  /** Another moment is sought. */
  begin(): void {
    this.#made = 0;
  }

  /** What is sought cannot be shown; what is shown instead is left alone. */
  giveUp(): void {
    this.#made = correctionsLimit;
  }

  /** Sets the player right when loading has shown that the moment lies elsewhere on its timeline. */
  towards(targetMs: EpochMs): void {
    const place = this.#map().placeOf(targetMs);
    if (place.kind !== 'inside' || this.#made >= correctionsLimit) return;
    const mediaS = place.mediaS + insideFrameS;
    if (Math.abs(mediaS - this.#video.currentTime) < 2 * insideFrameS) return;
    this.#made += 1;
    this.#video.currentTime = mediaS;
  }

  /** Sends the player once more to where it says that it stands. False when that was done often enough. */
  again(): boolean {
    const soughtS = this.#video.currentTime;
    this.#made += 1;
    if (this.#made > correctionsLimit) return false;
    this.#video.currentTime = soughtS;
    return true;
  }

  /** Whether a standing picture, painted at `mediaS`, shows the frame that was sought; what moves gets there by itself. */
  isSought(mediaS: number): boolean {
    const { paused, currentTime } = this.#video;
    if (!paused || this.#made > correctionsLimit) return true;
    return holdsFrame(mediaS, currentTime, this.#map().longestFrameS(currentTime));
  }
}
