// What still has to go into a player's SourceBuffer: starts at a keyframe, and skips to the next one when it grows too long.

/** About three seconds of a 4K stream; more would only be shown late. */
const limitBytes = 16 * 1024 * 1024;
/** What waits this long when a keyframe comes is left out: the picture goes on with the keyframe. */
const staleMs = 500;

export interface LiveFragment {
  readonly bytes: Uint8Array;
  readonly muxedAtMs: number;
  readonly startMs: number;
  readonly keyframe: boolean;
  readonly skipped: boolean;
}

export class FragmentQueue {
  #waiting: LiveFragment[] = [];
  #bytes = 0;
  #needsKeyframe = true;
  #limitBytes: number;

  constructor(limit = limitBytes) {
    this.#limitBytes = limit;
  }

  /** Takes a fragment that continues the one before, or begins a GOP; drops what cannot be decoded. */
  push(fragment: LiveFragment): void {
    if (fragment.skipped && !fragment.keyframe) this.#needsKeyframe = true;
    if (this.#needsKeyframe && !fragment.keyframe) return;
    const oldest = this.#waiting[0];
    if (fragment.keyframe && oldest !== undefined && fragment.muxedAtMs - oldest.muxedAtMs > staleMs)
      this.clear();
    if (this.#bytes + fragment.bytes.length > this.#limitBytes) {
      this.clear();
      if (!fragment.keyframe) return;
    }
    this.#needsKeyframe = false;
    this.#waiting.push(fragment);
    this.#bytes += fragment.bytes.length;
  }

  shift(): LiveFragment | undefined {
    const first = this.#waiting.shift();
    this.#bytes -= first?.bytes.length ?? 0;
    return first;
  }

  /** Drops everything; goes on with the next keyframe. */
  clear(): void {
    this.#waiting = [];
    this.#bytes = 0;
    this.#needsKeyframe = true;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }
}
