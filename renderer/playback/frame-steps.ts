// Single frames by key: each press makes one, also one pressed before the picture of the last has come.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Footage } from '../timeline/footage.ts';
import { insideFrameS, nextFrame, previousFrame } from './painting.ts';
import type { ShownFrame } from './player-state.ts';
import { overHole } from './scan.ts';
import { aimFor } from './seek.ts';

export type Direction = 1 | -1;

/** What is stepped: the player it belongs to. */
export interface Stepped {
  /** A picture is on its way that the next step begins from. */
  isSeeking(): boolean;
  /** Goes one frame further or back, and calls `done` when it is on screen or there is none. */
  take(direction: Direction, done: () => void): void;
}

/** Presses that wait at most. More than these is a key held down, which must not go on for long after it was let go. */
export const waitingSteps = 12;

export class FrameSteps {
  readonly #stepped: Stepped;
  /** Frames still to go; below zero backwards. */
  #wanted = 0;
  /** The step under way; undefined while there is none. */
  #step: object | undefined;

  constructor(stepped: Stepped) {
    this.#stepped = stepped;
  }

  ask(direction: Direction): void {
    this.#wanted = Math.max(-waitingSteps, Math.min(waitingSteps, this.#wanted + direction));
    this.go();
  }

  /** Takes the next step if nothing is under way: called when a picture has come, too. */
  go(): void {
    if (this.#wanted === 0 || this.#step !== undefined || this.#stepped.isSeeking()) return;
    const direction = this.#wanted > 0 ? 1 : -1;
    this.#wanted -= direction;
    const step = {};
    this.#step = step;
    this.#stepped.take(direction, () => {
      // One that was dropped meanwhile ends nothing.
      if (this.#step !== step) return;
      this.#step = undefined;
      this.go();
    });
  }

  /** Something else was asked for: what waits is no longer meant. */
  drop(): void {
    this.#wanted = 0;
    this.#step = undefined;
  }
}

/** What stepping a video has to know of its player. */
export interface SteppedPlayer {
  isSeeking(): boolean;
  shown(): ShownFrame | undefined;
  /** How long a frame lasts, as far as is known. */
  frameS(): number;
  /** All frames around this one last so long. */
  isEven(mediaS: number): boolean;
  /** The playlist reaches there. */
  isListed(mediaS: number): boolean;
  footage(): Footage;
  /** A notice of time skipped earlier is no longer of what is on screen. */
  forgetSkipped(): void;
  goTo(ms: EpochMs): void;
}

export function frameStepsOf(video: HTMLVideoElement, player: SteppedPlayer): FrameSteps {
  const standing = { video, paintedS: () => player.shown()?.mediaS };
  const take = (direction: Direction, done: () => void) => {
    const shown = player.shown();
    if (shown === undefined) return done();
    const { mediaS, wallMs } = shown;
    const byS = direction === 1 ? player.frameS() + insideFrameS : -insideFrameS;
    if (mediaS + byS < 0 || !player.isListed(mediaS + byS)) {
      const footage = player.footage();
      // Into the middle of the frame beside this one: at its border rounding could make it the one beyond.
      const besideMs = wallMs + (direction === 1 ? 1.5 : -0.5) * player.frameS() * 1_000;
      // Behind the newest frame there is none.
      if (direction === 1 && besideMs >= (footage.newestMs ?? Number.POSITIVE_INFINITY)) return done();
      // Beside the playlist there may be a gap, whose other side is the next frame.
      player.forgetSkipped();
      player.goTo(aimFor(overHole(besideMs, direction, footage), footage));
      return done();
    }
    if (direction === -1) return previousFrame(standing, mediaS, done);
    nextFrame(standing, mediaS, { byS, isKnown: player.isEven(mediaS) }, done);
  };
  return new FrameSteps({ isSeeking: () => player.isSeeking(), take });
}
