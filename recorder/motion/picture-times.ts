// Gives pictures their wall time: by the keyframe of the recorded stream that has the same media time.
//
// A recorder's outputs share one time line (ffmpeg/arguments.ts), so a picture finds its keyframe by its time and not by
// counting: one that cannot be decoded, is missing, or comes late because its stream has B-frames (two keyframes of
// reordering are two keyframe intervals of delay) puts no other out of step. A picture comes before the fragment that
// holds its keyframe, and waits here for it.

import type { EpochMs } from '../model/clock.ts';

/**
 * A picture has its keyframe's presentation time, the fragment its decode time, and the muxer moves a track that would begin
 * before 0 (B-frames, an encoder's first sound): so much they may differ.
 */
const toleranceMs = 200;
/** Pictures that wait for their fragment: the first of a session wait a second for their wall time. */
const waitingLimit = 8;
/** Keyframes remembered for pictures that come late. */
const keyframesLimit = 32;
/** A picture is never further from its keyframe: where only a part of the pictures are keyframes, it lies between two. */
const longestGopMs = 60_000;

interface PlacedKeyframe {
  readonly mediaMs: number;
  readonly startMs: EpochMs;
}

export interface PlacedPicture {
  readonly atMs: EpochMs;
  readonly bytes: Uint8Array;
}

/** For the pictures of one pipe in one session. */
export class PictureTimes {
  readonly #keyframes: PlacedKeyframe[] = [];
  readonly #waiting: { readonly mediaMs: number; readonly bytes: Uint8Array }[] = [];
  #newestMediaMs = Number.NEGATIVE_INFINITY;

  /** Takes a picture; when more wait than may, the oldest is dropped. */
  add(mediaMs: number, bytes: Uint8Array): PlacedPicture[] {
    this.#waiting.push({ mediaMs, bytes });
    if (this.#waiting.length > waitingLimit) this.#waiting.shift();
    return this.#release();
  }

  /** A fragment with video has its wall time; returns the pictures that have theirs now, in order. */
  placed(fragment: PlacedKeyframe & { readonly startsWithKeyframe: boolean }): PlacedPicture[] {
    const { mediaMs, startMs, startsWithKeyframe } = fragment;
    if (startsWithKeyframe) {
      this.#keyframes.push({ mediaMs, startMs });
      if (this.#keyframes.length > keyframesLimit) this.#keyframes.shift();
    }
    this.#newestMediaMs = mediaMs;
    return this.#waiting.length === 0 ? [] : this.#release();
  }

  #release(): PlacedPicture[] {
    const released: PlacedPicture[] = [];
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const keyframe = this.#keyframeOf(first.mediaMs);
      if (keyframe === undefined && this.#newestMediaMs <= first.mediaMs + toleranceMs) break;
      this.#waiting.shift();
      if (keyframe === undefined) continue;
      const afterMs = Math.round(first.mediaMs - keyframe.mediaMs);
      const isItself = Math.abs(afterMs) <= toleranceMs;
      released.push({ atMs: keyframe.startMs + (isItself ? 0 : afterMs), bytes: first.bytes });
    }
    return released;
  }

  /** The nearest within the tolerance; once what follows has been placed, the last before. */
  #keyframeOf(mediaMs: number): PlacedKeyframe | undefined {
    let nearest: PlacedKeyframe | undefined;
    let distanceMs = toleranceMs;
    for (const keyframe of this.#keyframes) {
      const awayMs = Math.abs(keyframe.mediaMs - mediaMs);
      if (awayMs <= distanceMs) {
        nearest = keyframe;
        distanceMs = awayMs;
      }
    }
    if (nearest !== undefined || this.#newestMediaMs <= mediaMs + toleranceMs) return nearest;
    const before = this.#keyframes.findLast((keyframe) => keyframe.mediaMs < mediaMs);
    return before !== undefined && mediaMs - before.mediaMs <= longestGopMs ? before : undefined;
  }
}
