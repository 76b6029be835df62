// Numbers of windows: the lowest free one, given back when a window goes.
import { describe, expect, it } from 'vitest';
import { takeSeat } from './window-seat.ts';

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
    expect([await takeSeat(locks), await takeSeat(locks), await takeSeat(locks)]).toEqual([1, 2, 3]);
    release('lookout.window.2');
    expect(await takeSeat(locks)).toBe(2);
  });

  it('is the first where there are no locks', async () => {
    expect(await takeSeat(undefined)).toBe(1);
  });
});
