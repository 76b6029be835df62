// What transport, clock and timeline need of what is played: one player, or a group of them on one clock.

import type { StoreApi } from 'zustand/vanilla';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { PlayerState, ShownFrame } from './player-state.ts';

export interface Playable {
  readonly store: StoreApi<PlayerState>;
  shown(): ShownFrame | undefined;
  /** The moment asked for last while it is on its way, else the one on screen. */
  targetMs(): EpochMs | undefined;
  /** Calls `changed` after every frame and every change of phase. Returns how to stop. */
  onFrame(changed: () => void): () => void;
  play(): void;
  pause(): void;
  toggle(): void;
  setSpeed(speed: number): void;
  skip(byMs: number): void;
  step(direction: 1 | -1): void;
  goToNewest(): void;
}
