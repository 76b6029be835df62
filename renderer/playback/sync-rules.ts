// How players are kept on one clock: what a drift asks for. Pure.

/** As near as a media element tells its time. Two cameras' drifts add to the one frame they may be apart anyway. */
const unseenMs = 3;
/** From here on a player that is ahead stands until the clock has come. */
const holdFromMs = 90;
/** From here on catching up by playing faster takes longer than seeking. */
const seekFromMs = 700;
/** Ahead by more than a gap's border can explain. */
const seekBackFromMs = 3_000;
/** Part of the drift that one second of correction takes away, and the most a rate is bent. */
const gain = 4;
const bentMost = 0.25;

export type Correction =
  | { readonly kind: 'play'; readonly rate: number }
  /** It is ahead: its picture stands. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'seek' };

/** `driftMs` is how far the player is ahead of the clock. */
export function correctionFor(driftMs: number, speed: number): Correction {
  if (driftMs < -seekFromMs * Math.max(1, speed) || driftMs > seekBackFromMs) return { kind: 'seek' };
  if (driftMs > holdFromMs * Math.max(1, speed)) return { kind: 'hold' };
  if (Math.abs(driftMs) < unseenMs) return { kind: 'play', rate: speed };
  const bend = Math.max(-bentMost, Math.min(bentMost, (-driftMs / 1_000) * gain));
  return { kind: 'play', rate: speed * (1 + bend) };
}

/** Columns of the grid for so many pictures: 1, 4, 9 or 16 places. */
export function columnsFor(count: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count)));
}
