// The time without video that was just skipped, and why: the station's own gap rows, exact to the millisecond.

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { StreamId } from '../../recorder/model/ids.ts';
import { longestTimelineMs } from '../../recorder/model/limits.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { api } from '../station/client.ts';
import type { Range } from '../timeline/ranges.ts';
import type { Player } from './player.ts';
import { holeOf, reasonsFor } from './seek.ts';
import { usePlayerState } from './use-player.ts';

export interface Skipped {
  readonly hole: Range;
  /** Longest first; empty when nothing is known, undefined while it is asked for. */
  readonly reasons: readonly { readonly reason: GapReason; readonly lengthMs: number }[] | undefined;
}

export function useSkipped(player: Player, streamId: StreamId): Skipped | undefined {
  const skipped = usePlayerState(player, (state) => state.skipped);
  const startMs = Math.floor(skipped?.startMs ?? 0);
  const endMs = Math.max(startMs + 1, Math.min(Math.ceil(skipped?.endMs ?? 0), startMs + longestTimelineMs));
  const { data, isError } = useQuery({
    ...api.timeline.range.queryOptions({ input: { streamId, startMs, endMs, mergeMs: 0 } }),
    enabled: skipped !== undefined,
  });
  return useMemo(() => {
    if (skipped === undefined) return undefined;
    const gaps = isError ? [] : data?.gaps;
    return { hole: holeOf(gaps ?? [], skipped), reasons: gaps && reasonsFor(gaps, skipped) };
  }, [skipped, data, isError]);
}
