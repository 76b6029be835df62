// Groups a file's fragments into the spans of its index, one fragment at a time.

import type { Fragment } from '../media/fragment-cutter.ts';
import type { EpochMs } from '../model/clock.ts';
import type { FragmentSpan } from '../model/footage.ts';

/** A span inside a longer GOP ends with the first fragment that begins this long after the span. */
const spanSeconds = 1;

/**
 * Add the fragments of one file in order. A span begins at every keyframe and, inside a longer GOP, at the first
 * fragment that is a second or more after its begin (recorder/model/footage.ts): so the index follows from the file.
 */
export class SpanBuilder {
  readonly #timescale: number;
  readonly #complete: FragmentSpan[] = [];
  #growing: FragmentSpan | undefined;
  #endBytes: number;

  /**
   * @param timescale ticks per second of the video track
   * @param initBytes where the first fragment lies in the file
   */
  constructor(timescale: number, initBytes: number) {
    this.#timescale = timescale;
    this.#endBytes = initBytes;
  }

  /** The spans that no later fragment changes. */
  get complete(): readonly FragmentSpan[] {
    return this.#complete;
  }

  /** Wall time up to which no later fragment changes a span; undefined before the first fragment. */
  get completeUntilMs(): EpochMs | undefined {
    return this.#growing?.startMs;
  }

  /** All spans, the one still growing with what it has. */
  get all(): readonly FragmentSpan[] {
    return this.#growing === undefined ? this.#complete : [...this.#complete, this.#growing];
  }

  /** Where the next fragment lies in the file. */
  get endBytes(): number {
    return this.#endBytes;
  }

  /** Adds the file's next fragment; RangeError when the first one is no keyframe. */
  add(fragment: Fragment, startMs: EpochMs): void {
    const { startTicks, durationTicks, startsWithKeyframe, videoFrames, bytes } = fragment;
    const growing = this.#growing;
    const isDue =
      startsWithKeyframe ||
      (growing !== undefined && startTicks - growing.startTicks >= spanSeconds * this.#timescale);
    if (videoFrames > 0 && isDue) {
      if (growing !== undefined) this.#complete.push(growing);
      const offsetBytes = this.#endBytes;
      const sizeBytes = bytes.length;
      this.#growing = { startMs, startTicks, durationTicks, offsetBytes, sizeBytes, startsWithKeyframe };
    } else if (growing !== undefined) {
      const endTicks = Math.max(growing.startTicks + growing.durationTicks, startTicks + durationTicks);
      this.#growing = {
        ...growing,
        durationTicks: endTicks - growing.startTicks,
        sizeBytes: growing.sizeBytes + bytes.length,
      };
    } else {
      throw new RangeError('a file of footage begins with a keyframe');
    }
    this.#endBytes += bytes.length;
  }
}
