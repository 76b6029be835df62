// One jump at a time, and none that comes after the operator went elsewhere.
import { describe, expect, it } from 'vitest';
import { jumping } from './jumping.ts';

describe('jumping', () => {
  it('gives up the jump before, and the last one when told to', () => {
    const first = jumping.begin();
    const second = jumping.begin();
    expect([first.aborted, second.aborted]).toEqual([true, false]);
    jumping.giveUp();
    expect(second.aborted).toBe(true);
    expect(jumping.begin().aborted).toBe(false);
  });
});
