// Which streams move, and which began last, after what the station tells.
import { expect, it } from 'vitest';
import type { StationEvent } from '../../electron/contract/events.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import { type Moving, movingAfter, nothingMoves } from './moving.ts';

const [gate, yard] = [newId<StreamId>(), newId<StreamId>()];
const motion = (streamId: StreamId, endMs?: number): StationEvent => ({
  kind: 'motion',
  streamId,
  event: {
    ...{ startMs: 1_000, peakMs: 1_500, peakLevel: 0.2, cells: '0'.repeat(36) },
    ...(endMs === undefined ? {} : { endMs }),
  },
});
const after = (...events: StationEvent[]): Moving => events.reduce(movingAfter, nothingMoves);

it('knows who moves and who began last, also when that is over', () => {
  expect(after(motion(gate), motion(yard))).toEqual({ streams: new Set([gate, yard]), last: yard });
  expect(after(motion(gate), motion(yard), motion(yard, 9_000))).toEqual({
    streams: new Set([gate]),
    last: yard,
  });
});

it('does not leap back to one that goes on moving', () => {
  expect(after(motion(gate), motion(yard), motion(gate)).last).toBe(yard);
});

it('an end without a beginning, and news of other things, change nothing', () => {
  expect(after(motion(gate, 9_000))).toBe(nothingMoves);
  expect(after({ kind: 'tags' })).toBe(nothingMoves);
});

it('after events were missed, nobody is said to move', () => {
  expect(after(motion(gate), { kind: 'resync' })).toEqual({ streams: new Set(), last: gate });
});
