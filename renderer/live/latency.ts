// From the muxer to the glass: which fragment a shown frame came from, and how long it took. Pure.

/** Ten seconds of 100 ms fragments, longer than any tile lags. */
const trailLength = 100;
/** Readings kept: a minute at 30 frames a second. */
const readingsLength = 1_800;

export interface FragmentMark {
  /** Where it lies on the player's media timeline. */
  readonly startS: number;
  readonly endS: number;
  /** When FFmpeg's muxer wrote it, UTC ms. */
  readonly muxedAtMs: number;
  /** Wall time of its first frame, UTC ms. */
  readonly startMs: number;
}

export interface FrameReading {
  /** When the frame reached the glass, UTC ms. */
  readonly shownAtMs: number;
  /** Wall time of the frame itself, UTC ms. */
  readonly frameMs: number;
  /** From the muxer's write of its fragment to the glass. */
  readonly latencyMs: number;
}

export interface LatencySummary {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly frames: number;
}

/** Rounding between a sample's time in ticks and the element's seconds. */
const toleranceS = 0.002;

export class LatencyLog {
  #trail: FragmentMark[] = [];
  #readings: FrameReading[] = [];

  appended(mark: FragmentMark): void {
    this.#trail.push(mark);
    if (this.#trail.length > trailLength) this.#trail.shift();
  }

  /** Notes a frame on the glass; undefined when its fragment is no longer known. */
  shown(mediaTimeS: number, shownAtMs: number): FrameReading | undefined {
    const mark = this.#trail.findLast((one) => one.startS <= mediaTimeS + toleranceS);
    if (mark === undefined || mediaTimeS > mark.endS + toleranceS) return undefined;
    const reading = {
      shownAtMs,
      frameMs: mark.startMs + Math.max(0, mediaTimeS - mark.startS) * 1_000,
      latencyMs: shownAtMs - mark.muxedAtMs,
    };
    this.#readings.push(reading);
    if (this.#readings.length > readingsLength) this.#readings.shift();
    return reading;
  }

  /** A new media timeline: marks of the old one would match wrong frames. Readings stay. */
  restart(): void {
    this.#trail = [];
  }

  /** Oldest first. */
  get readings(): readonly FrameReading[] {
    return this.#readings;
  }
}

/** Median and 95th percentile (nearest rank) of the readings shown in the last `windowMs`; undefined without any. */
export function summarize(
  readings: readonly FrameReading[],
  nowMs: number,
  windowMs: number,
): LatencySummary | undefined {
  const recent = readings
    .filter((reading) => reading.shownAtMs > nowMs - windowMs)
    .map((reading) => reading.latencyMs)
    .sort((a, b) => a - b);
  const rank = (share: number) => recent[Math.max(0, Math.ceil(share * recent.length) - 1)];
  const p50Ms = rank(0.5);
  const p95Ms = rank(0.95);
  if (p50Ms === undefined || p95Ms === undefined) return undefined;
  return { p50Ms, p95Ms, frames: recent.length };
}
