// Sees that pictures stand still although they should move, for whatever reason the browser has and does not tell.

/** Longer than loading takes, and than a machine that is busy with something else keeps pictures waiting. */
const lostForMs = 5_000;
const checkEveryMs = 500;

export interface Moving {
  /** Pictures are to follow each other now, and there is footage that they could show. */
  isDue(): boolean;
  /** Media time of the picture on screen, in seconds; undefined while there is none. */
  atS(): number | undefined;
}

/** Calls `again` once the same picture has stood for so long while others were due. Returns how to stop. */
export function watchForStandstill(
  { isDue, atS }: Moving,
  again: () => void,
  standsForMs = lostForMs,
): () => void {
  let stood: { readonly atS: number; readonly sinceMs: number } | undefined;
  const check = setInterval(() => {
    const nowMs = performance.now();
    const now = isDue() ? atS() : undefined;
    if (now === undefined) stood = undefined;
    else if (stood?.atS !== now) stood = { atS: now, sinceMs: nowMs };
    else if (nowMs - stood.sinceMs >= standsForMs) {
      stood = undefined;
      again();
    }
  }, checkEveryMs);
  return () => clearInterval(check);
}
