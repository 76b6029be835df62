// Finds the oldest footage that may go: page by page, past what is locked, without looking at the same locks each time.

import { setImmediate as turn } from 'node:timers/promises';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { KeptSegment } from '../catalog/retention.ts';

/** Segments of a volume read at once; more than two streams of every camera of a station that begin at the same moment. */
const volumePage = 1_024;
const streamPage = 128;

/** What is looked through. */
export interface OldestOf {
  /** Names it for the next time. */
  readonly key: string;
  readonly of: 'volume' | 'stream';
  /** Reads segments that begin at a time or later, the oldest first. */
  readonly read: (fromMs: EpochMs, limit: number) => KeptSegment[];
}

/** Where the unlocked footage of a volume or a stream begins, as far as is known. */
export class Cursors {
  readonly #fromMs = new Map<string, EpochMs>();

  /** A lock was released, or old footage was found: look from the begin again. */
  reset(): void {
    this.#fromMs.clear();
  }

  /** The oldest unlocked segments, at most `limit`, until they make up `bytes`. */
  async oldest({ key, of, read }: OldestOf, bytes: number, limit: number): Promise<KeptSegment[]> {
    const pageLimit = of === 'volume' ? volumePage : streamPage;
    const found: KeptSegment[] = [];
    let foundBytes = 0;
    let fromMs = this.#fromMs.get(key) ?? 0;
    for (;;) {
      const page = read(fromMs, pageLimit);
      for (const segment of page) {
        if (segment.isLocked) continue;
        if (found.length === 0) this.#fromMs.set(key, segment.startMs);
        found.push(segment);
        foundBytes += segment.sizeBytes;
        if (found.length >= limit || foundBytes >= bytes) return found;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < pageLimit) return found;
      fromMs = last.startMs + 1;
      if (found.length === 0) this.#fromMs.set(key, fromMs);
      await turn();
    }
  }
}

/** The oldest of several lists that are in order, until they make up `bytes`, at most `limit`. */
export function oldestOf(
  lists: readonly (readonly KeptSegment[])[],
  bytes: number,
  limit: number,
): KeptSegment[] {
  const taken: KeptSegment[] = [];
  let takenBytes = 0;
  for (const segment of lists.flat().toSorted((one, other) => one.startMs - other.startMs)) {
    if (taken.length >= limit || takenBytes >= bytes) break;
    taken.push(segment);
    takenBytes += segment.sizeBytes;
  }
  return taken;
}
