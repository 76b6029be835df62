// In and out never cross, and a mark is about what the operator means by them.
import { describe, expect, it } from 'vitest';
import { nothingSelected } from '../timeline/marks.ts';
import { rangeToMark, withIn, withOut } from './selection.ts';

describe('in and out', () => {
  it('keep each other while they are in order', () => {
    expect(withOut(withIn(nothingSelected, 10.4), 20.6)).toEqual({ inMs: 10, outMs: 21 });
    expect(withIn({ inMs: 10, outMs: 20 }, 15)).toEqual({ inMs: 15, outMs: 20 });
  });

  it('drop the other one where they would cross or touch', () => {
    expect(withIn({ inMs: 10, outMs: 20 }, 20)).toEqual({ inMs: 20, outMs: undefined });
    expect(withOut({ inMs: 10, outMs: 20 }, 10)).toEqual({ inMs: undefined, outMs: 10 });
  });
});

describe('a mark', () => {
  it('is about what is shown while nothing is chosen', () => {
    expect(rangeToMark(nothingSelected, 12.6)).toEqual({ startMs: 13 });
    expect(rangeToMark({ inMs: undefined, outMs: 20 }, 12)).toEqual({ startMs: 12 });
  });

  it('is about the whole selection, wherever the picture is', () => {
    expect(rangeToMark({ inMs: 10, outMs: 20 }, 500)).toEqual({ startMs: 10, endMs: 20 });
  });

  it('reaches from in to what is shown while there is no out', () => {
    expect(rangeToMark({ inMs: 10, outMs: undefined }, 15)).toEqual({ startMs: 10, endMs: 15 });
    expect(rangeToMark({ inMs: 10, outMs: undefined }, 9)).toEqual({ startMs: 9 });
  });
});
