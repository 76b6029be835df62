// What a drift asks for.

import { describe, expect, it } from 'vitest';
import { columnsFor, correctionFor } from './sync-rules.ts';

describe('correctionFor', () => {
  it('leaves a player alone whose drift cannot be seen', () => {
    expect(correctionFor(2, 1)).toEqual({ kind: 'play', rate: 1 });
    expect(correctionFor(-2, 2)).toEqual({ kind: 'play', rate: 2 });
  });

  it('lets one that is behind play faster, one that is ahead slower, and never by more than a quarter', () => {
    expect(correctionFor(-50, 1)).toEqual({ kind: 'play', rate: 1.2 });
    expect(correctionFor(50, 1)).toEqual({ kind: 'play', rate: 0.8 });
    expect(correctionFor(-600, 1)).toEqual({ kind: 'play', rate: 1.25 });
  });

  it('holds one that is far ahead and seeks one that is far behind', () => {
    expect(correctionFor(400, 1)).toEqual({ kind: 'hold' });
    expect(correctionFor(-800, 1)).toEqual({ kind: 'seek' });
    expect(correctionFor(60_000, 1)).toEqual({ kind: 'seek' });
  });
});

describe('columnsFor', () => {
  it('makes grids of 1, 4, 9 and 16', () => {
    expect([1, 2, 4, 5, 9, 10, 16].map(columnsFor)).toEqual([1, 2, 2, 3, 3, 4, 4]);
  });
});
