// Small pictures of one stream for the card under the pointer: few questions while it moves, and never another moment's picture.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Thumbnail, Thumbnails } from '../timeline/thumbnails.ts';

/** A picture of the station, and the moment it shows; undefined where there is none. */
export type FetchThumbnail = (
  atMs: EpochMs,
  signal: AbortSignal,
) => Promise<{ readonly atMs: EpochMs; readonly url: string } | undefined>;

/** Moments this close together have the same picture: there is one in every ten seconds of footage. */
export const slotMs = 5_000;
/** The station answers with the newest picture at or before a moment; asked half of ten seconds later, with the nearest. */
const nearestMs = 5_000;
/** At most so many questions a second while the pointer moves. */
const pauseMs = 80;
/** 240 by 135 pixels each: a megabyte or two. */
const keptLimit = 64;
/** Around the present more pictures come: what was found there is asked for again after this. */
const settlesMs = 15_000;

interface Kept {
  readonly found: Thumbnail;
  /** Until when it is believed, on the clock of `nowMs`. */
  readonly untilMs: EpochMs;
}

const loading: Thumbnail = { kind: 'loading' };
const none: Thumbnail = { kind: 'none' };

export interface ThumbnailKeeperParts {
  readonly fetch: FetchThumbnail;
  /** Gives the picture's memory back. */
  readonly release: (url: string) => void;
  readonly nowMs: () => EpochMs;
}

export class ThumbnailKeeper implements Thumbnails {
  readonly #parts: ThumbnailKeeperParts;
  /** By slot, in order of their last use. */
  readonly #kept = new Map<number, Kept>();
  readonly #listeners = new Set<() => void>();
  #wanted: number | undefined;
  #fetching: { readonly slot: number; readonly end: AbortController } | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ThumbnailKeeperParts) {
    this.#parts = parts;
  }

  at(ms: EpochMs): Thumbnail {
    return this.#kept.get(slotOf(ms))?.found ?? loading;
  }

  look(ms: EpochMs | undefined): void {
    this.#wanted = ms === undefined ? undefined : slotOf(ms);
    if (this.#fetching !== undefined && this.#fetching.slot !== this.#wanted) {
      this.#fetching.end.abort();
      this.#fetching = undefined;
    }
    if (this.#pause === undefined) this.#next();
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  dispose(): void {
    this.look(undefined);
    clearTimeout(this.#pause);
    for (const slot of this.#kept.keys()) this.#forget(slot);
  }

  #next(): void {
    const slot = this.#wanted;
    if (slot === undefined || this.#fetching?.slot === slot) return;
    const kept = this.#kept.get(slot);
    if (kept !== undefined) {
      this.#kept.delete(slot);
      this.#kept.set(slot, kept);
      if (this.#parts.nowMs() < kept.untilMs) return;
    }
    void this.#fetch(slot);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#next();
    }, pauseMs);
  }

  async #fetch(slot: number): Promise<void> {
    const end = new AbortController();
    this.#fetching = { slot, end };
    const askMs = (slot + 0.5) * slotMs + nearestMs;
    let found: Thumbnail = none;
    try {
      const picture = await this.#parts.fetch(askMs, end.signal);
      if (end.signal.aborted) {
        if (picture !== undefined) this.#parts.release(picture.url);
        return;
      }
      if (picture !== undefined) found = { kind: 'picture', ...picture };
    } catch {
      // Aborted, or the station is away: the card says that there is no picture, and a later look asks again.
      if (end.signal.aborted) return;
    }
    this.#fetching = undefined;
    const nowMs = this.#parts.nowMs();
    const settled = found.kind === 'picture' && nowMs - askMs > settlesMs;
    this.#forget(slot);
    this.#kept.set(slot, { found, untilMs: settled ? Number.POSITIVE_INFINITY : nowMs + settlesMs / 3 });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= keptLimit) break;
      this.#forget(oldest);
    }
    for (const changed of this.#listeners) changed();
  }

  #forget(slot: number): void {
    const kept = this.#kept.get(slot);
    if (kept?.found.kind === 'picture') this.#parts.release(kept.found.url);
    this.#kept.delete(slot);
  }
}

function slotOf(ms: EpochMs): number {
  return Math.floor(ms / slotMs);
}
