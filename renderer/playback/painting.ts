// When the screen has shown what there is.

/** Calls back when every frame that is there now has been painted. */
export function afterPainting(done: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(done));
}
