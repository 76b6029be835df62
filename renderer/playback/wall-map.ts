// Media time of the player to wall time and back. Media time runs on over gaps of the recording; wall time does not.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Range } from '../timeline/ranges.ts';

/** A stretch in which wall time and media time pass alike. */
export interface WallPiece {
  /** Where it begins on the player's timeline. */
  readonly mediaS: number;
  readonly durationS: number;
  /** How many frames it has and how long the longest lasts; undefined before its bytes were read. */
  readonly frames?: number;
  readonly longestFrameS?: number;
  /** Wall time of its begin. */
  readonly wallMs: EpochMs;
}

/** Where a moment lies on the player's timeline. */
export type WallPlace =
  | { readonly kind: 'inside'; readonly mediaS: number }
  /** Not recorded, but the playlist goes on after it. */
  | { readonly kind: 'gap'; readonly endMs: EpochMs }
  | { readonly kind: 'before' }
  | { readonly kind: 'after' };

/** Pieces this close in wall time are one recording: rounding and slewing, or a frame lost. */
const joinedWithinMs = 250;

/** Frames and pieces are rounded on different ways here: a frame at a border belongs to the piece it begins. */
const roundingS = 0.0005;
/** Wall time may run ahead of media time by this much before it is a gap: rounding, slewing, a lost frame. */
const gapFromMs = 500;

/** Pieces in order of media time, as a playlist lists them; wall time rises with it. */
export class WallMap {
  readonly #pieces: readonly WallPiece[];

  constructor(pieces: readonly WallPiece[]) {
    this.#pieces = pieces;
  }

  /** Wall time of the frame at `mediaS`; undefined before the first piece is known. */
  wallAt(mediaS: number): EpochMs | undefined {
    const piece = this.#pieceAt(mediaS);
    return piece && piece.wallMs + (mediaS - piece.mediaS) * 1_000;
  }

  /** Whether something of what is listed lies there. */
  holds(mediaS: number): boolean {
    const last = this.#pieces.at(-1);
    return this.#pieceAt(mediaS) !== undefined && last !== undefined && mediaS < last.mediaS + last.durationS;
  }

  /** How long a frame lasts there, in seconds: the mean of its piece; undefined before that was read. */
  frameS(mediaS: number): number | undefined {
    const { durationS = 0, frames = 0 } = this.#pieceAt(mediaS) ?? {};
    return frames > 0 ? durationS / frames : undefined;
  }

  /** Whether all frames of the piece last as long; false before that was read. */
  isEven(mediaS: number): boolean {
    const meanS = this.frameS(mediaS);
    const longestS = this.longestFrameS(mediaS);
    return meanS !== undefined && longestS !== undefined && longestS - meanS < roundingS;
  }

  /** How long a frame lasts there at most, in seconds; undefined before that was read. */
  longestFrameS(mediaS: number): number | undefined {
    return this.#pieceAt(mediaS)?.longestFrameS;
  }

  #pieceAt(mediaS: number): WallPiece | undefined {
    return this.#pieces[countUntil(this.#pieces, (one) => one.mediaS <= mediaS + roundingS) - 1];
  }

  placeOf(wallMs: EpochMs): WallPlace {
    const count = countUntil(this.#pieces, (one) => one.wallMs <= wallMs);
    const piece = this.#pieces[count - 1];
    const next = this.#pieces[count];
    if (piece === undefined) return { kind: 'before' };
    const sinceS = (wallMs - piece.wallMs) / 1_000;
    if (sinceS < piece.durationS) return { kind: 'inside', mediaS: piece.mediaS + sinceS };
    if (next === undefined) return { kind: 'after' };
    if (next.wallMs - (piece.wallMs + piece.durationS * 1_000) > joinedWithinMs) {
      return { kind: 'gap', endMs: next.wallMs };
    }
    // The last frame of the piece stays on screen until the next one begins.
    return { kind: 'inside', mediaS: piece.mediaS + piece.durationS - lastFrameS };
  }

  /**
   * The time without footage that lies between two moments of media time, from where the footage before it ends; several
   * holes come as one. Read from the map and not from the frames: how many of those a busy decoder leaves out says nothing.
   */
  gapBetween(fromS: number, toS: number): Range | undefined {
    let gap: Range | undefined;
    const first = countUntil(this.#pieces, (one) => one.mediaS <= fromS + roundingS);
    for (let index = Math.max(1, first); index < this.#pieces.length; index += 1) {
      const [piece, next] = [this.#pieces[index - 1], this.#pieces[index]];
      if (piece === undefined || next === undefined || next.mediaS > toS + roundingS) break;
      const endMs = piece.wallMs + piece.durationS * 1_000;
      if (next.wallMs - endMs >= gapFromMs) gap = { startMs: gap?.startMs ?? endMs, endMs: next.wallMs };
    }
    return gap;
  }

  /** Wall time at which the playlist ends now. */
  get endMs(): EpochMs | undefined {
    const last = this.#pieces.at(-1);
    return last && last.wallMs + last.durationS * 1_000;
  }
}

/** Surely inside the last frame of a piece, at up to 200 frames a second. */
const lastFrameS = 0.005;

/** How many pieces from the start the condition holds for; it holds for no piece after the first it fails for. */
function countUntil(pieces: readonly WallPiece[], holds: (piece: WallPiece) => boolean): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const piece = pieces[middle];
    if (piece !== undefined && holds(piece)) low = middle + 1;
    else high = middle;
  }
  return low;
}
