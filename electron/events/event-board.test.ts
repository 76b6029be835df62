// Events: a slow window hears the newest of each subject, or is told to ask for everything again.

import { describe, expect, it } from 'vitest';
import { MadeClock } from '../../recorder/capture/made-clock.ts';
import { newId, type StreamId } from '../../recorder/model/ids.ts';
import type { StationEvent } from '../contract/events.ts';
import { EventBoard, watchersLimit } from './event-board.ts';
import { EventQueue } from './event-queue.ts';

const stateOf = (streamId: StreamId, sinceMs: number): StationEvent => ({
  kind: 'stream-state',
  streamId,
  state: { kind: 'connecting', sinceMs },
});

/** Everything that waits now. */
async function drain(queue: EventQueue): Promise<StationEvent[]> {
  const end: StationEvent = { kind: 'camera-removed', cameraId: newId() };
  queue.push(end);
  const events: StationEvent[] = [];
  for (;;) {
    const { value } = await queue.next();
    if (value === undefined || value === end) return events;
    events.push(value);
  }
}

describe('a queue', () => {
  it('keeps the newest of each subject, in the order of the news', async () => {
    const queue = new EventQueue(() => {});
    const [a, b] = [newId<StreamId>(), newId<StreamId>()];
    queue.push(stateOf(a, 1));
    queue.push(stateOf(b, 2));
    queue.push(stateOf(a, 3));
    expect(await drain(queue)).toEqual([stateOf(b, 2), stateOf(a, 3)]);
  });

  it('that overflows says so and goes on', async () => {
    const queue = new EventQueue(() => {}, 10);
    for (let at = 0; at < 11; at++) queue.push(stateOf(newId(), at));
    const events = await drain(queue);
    expect(events[0]).toEqual({ kind: 'resync' });
    expect(events).toHaveLength(2);
  });

  it('wakes a reader that waits, and ends it when closed', async () => {
    let closed = 0;
    const queue = new EventQueue(() => closed++);
    const first = queue.next();
    queue.push({ kind: 'resync' });
    expect(await first).toEqual({ done: false, value: { kind: 'resync' } });
    const second = queue.next();
    queue.close();
    expect(await second).toEqual({ done: true, value: undefined });
    await queue.return();
    expect(closed).toBe(1);
  });
});

describe('the board', () => {
  it('tells every watcher until its signal ends it', async () => {
    const board = new EventBoard(new MadeClock());
    const leaving = new AbortController();
    const [stays, leaves] = [board.watch(), board.watch(leaving.signal)];
    leaving.abort();
    board.publish({ kind: 'resync' });
    expect(await stays.next()).toMatchObject({ done: false });
    expect(await leaves.next()).toMatchObject({ done: true });
  });

  it('tells of footage at most once a second, and always of the newest', async () => {
    const clocks = new MadeClock();
    const board = new EventBoard(clocks);
    const queue = board.watch();
    const streamId = newId<StreamId>();
    const told: number[] = [];
    for (let at = 0; at < 30; at++) {
      board.publishFootage(streamId, at * 100);
      for (const event of await drain(queue)) if (event.kind === 'footage') told.push(event.newestMs);
      await clocks.pass(100);
    }
    await clocks.pass(1_000);
    for (const event of await drain(queue)) if (event.kind === 'footage') told.push(event.newestMs);
    expect(told).toEqual([0, 900, 1_900, 2_900]);
  });

  it('has room for a limited number of windows and gives it back', () => {
    const board = new EventBoard(new MadeClock());
    const queues = Array.from({ length: watchersLimit }, () => board.watch());
    expect(() => board.watch()).toThrow('Too many windows');
    queues[0]?.close();
    board.watch();
  });

  it('that closes ends its watchers and takes no more', async () => {
    const board = new EventBoard(new MadeClock());
    const queue = board.watch();
    board.close();
    expect(await queue.next()).toMatchObject({ done: true });
    expect(() => board.watch()).toThrow('stopping');
  });
});
