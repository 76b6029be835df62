// When the screen has shown what there is, and the way to the next frame of a standing picture.

/** Surely inside a frame, past the rounding of its begin. */
export const insideFrameS = 0.001;
/** No camera worth recording shows a frame for longer. */
const longestFrameS = 2;
/** Rounds of painting in which the frame of a seek that has ended comes on screen; a busy machine takes more than one. */
const paintingRounds = 6;
/** How often a step is sent to a frame that is known to be there: Chromium may say that it stands on it and leave the old one. */
const triesLimit = 12;

/** `HTMLMediaElement.HAVE_FUTURE_DATA`. */
const haveFutureData = 3;

/** Whether the picture after the one at hand is loaded. Behind the last of all `readyState` stays as it was before it. */
export function hasNextPicture({
  ended,
  readyState,
}: Pick<HTMLVideoElement, 'ended' | 'readyState'>): boolean {
  return !ended && readyState >= haveFutureData;
}

/** Calls back with the media time of every frame that comes on screen, until the signal. */
export function watchFrames(
  video: HTMLVideoElement,
  signal: AbortSignal,
  painted: (mediaS: number) => void,
): void {
  let handle = 0;
  const next = () => {
    handle = video.requestVideoFrameCallback((_, { mediaTime }) => {
      painted(mediaTime);
      if (!signal.aborted) next();
    });
  };
  next();
  signal.addEventListener('abort', () => video.cancelVideoFrameCallback(handle));
}

/** Calls back once, with the next round of painting. */
type OnPaint = (look: () => void) => void;
const onNextPaint: OnPaint = (look) => requestAnimationFrame(look);

/** Looks with each round of painting until `isThere` says so, or some rounds have passed; then calls `end`. */
function lookFor(
  isThere: () => boolean,
  end: (isThere: boolean) => void,
  onPaint: OnPaint,
  roundsLeft = paintingRounds,
): void {
  const found = isThere();
  if (found || roundsLeft === 0) end(found);
  else onPaint(() => lookFor(isThere, end, onPaint, roundsLeft - 1));
}

/**
 * Looks until `isThere` says so, the first time when every frame that is there now has been painted. Calls `none` when it
 * never did.
 */
export function whenPainted(isThere: () => boolean, none: () => void, onPaint = onNextPaint): void {
  const end = (found: boolean) => {
    if (!found) none();
  };
  onPaint(() => onPaint(() => lookFor(isThere, end, onPaint)));
}

/** Whether the frame that begins at `paintedS` is still the one at `soughtS`; how long frames last there may be unknown. */
export function holdsFrame(paintedS: number, soughtS: number, longestS = longestFrameS): boolean {
  const intoS = soughtS - paintedS;
  return intoS > -insideFrameS && intoS < longestS + insideFrameS / 2;
}

/** Where a video stands, and what has been painted of it, in media seconds. */
interface Standing {
  readonly video: HTMLVideoElement;
  paintedS(): number | undefined;
  /** Left out, the screen's. */
  readonly onPaint?: OnPaint;
}

/**
 * Moves a standing video to one of the `aims` after the other until another frame than the one at `fromS` is on screen, or
 * somebody plays on; then, or when none came, calls `done`.
 */
function moveOff(standing: Standing, fromS: number, aims: Iterator<number>, done: () => void): void {
  const { video, paintedS, onPaint = onNextPaint } = standing;
  const { value: aimS, done: isOver } = aims.next();
  if (isOver) return done();
  const isAnother = () => paintedS() !== fromS || !video.paused;
  const look = () =>
    lookFor(isAnother, (found) => (found ? done() : moveOff(standing, fromS, aims, done)), onPaint);
  video.addEventListener('seeked', look, { once: true });
  video.currentTime = aimS;
}

/** Moves a standing video from the frame at `fromS` to the one before; calls `done` when it is there, or does not come. */
export function previousFrame(standing: Standing, fromS: number, done: () => void): void {
  // Whatever lies a moment before this one begins, however long it lasts.
  moveOff(standing, fromS, again(fromS - insideFrameS), done);
}

/** How far to go for the next frame, and whether that is known, or a guess. */
export interface FrameLength {
  readonly byS: number;
  readonly isKnown: boolean;
}

/**
 * Moves a standing video from the frame at `fromS` to the next one. Where the length of that frame is a guess, it goes on by as
 * much again until another one is painted. Calls `done` when it is there, or there is none.
 */
export function nextFrame(
  standing: Standing,
  fromS: number,
  { byS, isKnown }: FrameLength,
  done: () => void,
): void {
  moveOff(standing, fromS, isKnown ? again(fromS + byS) : further(fromS, byS), done);
}

function* again(aimS: number): Generator<number, undefined> {
  for (let tries = 0; tries < triesLimit; tries += 1) yield aimS;
}

function* further(fromS: number, byS: number): Generator<number, undefined> {
  for (let aheadS = byS; aheadS < longestFrameS + byS; aheadS += byS) yield fromS + aheadS;
}
