// A stream that is only shown runs while somebody watches, and one at a time.

import { describe, expect, it } from 'vitest';
import { MadeClock } from './made-clock.ts';
import type { Supervisor } from './supervisor.ts';
import { lingerMs, WatchedStream } from './watched-stream.ts';

const source = { kind: 'test-pattern' } as const;

function madeStream() {
  const clock = new MadeClock();
  const said: string[] = [];
  let ended: () => void = () => undefined;
  const open = () =>
    ({
      picture: undefined,
      start: () => void said.push('start'),
      setSource: () => void said.push('source'),
      stop: () => {
        said.push('stop');
        return new Promise<void>((resolve) => (ended = resolve));
      },
    }) as Partial<Supervisor> as Supervisor;
  const stream = new WatchedStream(source, open, clock.timers);
  return { stream, said, clock, end: () => ended() };
}

describe('WatchedStream', () => {
  it('is not connected until somebody watches, and is let go after the last one left', async () => {
    const { stream, said, clock } = madeStream();
    await clock.pass(60_000);
    expect(said).toEqual([]);
    stream.watch(true);
    await clock.pass(1);
    stream.watch(false);
    await clock.pass(lingerMs - 1);
    expect(said).toEqual(['start']);
    await clock.pass(1);
    expect(said).toEqual(['start', 'stop']);
  });

  it('stays connected for one who comes back soon', async () => {
    const { stream, said, clock } = madeStream();
    stream.watch(true);
    await clock.pass(1);
    stream.watch(false);
    await clock.pass(lingerMs / 2);
    stream.watch(true);
    await clock.pass(lingerMs * 2);
    expect(said).toEqual(['start']);
  });

  it('begins anew only when the one before has ended', async () => {
    const { stream, said, clock, end } = madeStream();
    stream.watch(true);
    await clock.pass(1);
    stream.watch(false);
    await clock.pass(lingerMs);
    stream.watch(true);
    await clock.pass(1);
    expect(said).toEqual(['start', 'stop']);
    end();
    await clock.pass(1);
    expect(said).toEqual(['start', 'stop', 'start']);
  });

  it('does not begin once it is stopped', async () => {
    const { stream, said, clock } = madeStream();
    stream.watch(true);
    const stopped = stream.stop();
    await clock.pass(1);
    await stopped;
    stream.watch(true);
    await clock.pass(1);
    expect(said).toEqual([]);
  });
});
