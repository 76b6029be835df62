// Where something moves now, and where it did last, by the station's events. Pure.
import type { StationEvent } from '../../electron/contract/events.ts';
import type { StreamId } from '../../recorder/model/ids.ts';

export interface Moving {
  readonly streams: ReadonlySet<StreamId>;
  /** Where motion began last; undefined until it does. */
  readonly last: StreamId | undefined;
}

export const nothingMoves: Moving = { streams: new Set(), last: undefined };

/** What is known after an event; the same object when the event tells nothing of it. */
export function movingAfter(before: Moving, event: StationEvent): Moving {
  // Whoever missed events does not know what still moves.
  if (event.kind === 'resync') return { ...before, streams: nothingMoves.streams };
  if (event.kind !== 'motion') return before;
  const { streamId } = event;
  const isOver = event.event.endMs !== undefined;
  if (isOver !== before.streams.has(streamId)) return before;
  const streams = new Set(before.streams);
  if (isOver) streams.delete(streamId);
  else streams.add(streamId);
  return { streams, last: isOver ? before.last : streamId };
}
