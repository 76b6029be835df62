// What a player tells of itself: what is on its way, what stands and why, what failed, what it went over.

import type { PlaybackStart } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Footage } from '../timeline/footage.ts';
import type { Range } from '../timeline/ranges.ts';
import type { SourceFailure } from './hls-source.ts';

/** A frame on screen. */
export interface ShownFrame {
  readonly mediaS: number;
  readonly wallMs: EpochMs;
}

export type PlayerFailure =
  | { readonly kind: SourceFailure }
  /** This computer cannot decode the codec, e.g. `hvc1.1.6.L93.B0`. */
  | { readonly kind: 'codec'; readonly codec: string }
  /** The station refused; `error` is what the call threw. */
  | { readonly kind: 'refused'; readonly error: unknown };

export type Phase =
  | { readonly kind: 'idle' }
  /** Asked for and not on screen yet. `fresh` when another playlist is coming: nothing old stays on screen. */
  | { readonly kind: 'seeking'; readonly targetMs: EpochMs; readonly fresh: boolean }
  | { readonly kind: 'showing' }
  /** The picture stands because the next one has not come: still loading, or not recorded yet. */
  | { readonly kind: 'waiting'; readonly atNewest: boolean }
  | { readonly kind: 'failed'; readonly failure: PlayerFailure; readonly targetMs: EpochMs };

/**
 * Whether a frame that comes on screen ends the phase. While waiting, the newest one may be painted after the browser has
 * said that there is no other: it goes on when the next is loaded.
 */
export function isOver({ kind }: Phase, hasNext: boolean): boolean {
  return kind === 'waiting' ? hasNext : kind !== 'showing';
}

export interface PlayerState {
  readonly phase: Phase;
  /** What the operator wants; a picture may still be on its way. */
  readonly playing: boolean;
  readonly speed: number;
  /** Time without video that was just skipped: clicked into, or played over. */
  readonly skipped: Range | undefined;
}

export const atFirst: PlayerState = {
  phase: { kind: 'idle' },
  playing: false,
  speed: 1,
  skipped: undefined,
};

/** What a player needs around it. */
export interface Station {
  open(atMs: EpochMs): Promise<PlaybackStart>;
  /** What the window knows of the stream's footage now. */
  footage(): Footage;
  /** What is played again and again; undefined while nothing is. */
  loop(): Range | undefined;
}
