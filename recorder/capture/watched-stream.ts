// A stream that is connected while somebody watches it, and let go a while after the last one looked away.

import type { StreamSource } from '../ffmpeg/source.ts';
import type { CancelTimer, Timers } from '../model/clock.ts';
import type { TrackLayout } from '../model/footage.ts';
import type { Supervisor } from './supervisor.ts';

/** Whoever changes the layout and back, or looks at a tile in large for a moment, finds the stream still connected. */
export const lingerMs = 15_000;

export class WatchedStream {
  readonly #open: (source: StreamSource) => Supervisor;
  readonly #timers: Timers;
  #source: StreamSource;
  #supervisor: Supervisor | undefined;
  #isWatched = false;
  #isOver = false;
  #picture: TrackLayout | undefined;
  #cancelLinger: CancelTimer = () => undefined;
  /** One supervisor ends before the next begins: both would write the same recorder file. */
  #ended: Promise<void> = Promise.resolve();

  constructor(source: StreamSource, open: (source: StreamSource) => Supervisor, timers: Timers) {
    this.#source = source;
    this.#open = open;
    this.#timers = timers;
  }

  /** What it carried when it last ran. */
  get picture(): TrackLayout | undefined {
    return this.#supervisor?.picture ?? this.#picture;
  }

  get source(): StreamSource {
    return this.#source;
  }

  setSource(source: StreamSource): void {
    this.#source = source;
    this.#supervisor?.setSource(source);
  }

  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    this.#cancelLinger();
    if (isWatched) void this.#ended.then(() => this.#begin());
    else this.#cancelLinger = this.#timers.after(lingerMs, () => void this.#end());
  }

  /** Resolves when its FFmpeg is gone. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#cancelLinger();
    await this.#end();
  }

  #begin(): void {
    if (!this.#isWatched || this.#isOver || this.#supervisor !== undefined) return;
    this.#supervisor = this.#open(this.#source);
    this.#supervisor.start();
  }

  #end(): Promise<void> {
    const supervisor = this.#supervisor;
    if (supervisor !== undefined) {
      this.#picture = supervisor.picture ?? this.#picture;
      this.#supervisor = undefined;
      this.#ended = supervisor.stop(undefined);
    }
    return this.#ended;
  }
}
