// Turns at opening: two at a time, in order, and nobody holds the others up.
import { describe, expect, it } from 'vitest';
import { OpeningGate } from './opening-gate.ts';

function gateWithTimers() {
  const due: (() => void)[] = [];
  const gate = new OpeningGate({
    after: (_ms, action) => {
      due.push(action);
      return () => void due.splice(due.indexOf(action), 1);
    },
  });
  return { gate, due };
}

describe('OpeningGate', () => {
  it('opens two at once and the next in order as they are done', () => {
    const { gate } = gateWithTimers();
    const begun: number[] = [];
    const done = [0, 1, 2, 3].map((index) => gate.enter(() => begun.push(index)));
    expect(begun).toEqual([0, 1]);
    done[1]?.();
    done[1]?.();
    expect(begun).toEqual([0, 1, 2]);
    done[0]?.();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('forgets one that left before its turn', () => {
    const { gate } = gateWithTimers();
    const begun: number[] = [];
    const done = [0, 1, 2, 3].map((index) => gate.enter(() => begun.push(index)));
    done[2]?.();
    done[0]?.();
    expect(begun).toEqual([0, 1, 3]);
  });

  it('goes on after a while when one does not get done', () => {
    const { gate, due } = gateWithTimers();
    const begun: number[] = [];
    for (const index of [0, 1, 2]) gate.enter(() => begun.push(index));
    due[0]?.();
    expect(begun).toEqual([0, 1, 2]);
  });
});
