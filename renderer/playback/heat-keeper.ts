// Keeps what the timeline knows of one stream's motion: asks the station tile by tile for what a view needs, follows its events.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StationEvent } from '../../electron/contract/events.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import {
  type HeatStrip,
  type HeatTile,
  stripOf,
  tileBuckets,
  tileEndMs,
  tilesFor,
} from '../timeline/heat.ts';
import type { Viewport } from '../timeline/viewport.ts';
import type { Turns } from './turns.ts';

/** Answers `motion.level` for the stream; aborted questions may throw anything. */
export type AskHeat = (
  question: { readonly startMs: EpochMs; readonly endMs: EpochMs; readonly buckets: number },
  signal: AbortSignal,
) => Promise<readonly number[]>;

/** 256 bytes each: a month zoomed down to the second and back stays known. */
const tilesLimit = 48;
/** While something moves the newest tile is asked for again this often. */
const freshForMs = 5_000;
/** A segment's motion is exact once it is closed and stored: at most an hour after the last of it moved. */
const settledAfterMs = 3_700_000;

interface KnownTile extends HeatTile {
  readonly levels: Uint8Array;
  readonly askedMs: EpochMs;
  outdated: boolean;
}

interface HeatKeeperParts {
  readonly streamId: StreamId;
  readonly ask: AskHeat;
  /** Shared by all cameras of a screen: what moved is worth less than footage and pictures, which are asked for meanwhile. */
  readonly turns: Turns;
  readonly nowMs: () => EpochMs;
}

export class HeatKeeper {
  /** What a view of the present zoom shows; of the zoom before until that is known. */
  readonly store: StoreApi<{ readonly strip: HeatStrip | undefined }>;
  readonly #parts: HeatKeeperParts;
  readonly #ending = new AbortController();
  /** In order of their last use. */
  readonly #tiles = new Map<string, KnownTile>();
  #view: Viewport | undefined;
  #movedMs = Number.NEGATIVE_INFINITY;
  #asking = false;

  constructor(parts: HeatKeeperParts) {
    this.#parts = parts;
    this.store = createStore(() => ({ strip: undefined }));
  }

  /** The view has changed. One question is under way at a time. */
  look(view: Viewport): void {
    this.#view = view;
    this.#show();
    void this.#work();
  }

  /** Asks again for everything, after events were missed. */
  askAgain(): void {
    for (const tile of this.#tiles.values()) tile.outdated = true;
    void this.#work();
  }

  onEvent(event: StationEvent): void {
    if (event.kind === 'resync') this.askAgain();
    if (event.kind === 'motion' && event.streamId === this.#parts.streamId) {
      const { startMs, endMs = this.#parts.nowMs() } = event.event;
      this.#movedMs = Math.max(this.#movedMs, endMs);
      this.#outdate(startMs, this.#parts.nowMs() + 1, 0);
    }
    if (event.kind === 'footage' && event.streamId === this.#parts.streamId) {
      const nowMs = this.#parts.nowMs();
      if (nowMs - this.#movedMs < settledAfterMs) this.#outdate(this.#movedMs, nowMs + 1, freshForMs);
    }
  }

  dispose(): void {
    this.#ending.abort();
  }

  /** Tiles that touch the stretch and were asked for longer ago than `forMs`, while it was not over. */
  #outdate(startMs: EpochMs, untilMs: EpochMs, forMs: number): void {
    const nowMs = this.#parts.nowMs();
    for (const tile of this.#tiles.values()) {
      const touches = tile.startMs < untilMs && tileEndMs(tile) > startMs;
      const mayLack = tile.askedMs - startMs < settledAfterMs;
      if (touches && mayLack && nowMs - tile.askedMs >= forMs) tile.outdated = true;
    }
    void this.#work();
  }

  async #work(): Promise<void> {
    const { signal } = this.#ending;
    if (this.#asking || signal.aborted) return;
    this.#asking = true;
    try {
      while (!signal.aborted && this.#nextTile() !== undefined) {
        await this.#parts.turns.take(signal, async () => {
          // Chosen when the turn has come: the view may have moved on while others had theirs.
          const tile = this.#nextTile();
          if (tile !== undefined) await this.#fetch(tile, signal);
        });
      }
    } catch {
      // Motion is an extra: without an answer the timeline shows none. The next change of the view asks again.
    } finally {
      this.#asking = false;
    }
  }

  async #fetch(tile: HeatTile, signal: AbortSignal): Promise<void> {
    const question = { startMs: tile.startMs, endMs: tileEndMs(tile), buckets: tileBuckets };
    const askedMs = this.#parts.nowMs();
    const levels = Uint8Array.from(await this.#parts.ask(question, signal));
    if (signal.aborted) return;
    const key = keyOf(tile);
    this.#tiles.delete(key);
    this.#tiles.set(key, { ...tile, levels, askedMs, outdated: false });
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= tilesLimit) break;
      this.#tiles.delete(oldest);
    }
    this.#show();
  }

  #nextTile(): HeatTile | undefined {
    if (this.#view === undefined) return undefined;
    return tilesFor(this.#view, this.#parts.nowMs()).find((tile) => {
      const known = this.#tiles.get(keyOf(tile));
      return known === undefined || known.outdated;
    });
  }

  #show(): void {
    if (this.#view === undefined) return;
    const known: KnownTile[] = [];
    for (const tile of tilesFor(this.#view, this.#parts.nowMs())) {
      const key = keyOf(tile);
      const found = this.#tiles.get(key);
      if (found === undefined) return;
      this.#tiles.delete(key);
      this.#tiles.set(key, found);
      known.push(found);
    }
    const shown = this.store.getState().strip;
    if (shown !== undefined && isSame(shown, known)) return;
    this.store.setState({ strip: stripOf(known) });
  }
}

function keyOf({ startMs, bucketMs }: HeatTile): string {
  return `${bucketMs}/${startMs}`;
}

/** A view that moves inside of its tiles makes no new strip, and no frame is drawn for it. */
function isSame(strip: HeatStrip, tiles: readonly KnownTile[]): boolean {
  const [first] = tiles;
  return (
    first !== undefined &&
    first.startMs === strip.startMs &&
    first.bucketMs === strip.bucketMs &&
    tiles.length * tileBuckets === strip.levels.length &&
    tiles.every(({ levels }, index) =>
      levels.every((level, at) => level === strip.levels[index * tileBuckets + at]),
    )
  );
}
