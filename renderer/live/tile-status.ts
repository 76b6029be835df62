// What a tile may claim to show. Pure: an old frame is never called live (product L5).
import type { CaptureFailure, StreamState } from '../../recorder/model/states.ts';

/** A picture that has not changed for this long is no longer shown as live. */
export const frozenAfterMs = 2_000;

export type TileStatus =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly recording: boolean }
  /** The camera is away; `sinceMs` is UTC. */
  | {
      readonly kind: 'no-signal';
      readonly sinceMs: number;
      readonly reason: CaptureFailure;
      readonly detail: string;
    }
  /** Everything claims to run, but no new frame came; `sinceMs` is the last frame's wall time. */
  | { readonly kind: 'frozen'; readonly sinceMs: number }
  /** The station is silent. */
  | { readonly kind: 'disconnected'; readonly sinceMs: number }
  | { readonly kind: 'undecodable'; readonly codec: string; readonly recording: boolean }
  /** The decoder gave up several times in a row. */
  | { readonly kind: 'broken'; readonly recording: boolean };

export interface TileFacts {
  /** Undefined until the station said it. */
  readonly state: StreamState | undefined;
  /** UTC ms of the last sign of life on the live connection while it is silent; undefined while it is heard. */
  readonly silentSinceMs: number | undefined;
  readonly playback:
    | { readonly kind: 'idle' }
    | { readonly kind: 'undecodable'; readonly codec: string }
    | { readonly kind: 'broken' }
    /** Opened or jumped, no frame of it on the glass yet. */
    | { readonly kind: 'opening' }
    /** `shownAtMs` is monotonic, `frameMs` the frame's wall time. */
    | { readonly kind: 'showing'; readonly shownAtMs: number; readonly frameMs: number };
  /** Monotonic. */
  readonly nowMs: number;
}

export function tileStatus({ state, silentSinceMs, playback, nowMs }: TileFacts): TileStatus {
  if (silentSinceMs !== undefined) return { kind: 'disconnected', sinceMs: silentSinceMs };
  if (state === undefined || state.kind === 'connecting') return { kind: 'connecting' };
  if (state.kind === 'off') return { kind: 'off' };
  if (state.kind === 'waiting') {
    const { sinceMs, reason, detail } = state;
    return { kind: 'no-signal', sinceMs, reason, detail };
  }
  const { recording } = state;
  switch (playback.kind) {
    case 'undecodable':
      return { kind: 'undecodable', codec: playback.codec, recording };
    case 'broken':
      return { kind: 'broken', recording };
    case 'showing':
      return nowMs - playback.shownAtMs > frozenAfterMs
        ? { kind: 'frozen', sinceMs: playback.frameMs }
        : { kind: 'live', recording };
    default:
      return { kind: 'connecting' };
  }
}

/** True when two statuses read the same on the screen. */
export function sameStatus(a: TileStatus, b: TileStatus): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
