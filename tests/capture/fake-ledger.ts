// A fake of the footage ledger, in memory: rows and gaps as the port describes them, nothing durable.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { FragmentSpan, Segment } from '../../recorder/model/footage.ts';
import type { StreamId, VolumeId } from '../../recorder/model/ids.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { type FootageLedger, type Neighbours, RowRefused } from '../../recorder/segments/ledger.ts';

export interface GapRow {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs | undefined;
  readonly reason: GapReason;
}

/** For one stream; the ids it is asked with are not looked at. */
export class FakeLedger implements FootageLedger {
  readonly segments: { segment: Segment; spans: readonly FragmentSpan[] }[] = [];
  gaps: GapRow[] = [];
  readonly inits: Uint8Array[] = [];

  saveInit(_streamId: StreamId, bytes: Uint8Array): number {
    return this.inits.push(bytes);
  }

  commitSegment(segment: Segment, spans: readonly FragmentSpan[]): void {
    for (const { segment: other } of this.segments) {
      if (segment.startMs < other.endMs && other.startMs < segment.endMs)
        throw new RowRefused('segments overlap');
    }
    this.segments.push({ segment, spans });
  }

  coveredUntilMs(): EpochMs | undefined {
    const ends = [
      ...this.segments.map(({ segment }) => segment.endMs),
      ...this.gaps.flatMap(({ endMs }) => endMs ?? []),
    ];
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  lastSegmentEndMs(): EpochMs | undefined {
    return this.segments.at(-1)?.segment.endMs;
  }

  newestOnVolumeMs(): EpochMs | undefined {
    return this.segments.at(-1)?.segment.startMs;
  }

  neighbours(): Neighbours {
    const row = this.segments.at(-1);
    const span = row?.spans.at(-1);
    const before = row && span && { ...row.segment, endTicks: span.startTicks + span.durationTicks };
    return { before, after: undefined };
  }

  knows(_volumeId: VolumeId, path: string): boolean {
    return this.segments.some(({ segment }) => segment.path === path);
  }

  openGapOf(): GapRow | undefined {
    return this.gaps.find(({ endMs }) => endMs === undefined);
  }

  openGap(_streamId: StreamId, startMs: EpochMs, reason: GapReason): void {
    const open = this.gaps.find(({ endMs }) => endMs === undefined);
    this.gaps = this.gaps.filter((gap) => gap !== open);
    this.gaps.push({ startMs: open?.startMs ?? startMs, endMs: undefined, reason });
  }

  closeGap(_streamId: StreamId, endMs: EpochMs): void {
    const open = this.gaps.find((gap) => gap.endMs === undefined);
    if (open === undefined) return;
    this.gaps = this.gaps.filter((gap) => gap !== open);
    if (endMs > open.startMs) this.gaps.push({ ...open, endMs });
  }

  discard(): void {
    throw new Error('no recorder discards footage');
  }

  listGarbage(): readonly string[] {
    return [];
  }

  dropGarbage(): void {
    throw new Error('there is no garbage');
  }
}
