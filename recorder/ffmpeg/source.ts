// What a camera stream is captured from, and how its tracks are treated on the way.

import type { StreamTransport } from '../model/states.ts';

/** User and password of a camera, as the operator typed them. */
export interface SignIn {
  readonly username: string;
  readonly password: string;
}

/** Addresses never hold a user or a password: those stand in `signIn` alone (product C2). */
export type StreamSource =
  | {
      readonly kind: 'rtsp';
      /** `rtsp://…` or `rtsps://…` */
      readonly url: string;
      readonly transport: StreamTransport;
      readonly signIn?: SignIn | undefined;
    }
  | { readonly kind: 'http'; readonly url: string; readonly signIn?: SignIn | undefined }
  | { readonly kind: 'test-pattern' };

/**
 * How the tracks of a stream are treated. FFmpeg wants to be told before it has seen the camera, so the first session of
 * a stream starts with `defaultPlan`, reads what FFmpeg says about its input, and starts over at once when another
 * plan fits better; the stream's later sessions begin with what was learned. One connection at a time, no probing beside.
 */
export interface TrackPlan {
  readonly video: 'copy' | 'encode';
  readonly audio: 'copy' | 'encode' | 'none';
  /** Left out: small pictures of the keyframes come beside the footage, for motion and thumbnails. */
  readonly pictures?: 'none';
}

export function hasPictures(plan: TrackPlan): boolean {
  return plan.pictures !== 'none';
}

export function withPictures({ video, audio }: TrackPlan): TrackPlan {
  return { video, audio };
}

export function withoutPictures(plan: TrackPlan): TrackPlan {
  return { ...plan, pictures: 'none' };
}

/** Fits H.264 and H.265 with any sound but AAC, which it would needlessly encode again. */
export const defaultPlan: TrackPlan = { video: 'copy', audio: 'encode' };
/** MJPEG over HTTP always needs encoding and has no sound. */
const httpPlan: TrackPlan = { video: 'encode', audio: 'none' };
const testPatternPlan: TrackPlan = { video: 'encode', audio: 'none' };

export function firstPlan(source: StreamSource): TrackPlan {
  switch (source.kind) {
    case 'rtsp':
      return defaultPlan;
    case 'http':
      return httpPlan;
    case 'test-pattern':
      return testPatternPlan;
  }
}
