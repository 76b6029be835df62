// When the screen has shown what there is, and the way to the next frame of a standing picture.

/** Calls back when every frame that is there now has been painted. */
export function afterPainting(done: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(done));
}

/** No camera worth recording shows a frame for longer. */
const longestFrameS = 2;

/**
 * Moves a standing video from the frame at `fromS` to the next one. How long that frame lasts is a guess: until another one
 * is painted, as `paintedS` tells, it goes on by as much again.
 */
export function nextFrame(
  video: HTMLVideoElement,
  fromS: number,
  guessS: number,
  paintedS: () => number | undefined,
  aheadS = guessS,
): void {
  const again = () => {
    if (paintedS() === fromS && video.paused && aheadS < longestFrameS) {
      nextFrame(video, fromS, guessS, paintedS, aheadS + guessS);
    }
  };
  video.addEventListener('seeked', () => afterPainting(again), { once: true });
  video.currentTime = fromS + aheadS;
}
