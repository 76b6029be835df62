// What the recorder asks of whoever keeps the catalog: the port through which rows are committed and read back.

import type { EpochMs } from '../model/clock.ts';
import type { FragmentSpan, Segment, TrackLayout } from '../model/footage.ts';
import type { StreamId, VolumeId } from '../model/ids.ts';
import type { GapReason } from '../model/states.ts';

/** Where a stream's files go: the camera's id and the stream's role are the first two folders below the volume. */
export interface StreamPlace {
  readonly streamId: StreamId;
  readonly cameraId: string;
  readonly role: 'main' | 'sub';
}

/** The segments on either side of a moment: what a file found there may continue, and what may continue it. */
export interface Neighbours {
  /** The last that begins before the moment. */
  readonly before: SegmentBefore | undefined;
  /** The first that begins at the moment or later. */
  readonly after: SegmentAfter | undefined;
}

export interface SegmentBefore {
  readonly runStartMs: EpochMs;
  readonly endMs: EpochMs;
  /** Where its video ends, in ticks. */
  readonly endTicks: number;
  readonly initId: number;
}

export interface SegmentAfter {
  readonly startMs: EpochMs;
  /** Where its video begins, in ticks. */
  readonly startTicks: number;
  readonly initId: number;
}

/** What would be refused again, however often it is tried: the row overlaps another, or contradicts what the catalog knows. */
export class RowRefused extends RangeError {
  override readonly name = 'RowRefused';
}

/** Every call is one transaction, durable when it returns (`synchronous=FULL`), and throws when it did not happen. */
export interface FootageLedger {
  /** Stores an init section once per stream and content; returns its number. */
  saveInit(streamId: StreamId, bytes: Uint8Array, layout: TrackLayout): number;
  /**
   * Close step 4: row and fragment index together. Throws RowRefused when it would overlap another of the stream
   * (invariant 3); any other error is a trouble of the catalog, which may pass.
   * Gaps that claim a part of a segment found late give way to it.
   */
  commitSegment(segment: Segment, spans: readonly FragmentSpan[]): void;
  /** End of the newest segment or closed gap of the stream, or undefined when it has neither. */
  coveredUntilMs(streamId: StreamId): EpochMs | undefined;
  /** End of the newest segment of the stream. */
  lastSegmentEndMs(streamId: StreamId): EpochMs | undefined;
  /** Start of the newest segment of the stream that lies on the volume. */
  newestOnVolumeMs(streamId: StreamId, volumeId: VolumeId): EpochMs | undefined;
  neighbours(streamId: StreamId, atMs: EpochMs): Neighbours;
  /** True when a row or the garbage list names this file of the volume. */
  knows(volumeId: VolumeId, path: string): boolean;

  /** The gap that has no end yet; from before the program started, when nobody opened one since. */
  openGapOf(streamId: StreamId): { readonly startMs: EpochMs; readonly reason: GapReason } | undefined;
  /** Begins a gap; when one is open already its start stays and its reason becomes `reason` (the newest knowledge wins). */
  openGap(streamId: StreamId, startMs: EpochMs, reason: GapReason): void;
  /** Ends the open gap, if any; a gap without length leaves no row. */
  closeGap(streamId: StreamId, endMs: EpochMs): void;

  /** Delete step 1, for all of them or none: rows move to `garbage`. Throws when one of them is locked (invariant 4). */
  discard(segments: readonly Pick<Segment, 'streamId' | 'startMs'>[], nowMs: EpochMs): void;
  /** Files of the volume that step 2 has yet to unlink. */
  listGarbage(volumeId: VolumeId): readonly string[];
  /** Delete step 4, for any number of files. */
  dropGarbage(volumeId: VolumeId, paths: readonly string[]): void;
}
