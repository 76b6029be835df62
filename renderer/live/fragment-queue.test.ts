// What reaches the decoder begins with a keyframe and never runs away.
import { describe, expect, it } from 'vitest';
import { FragmentQueue, type LiveFragment } from './fragment-queue.ts';

const fragment = (name: number, about: Partial<LiveFragment> = {}): LiveFragment => ({
  bytes: new Uint8Array(10),
  muxedAtMs: name,
  startMs: name,
  keyframe: false,
  skipped: false,
  ...about,
});

function names(queue: FragmentQueue): number[] {
  const list: number[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) list.push(next.muxedAtMs);
  return list;
}

describe('FragmentQueue', () => {
  it('begins with a keyframe', () => {
    const queue = new FragmentQueue();
    queue.push(fragment(1));
    queue.push(fragment(2, { keyframe: true }));
    queue.push(fragment(3));
    expect(names(queue)).toEqual([2, 3]);
    expect(queue.isEmpty).toBe(true);
  });

  it('waits for a keyframe after something was skipped', () => {
    const queue = new FragmentQueue();
    queue.push(fragment(1, { keyframe: true }));
    queue.push(fragment(2, { skipped: true }));
    queue.push(fragment(3));
    queue.push(fragment(4, { keyframe: true, skipped: true }));
    expect(names(queue)).toEqual([1, 4]);
  });

  it('leaves out what has waited long when a keyframe comes', () => {
    const queue = new FragmentQueue();
    queue.push(fragment(0, { keyframe: true }));
    queue.push(fragment(400));
    queue.push(fragment(500, { keyframe: true }));
    queue.push(fragment(900));
    expect(names(queue)).toEqual([0, 400, 500, 900]);
    for (const at of [1_000, 1_600]) queue.push(fragment(at, { keyframe: true }));
    expect(names(queue)).toEqual([1_600]);
  });

  it('drops what waits when it would pass its limit, and goes on with a keyframe', () => {
    const queue = new FragmentQueue(25);
    queue.push(fragment(1, { keyframe: true }));
    queue.push(fragment(2));
    queue.push(fragment(3));
    queue.push(fragment(4));
    expect(queue.isEmpty).toBe(true);
    queue.push(fragment(5, { keyframe: true }));
    expect(names(queue)).toEqual([5]);
  });
});
