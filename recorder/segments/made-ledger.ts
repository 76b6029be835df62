// A ledger in memory for tests: keeps the promises of the port, invariant 3 among them, and forgets with the test.

import type { FragmentSpan, Segment, TrackLayout } from '../model/footage.ts';
import type { StreamId, VolumeId } from '../model/ids.ts';
import { type FootageLedger, type Neighbours, RowRefused } from './ledger.ts';

interface Row {
  readonly segment: Segment;
  readonly spans: readonly FragmentSpan[];
}

export class MadeLedger implements FootageLedger {
  readonly rows: Row[] = [];
  readonly garbage: { volumeId: VolumeId; path: string }[] = [];
  readonly #inits: { streamId: StreamId; bytes: Uint8Array }[] = [];
  /** Called before each write; what it throws is the catalog's trouble. */
  beforeWrite: (call: string) => void = () => undefined;

  saveInit(streamId: StreamId, bytes: Uint8Array, _layout: TrackLayout): number {
    this.beforeWrite('saveInit');
    const known = this.#inits.findIndex(
      (init) => init.streamId === streamId && Buffer.compare(init.bytes, bytes) === 0,
    );
    return known >= 0 ? known + 1 : this.#inits.push({ streamId, bytes });
  }

  commitSegment(segment: Segment, spans: readonly FragmentSpan[]): void {
    this.beforeWrite('commitSegment');
    const overlaps = this.#of(segment.streamId).some(
      (row) => row.segment.startMs < segment.endMs && segment.startMs < row.segment.endMs,
    );
    if (overlaps) throw new RowRefused('segments of a stream never overlap');
    if (segment.endMs <= segment.startMs) throw new RowRefused('a segment without length');
    this.rows.push({ segment, spans });
  }

  coveredUntilMs(streamId: StreamId): number | undefined {
    return this.lastSegmentEndMs(streamId);
  }

  lastSegmentEndMs(streamId: StreamId): number | undefined {
    return this.neighbours(streamId, Number.POSITIVE_INFINITY).before?.endMs;
  }

  newestOnVolumeMs(streamId: StreamId, volumeId: VolumeId): number | undefined {
    const rows = this.#of(streamId).filter(({ segment }) => segment.volumeId === volumeId);
    return rows.length === 0 ? undefined : Math.max(...rows.map(({ segment }) => segment.startMs));
  }

  neighbours(streamId: StreamId, atMs: number): Neighbours {
    const rows = this.#of(streamId).toSorted((a, b) => a.segment.startMs - b.segment.startMs);
    const before = rows.findLast(({ segment }) => segment.startMs < atMs);
    const after = rows.find(({ segment }) => segment.startMs >= atMs);
    const last = before?.spans.at(-1);
    const first = after?.spans[0];
    return {
      before: before && last && { ...before.segment, endTicks: last.startTicks + last.durationTicks },
      after: after && first && { ...after.segment, startTicks: first.startTicks },
    };
  }

  knows(volumeId: VolumeId, path: string): boolean {
    const isIt = (file: { volumeId: VolumeId; path: string }): boolean =>
      file.volumeId === volumeId && file.path === path;
    return this.rows.some(({ segment }) => isIt(segment)) || this.garbage.some(isIt);
  }

  openGapOf(): undefined {
    return undefined;
  }

  openGap(): void {}
  closeGap(): void {}

  discard(segments: readonly Pick<Segment, 'streamId' | 'startMs'>[]): void {
    this.beforeWrite('discard');
    for (const { streamId, startMs } of segments) {
      const at = this.rows.findIndex(
        ({ segment }) => segment.streamId === streamId && segment.startMs === startMs,
      );
      const [row] = at < 0 ? [] : this.rows.splice(at, 1);
      if (row !== undefined) this.garbage.push({ volumeId: row.segment.volumeId, path: row.segment.path });
    }
  }

  listGarbage(volumeId: VolumeId): string[] {
    return this.garbage.filter((file) => file.volumeId === volumeId).map(({ path }) => path);
  }

  dropGarbage(volumeId: VolumeId, paths: readonly string[]): void {
    this.beforeWrite('dropGarbage');
    for (const path of paths) {
      const at = this.garbage.findIndex((file) => file.volumeId === volumeId && file.path === path);
      if (at >= 0) this.garbage.splice(at, 1);
    }
  }

  #of(streamId: StreamId): Row[] {
    return this.rows.filter(({ segment }) => segment.streamId === streamId);
  }
}
