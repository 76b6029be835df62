// Watches that a session gets on: opens, shows a first picture, and goes on showing pictures and keyframes.

import type { Failure } from '../ffmpeg/classify.ts';
import { failure } from '../ffmpeg/classify.ts';
import type { CancelTimer, Clocks, Instant } from '../model/clock.ts';

/** From the start of FFmpeg to its words about the input: its own time-out of 10 s for a silent camera, and some. */
const openLimitMs = 20_000;
/** Sound that was announced but does not come holds up the header of the output for ever (an encoder waits for it). */
const silentSoundLimitMs = 4_000;
/** From there to the first picture: FFmpeg begins at a keyframe, and some cameras send one every 30 s. */
const firstPictureLimitMs = 45_000;
/** No picture for this long is a stall; with the check's own interval it is seen within 10 s (product R6). */
const stallLimitMs = 8_000;
/** No keyframe for this long is a stall too, but for cameras whose keyframes were seen to be further apart: */
const keyframeLimitMs = 9_000;
/** they get so many of their own intervals, */
const keyframeIntervals = 3;
/** and as long as the interval is unknown, the patience of the first picture. */
const unknownKeyframeLimitMs = firstPictureLimitMs;
/** An interval beyond this is an outage and not a setting. */
const keyframeIntervalLimitMs = 60_000;
const checkIntervalMs = 1_000;
/** A check that comes this late shows that we were asleep, not the camera. */
const lateCheckMs = 3_000;

export interface SessionWatchListener {
  onSilentSound(): void;
  onFailure(failure: Failure): void;
}

export interface WatchedFragment {
  readonly videoFrames: number;
  readonly startsWithKeyframe: boolean;
}

type Step = 'opening' | 'header' | 'picture' | 'running';

export class SessionWatch {
  readonly #clocks: Clocks;
  readonly #listener: SessionWatchListener;
  #cancel: CancelTimer = () => undefined;
  #checkedAt: Instant;
  /** Since when what comes next has been waited for. */
  #stepAt: Instant;
  #step: Step = 'opening';
  #waitsForSound = false;
  #keyframeAt: Instant;
  #keyframeMediaMs: number | undefined;
  #keyframeIntervalMs: number | undefined;

  constructor(clocks: Clocks, keyframeIntervalMs: number | undefined, listener: SessionWatchListener) {
    this.#clocks = clocks;
    this.#listener = listener;
    this.#keyframeIntervalMs = keyframeIntervalMs;
    this.#checkedAt = this.#stepAt = this.#keyframeAt = clocks.monotonic.now();
    this.#arm();
  }

  get hadVideo(): boolean {
    return this.#step === 'running';
  }

  get keyframeIntervalMs(): number | undefined {
    return this.#keyframeIntervalMs;
  }

  /** FFmpeg knows its input. `waitsForSound`: its header waits for the first sound. */
  opened(waitsForSound: boolean): void {
    this.#waitsForSound = waitsForSound;
    if (this.#step === 'opening') this.#enter('header');
  }

  initCame(): void {
    if (this.#step !== 'running') this.#enter('picture');
  }

  /** `mediaMs` is the media time of its first frame. */
  fragmentCame(fragment: WatchedFragment, mediaMs: number): void {
    if (fragment.videoFrames === 0) return;
    this.#enter('running');
    if (!fragment.startsWithKeyframe) return;
    this.#keyframeAt = this.#stepAt;
    if (this.#keyframeMediaMs !== undefined) {
      const intervalMs = Math.min(mediaMs - this.#keyframeMediaMs, keyframeIntervalLimitMs);
      this.#keyframeIntervalMs = Math.max(this.#keyframeIntervalMs ?? 0, intervalMs);
    }
    this.#keyframeMediaMs = mediaMs;
  }

  stop(): void {
    this.#cancel();
    this.#cancel = () => undefined;
  }

  #enter(step: Step): void {
    this.#step = step;
    this.#stepAt = this.#clocks.monotonic.now();
  }

  #arm(): void {
    this.#cancel = this.#clocks.timers.after(checkIntervalMs, () => {
      this.#check();
    });
  }

  #check(): void {
    this.#arm();
    const { monotonic } = this.#clocks;
    const wasAsleep = monotonic.elapsedMs(this.#checkedAt) > lateCheckMs;
    this.#checkedAt = monotonic.now();
    if (wasAsleep) {
      this.#stepAt = this.#keyframeAt = this.#checkedAt;
      return;
    }
    const waitedMs = monotonic.elapsedMs(this.#stepAt);
    switch (this.#step) {
      case 'opening':
        if (waitedMs >= openLimitMs) this.#listener.onFailure(failure('timed-out'));
        return;
      case 'header':
        if (this.#waitsForSound && waitedMs >= silentSoundLimitMs) this.#listener.onSilentSound();
        else if (waitedMs >= openLimitMs) this.#listener.onFailure(failure('no-video'));
        return;
      case 'picture':
        if (waitedMs >= firstPictureLimitMs) this.#listener.onFailure(failure('no-video'));
        return;
      case 'running':
        this.#checkRunning(waitedMs);
    }
  }

  #checkRunning(waitedMs: number): void {
    if (waitedMs >= stallLimitMs) {
      this.#listener.onFailure(failure('stalled', `no picture for ${Math.round(waitedMs / 1000)} s`));
      return;
    }
    const keyframeWaitMs = this.#clocks.monotonic.elapsedMs(this.#keyframeAt);
    if (keyframeWaitMs >= this.#keyframeLimitMs()) {
      this.#listener.onFailure(failure('stalled', `no keyframe for ${Math.round(keyframeWaitMs / 1000)} s`));
    }
  }

  #keyframeLimitMs(): number {
    if (this.#keyframeIntervalMs === undefined) return unknownKeyframeLimitMs;
    return Math.max(keyframeLimitMs, keyframeIntervals * this.#keyframeIntervalMs);
  }
}
