// Sees that a playing picture stands: until the next one comes, at the newest footage, or for good.

import type { StoreApi } from 'zustand/vanilla';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { hasNextPicture } from './painting.ts';
import type { Phase, PlayerState, ShownFrame } from './player-state.ts';
import { isNearNewest } from './seek.ts';
import { isStepped } from './speeds.ts';
import { watchForStandstill } from './standstill.ts';

/** What is watched and moved on: the player that the video belongs to. */
export interface Stalling {
  readonly store: StoreApi<PlayerState>;
  shown(): ShownFrame | undefined;
  /** Wall time at which the footage that is known of ends. */
  newestMs(): EpochMs | undefined;
  setSpeed(speed: number): void;
  setPhase(phase: Phase): void;
  /** Opens another playlist behind the picture on screen. */
  openNext(): void;
}

/** What of a video element tells that it stands. */
export type Stalled = Pick<HTMLVideoElement, 'ended' | 'readyState' | 'addEventListener'>;

/** A picture that comes within this time needs no word. */
const untoldForMs = 500;

export function watchForStalls(video: Stalled, player: Stalling, signal: AbortSignal): void {
  const isIn = (kind: Phase['kind']) => player.store.getState().phase.kind === kind;
  const isAtNewest = () => isNearNewest(player.shown()?.wallMs ?? 0, player.newestMs());
  const isPlaying = () => {
    const { playing, speed } = player.store.getState();
    return playing && !isStepped(speed) && !document.hidden;
  };
  const atS = () => player.shown()?.mediaS;

  const onStall = () => {
    if (!isIn('showing')) return;
    const atNewest = isAtNewest();
    player.setPhase({ kind: 'waiting', atNewest });
    // The present passes no faster.
    if (atNewest && player.store.getState().speed > 1) player.setSpeed(1);
  };
  const onNext = () => {
    if (isIn('waiting')) player.setPhase({ kind: 'showing' });
  };
  video.addEventListener('waiting', onStall, { signal });
  // Of a picture that was paused meanwhile nothing says that it plays.
  for (const there of ['playing', 'canplay']) video.addEventListener(there, onNext, { signal });

  // The browser says once that no picture follows: perhaps before the one that was sought is on screen.
  const untold = { isDue: () => isPlaying() && isIn('showing') && !hasNextPicture(video), atS };
  signal.addEventListener('abort', watchForStandstill(untold, onStall, untoldForMs));
  const isLost = () => isPlaying() && (isIn('showing') || isIn('waiting')) && !isAtNewest();
  signal.addEventListener(
    'abort',
    watchForStandstill({ isDue: isLost, atS }, () => player.openNext()),
  );
}
