// Numbers of windows: the lowest free one, given back when a window goes.
import { describe, expect, it } from 'vitest';
import { givenSeat, takeSeat } from './window-seat.ts';

/** The part of Web Locks that is used; `release` is what the end of a window does. */
function madeLocks() {
  const held = new Set<string>();
  const locks = {
    request: async (name: string, _options: unknown, work: (lock: unknown) => unknown) => {
      if (held.has(name)) return work(null);
      held.add(name);
      return work({ name });
    },
  };
  return { locks: locks as unknown as LockManager, release: (name: string) => held.delete(name) };
}

describe('a window', () => {
  it('takes the lowest free number', async () => {
    const { locks, release } = madeLocks();
    const take = () => takeSeat(undefined, locks);
    expect([await take(), await take(), await take()]).toEqual([1, 2, 3]);
    release('lookout.window.2');
    expect(await take()).toBe(2);
  });

  it('takes the number it was given, whichever window asks first', async () => {
    const { locks } = madeLocks();
    expect([await takeSeat(2, locks), await takeSeat(1, locks), await takeSeat(2, locks)]).toEqual([2, 1, 3]);
    expect(['?window=2', '?window=0', '?window=x', '?window=33', ''].map(givenSeat)).toEqual([
      ...[2, undefined, undefined, undefined, undefined],
    ]);
  });

  it('has its number where there are no locks', async () => {
    expect(await takeSeat(2, undefined)).toBe(2);
  });
});
