// How far the picture on screen lies behind the time that its video element tells.
//
// Chromium changes pictures by a rhythm of its own where their rate divides the display's: six refreshes each at 10 a second and
// 60 Hz. It keeps the rhythm until a picture is half its length aside (`max_acceptable_drift_`, video_renderer_algorithm.cc),
// and after a stall the element's time is right while the picture stays aside for good. Only the pictures themselves tell.

/** Pictures looked at: those of a moment, so that a stall is soon forgotten, and enough that one late one says nothing. */
const looked = 5;
const leastLooked = 3;
/** A display shows a picture at its next refresh: on the average half of one late at 60 Hz. */
const usualMs = 8;
/** What one refresh more or less explains is left alone, or the speed would never rest. */
const unseenMs = 17;
/** A decoder further behind does not catch up by being sent ahead: Chromium drops what is late. */
const mostMs = 250;

/**
 * Part of what is aside that each picture mends: within a second at ten a second. Faster, the speed is bent so much that
 * Chromium looks for another rhythm meanwhile.
 */
const mendedShare = 0.1;

/** What is to be mended of the lags of the pictures shown last; all in media ms, below 0 ahead. Pure. */
export function lagOf(lags: readonly number[], speed: number): number {
  if (lags.length < leastLooked) return 0;
  const scale = Math.max(1, speed);
  const median = lags.toSorted((a, b) => a - b)[Math.floor(lags.length / 2)] ?? 0;
  const aside = median - usualMs * scale;
  const unseen = unseenMs * scale;
  const beyond = aside > unseen ? aside - unseen : aside < -unseen ? aside + unseen : 0;
  return Math.max(-mostMs * scale, Math.min(mostMs * scale, beyond));
}

export interface WatchedLag {
  /** What the player is to be sent ahead by, in ms of the recording. */
  ms(): number;
  stop(): void;
}

export function watchLag(video: HTMLVideoElement): WatchedLag {
  let lags: number[] = [];
  let mendedMs = 0;
  let callback = 0;
  const forget = () => {
    lags = [];
    mendedMs = 0;
  };
  const next = () => {
    callback = video.requestVideoFrameCallback((_, { mediaTime, expectedDisplayTime }) => {
      const untilShownS = (expectedDisplayTime - performance.now()) / 1_000;
      const positionS = video.currentTime + untilShownS * video.playbackRate;
      if (!video.paused && !video.seeking) {
        lags = [...lags, (positionS - mediaTime) * 1_000].slice(-looked);
        mendedMs += (lagOf(lags, video.playbackRate) - mendedMs) * mendedShare;
      }
      next();
    });
  };
  next();
  for (const event of ['seeking', 'pause', 'emptied']) video.addEventListener(event, forget);
  return {
    ms: () => mendedMs,
    stop: () => {
      video.cancelVideoFrameCallback(callback);
      for (const event of ['seeking', 'pause', 'emptied']) video.removeEventListener(event, forget);
    },
  };
}
