// Stands in for the recorders while there is no volume to record on: nothing runs, and the timeline says why.

import type { Recorders } from '../../recorder/capture/recorders.ts';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';

/** What the rest of the station asks of its recorders. */
export type RecorderSet = Pick<Recorders, 'set' | 'remove' | 'state' | 'picture' | 'openSegment' | 'stopAll'>;

/** Keeps store invariant 5: what was meant to be recorded is a gap `volume-missing`. */
export function withoutRecorders(ledger: FootageLedger, clocks: Clocks): RecorderSet {
  const missed = new Set<StreamId>();
  const end = (streamId: StreamId) => {
    if (missed.delete(streamId)) ledger.closeGap(streamId, clocks.wall.nowMs());
  };
  return {
    set({ place: { streamId }, record }) {
      if (!record) {
        end(streamId);
      } else if (!missed.has(streamId)) {
        missed.add(streamId);
        ledger.openGap(streamId, ledger.coveredUntilMs(streamId) ?? clocks.wall.nowMs(), 'volume-missing');
      }
    },
    remove: async (streamId) => end(streamId),
    state: () => ({ kind: 'off' }),
    picture: () => undefined,
    openSegment: () => undefined,
    stopAll: async () => {
      for (const streamId of [...missed]) end(streamId);
    },
  };
}
