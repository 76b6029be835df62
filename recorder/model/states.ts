// What a stream is doing and why there is no video: the closed sets that the store, the contract and the screen share.

import type { EpochMs } from './clock.ts';

/**
 * Why a moment that should have been recorded holds no video. Stored in gap rows, shown on the timeline in words.
 * A new reason is added at the end; a stored one is never renamed.
 */
export const gapReasons = [
  'recording-off',
  'program-stopped',
  'program-killed',
  'starting',
  'recorder-ended',
  'unreachable',
  'refused',
  'wrong-password',
  'not-found',
  'no-video',
  'unsupported-codec',
  'timed-out',
  'stalled',
  'stream-changed',
  'clock-changed',
  'no-recorder',
  'disk-full',
  'disk-error',
  'volume-missing',
  'damaged',
  'not-scheduled',
  'no-motion',
  /** The catalog was made anew from the footage: nothing is left that says why. */
  'not-known',
] as const;
export type GapReason = (typeof gapReasons)[number];

/** Reasons an attempt to capture can end with; a subset of the gap reasons. */
export type CaptureFailure = Exclude<
  GapReason,
  | 'recording-off'
  | 'program-stopped'
  | 'program-killed'
  | 'starting'
  | 'volume-missing'
  | 'damaged'
  | 'not-scheduled'
  | 'no-motion'
  | 'not-known'
>;

/** Why pictures that come are not kept: somebody wants it so. */
export type Idleness = Extract<GapReason, 'recording-off' | 'not-scheduled' | 'no-motion'>;

/** The state of one stream's recorder as the desk shows it. */
export type StreamState =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting'; readonly sinceMs: EpochMs }
  | {
      readonly kind: 'running';
      readonly sinceMs: EpochMs;
      readonly recording: boolean;
      /** Set while nothing is recorded because nothing is to be; without it and without recording, something is wrong. */
      readonly idle?: Idleness | undefined;
    }
  | {
      readonly kind: 'waiting';
      /** Since when there has been no signal. */
      readonly sinceMs: EpochMs;
      readonly retryAtMs: EpochMs;
      readonly reason: CaptureFailure;
      /** FFmpeg's or the device's own words, bounded and free of credentials. */
      readonly detail: string;
    };

export type StreamTransport = 'tcp' | 'udp';
