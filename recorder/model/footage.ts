// Footage in values: fragments, init sections, segments. The store's words (docs/glossary.md), no behaviour.

import type { EpochMs } from './clock.ts';
import type { StreamId, VolumeId } from './ids.ts';

/**
 * One entry of a segment's fragment index: one or several whole, consecutive fragments (`prft moof mdat`).
 * A span begins at every keyframe and, inside a longer GOP, at the first fragment that is a second or more after
 * the span's begin. So the spans of a file follow from its fragments alone, and a listed span never grows.
 */
export interface FragmentSpan {
  /** Wall time of its first video frame. */
  readonly startMs: EpochMs;
  /** Video decode time of its first frame and its video duration, in ticks of the video track's timescale. */
  readonly startTicks: number;
  readonly durationTicks: number;
  /** Where its first box begins in the file, and the length of all its boxes. */
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly startsWithKeyframe: boolean;
}

export interface VideoTrack {
  readonly trackId: number;
  /** RFC 6381, e.g. `avc1.64001f`, `hvc1.1.6.L93.B0`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Ticks per second. */
  readonly timescale: number;
}

export interface AudioTrack {
  readonly trackId: number;
  /** RFC 6381, e.g. `mp4a.40.2`. */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly timescale: number;
}

/** The tracks an init section (`ftyp moov`) describes. */
export interface TrackLayout {
  readonly video: VideoTrack;
  readonly audio: AudioTrack | undefined;
}

/** An init section as kept once per stream and change of parameters; `id` is its number in the catalog. */
export interface InitSection extends TrackLayout {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/**
 * A closed segment: what a row of `segments` says (store invariant 1).
 * `(streamId, startMs)` names it: two segments of one stream never overlap (invariant 3).
 */
export interface Segment {
  readonly streamId: StreamId;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  /** Start of the first segment of its run; media time is only comparable inside a run. */
  readonly runStartMs: EpochMs;
  readonly volumeId: VolumeId;
  readonly initId: number;
  /** `<camera>/<role>/<YYYY>/<MM>/<DD>/<start ms>.mp4` below the volume's folder, UTC, `/` on every system. */
  readonly path: string;
  readonly sizeBytes: number;
  /** 32 bytes over the whole file. */
  readonly sha256: Uint8Array;
}

/** The segment a recorder is writing now: on disk up to the end of its last listed span, not yet a row. */
export interface OpenSegment {
  readonly streamId: StreamId;
  readonly startMs: EpochMs;
  /** Wall end of the last fragment written. */
  readonly endMs: EpochMs;
  readonly runStartMs: EpochMs;
  readonly volumeId: VolumeId;
  readonly init: InitSection;
  readonly path: string;
  /** Complete spans only; the span still growing is left out. */
  readonly spans: readonly FragmentSpan[];
}
