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

/** What a file that is found after a stream's newest segment may continue. */
export interface NewestSegment {
  readonly runStartMs: EpochMs;
  readonly endMs: EpochMs;
  /** Where its video ends, in ticks. */
  readonly endTicks: number;
  readonly initId: number;
}

/** Every call is one transaction, durable when it returns (`synchronous=FULL`), and throws when it did not happen. */
export interface FootageLedger {
  /** Stores an init section once per stream and content; returns its number. */
  saveInit(streamId: StreamId, bytes: Uint8Array, layout: TrackLayout): number;
  /** Close step 4: row and fragment index together. Throws when it would overlap another of the stream (invariant 3). */
  commitSegment(segment: Segment, spans: readonly FragmentSpan[]): void;
  /** End of the newest segment or closed gap of the stream, or undefined when it has neither. */
  coveredUntilMs(streamId: StreamId): EpochMs | undefined;
  /** End of the newest segment of the stream. */
  lastSegmentEndMs(streamId: StreamId): EpochMs | undefined;
  newestSegment(streamId: StreamId): NewestSegment | undefined;
  /** True when a row or the garbage list names this file of the volume. */
  knows(volumeId: VolumeId, path: string): boolean;

  /** Begins a gap; when one is open already its start stays and its reason becomes `reason` (the newest knowledge wins). */
  openGap(streamId: StreamId, startMs: EpochMs, reason: GapReason): void;
  /** Ends the open gap, if any; a gap without length leaves no row. */
  closeGap(streamId: StreamId, endMs: EpochMs): void;

  /** Delete step 1: the row moves to `garbage`. */
  discard(streamId: StreamId, startMs: EpochMs, nowMs: EpochMs): void;
  /** Files of the volume that step 2 has yet to unlink. */
  listGarbage(volumeId: VolumeId): readonly string[];
  /** Delete step 4. */
  dropGarbage(volumeId: VolumeId, path: string): void;
}
