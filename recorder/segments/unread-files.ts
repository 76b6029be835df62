// Remembers where files may lie that have no row, although rows that are newer have been written since.

import type { EpochMs } from '../model/clock.ts';
import type { StreamId, VolumeId } from '../model/ids.ts';
import type { StreamPlace } from './ledger.ts';

/** The files of a stream from the day of `fromMs` on. */
export interface UnreadStream extends StreamPlace {
  readonly fromMs: EpochMs;
}

/** A stream's newest row tells a start what to read; this holds what it does not tell. One entry per stream and volume. */
export class UnreadFiles {
  readonly #byVolume = new Map<VolumeId, Map<StreamId, UnreadStream>>();

  add(volumeId: VolumeId, stream: UnreadStream): void {
    const streams = this.#byVolume.get(volumeId) ?? new Map<StreamId, UnreadStream>();
    this.#byVolume.set(volumeId, streams);
    const known = streams.get(stream.streamId);
    if (known === undefined || stream.fromMs < known.fromMs) streams.set(stream.streamId, stream);
  }

  on(volumeId: VolumeId): readonly UnreadStream[] {
    return [...(this.#byVolume.get(volumeId)?.values() ?? [])];
  }

  /** Somebody else remembers them now. */
  forget(volumeId: VolumeId): void {
    this.#byVolume.delete(volumeId);
  }
}
