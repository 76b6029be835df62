// Builds the wall map of a playlist: each entry's PROGRAM-DATE-TIME at first, the stored fragments' own times once loaded.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { readFragmentTimes, readVideoClock, type VideoClock } from './fragment-times.ts';
import { WallMap, type WallPiece } from './wall-map.ts';

/** What is used of an entry of the playlist (hls.js's `MediaFragment`). */
export interface PlaylistEntry {
  readonly sn: number;
  /** Begin on the player's timeline and length, in seconds. */
  readonly start: number;
  readonly duration: number;
  /** UTC epoch ms. */
  readonly programDateTime: number | null;
  readonly initSegment: { readonly url: string } | null;
}

export class PlaylistMap {
  #entries: readonly PlaylistEntry[] = [];
  /** By the address of their init section. */
  readonly #clocks = new Map<string, VideoClock>();
  /** Exact pieces by the number of their entry. */
  readonly #exact = new Map<number, readonly WallPiece[]>();
  #map: WallMap | undefined;

  /** The entries as they are now; their places on the timeline are corrected while they load. */
  list(entries: readonly PlaylistEntry[]): void {
    this.#entries = entries;
    this.#map = undefined;
  }

  /** An init section that was loaded. */
  addInit(url: string, bytes: Uint8Array): void {
    const clock = readVideoClock(bytes);
    if (clock !== undefined) this.#clocks.set(url, clock);
  }

  /** An entry's bytes, and what is added to their times on the player's timeline (`SourceBuffer.timestampOffset`). */
  addBytes(entry: PlaylistEntry, bytes: Uint8Array, offsetS: number): void {
    const clock = entry.initSegment === null ? undefined : this.#clocks.get(entry.initSegment.url);
    if (clock === undefined) return;
    const pieces = readFragmentTimes(bytes, clock).map((time) => ({
      mediaS: time.presentedTicks / clock.timescale + offsetS,
      durationS: time.durationTicks / clock.timescale,
      frames: time.frames,
      longestFrameS: time.longestTicks / clock.timescale,
      wallMs: time.wallMs,
    }));
    if (pieces.length > 0) this.#exact.set(entry.sn, pieces);
    this.#map = undefined;
  }

  /** Wall time at which the entry that holds the moment begins; undefined where none does. */
  entryStartMs(ms: EpochMs): EpochMs | undefined {
    const entry = this.#entries.findLast(({ programDateTime }) => (programDateTime ?? ms + 1) <= ms);
    const startMs = entry && (this.#exact.get(entry.sn)?.[0]?.wallMs ?? entry.programDateTime ?? undefined);
    if (entry === undefined || startMs === undefined) return undefined;
    return ms < startMs + entry.duration * 1_000 ? Math.min(ms, startMs) : undefined;
  }

  current(): WallMap {
    this.#map ??= new WallMap(
      this.#entries.flatMap((entry) => {
        const { sn, start, duration, programDateTime } = entry;
        if (programDateTime === null) return [];
        return this.#exact.get(sn) ?? [{ mediaS: start, durationS: duration, wallMs: programDateTime }];
      }),
    );
    return this.#map;
  }
}
