// Clocks and timers as values that are passed in, so that every rule about time can be tested on a made-up day.

/** UTC milliseconds since 1970, what every stored `…Ms` holds. */
export type EpochMs = number;

export const hourMs = 3_600_000;
/** A day of the calendar may be an hour shorter or longer: see `local-hours.ts` and `local-time.ts`. */
export const dayMs = 24 * hourMs;

declare const instant: unique symbol;
/** A moment of the monotonic clock. Opaque on purpose: it cannot be mixed with wall time. */
export interface Instant {
  readonly [instant]: true;
}

export interface WallClock {
  /** UTC now; may jump when somebody sets the clock. */
  nowMs(): EpochMs;
}

export interface MonotonicClock {
  now(): Instant;
  /** Milliseconds since `since`; never negative, never jumps. */
  elapsedMs(since: Instant): number;
}

/** Ends a timer; harmless when it already fired. */
export type CancelTimer = () => void;

export interface Timers {
  /** Calls `action` once, after `delayMs` of monotonic time. */
  after(delayMs: number, action: () => void): CancelTimer;
}

export interface Clocks {
  readonly wall: WallClock;
  readonly monotonic: MonotonicClock;
  readonly timers: Timers;
}

/** The machine's own clocks. */
export const systemClocks: Clocks = {
  wall: { nowMs: () => Date.now() },
  monotonic: {
    now: () => performance.now() as unknown as Instant,
    elapsedMs: (since) => performance.now() - (since as unknown as number),
  },
  timers: {
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
  },
};
