// Which cameras are on the wall.
import { describe, expect, it } from 'vitest';
import { layoutFor, pageOf } from './wall.ts';

describe('layoutFor', () => {
  it('shows all cameras while nobody chose, as far as nine go', () => {
    expect([0, 1, 2, 4, 5, 9, 30].map((count) => layoutFor(undefined, count))).toEqual([1, 1, 4, 4, 9, 9, 9]);
  });

  it('keeps what was chosen', () => {
    expect(layoutFor(9, 1)).toBe(9);
  });
});

describe('pageOf', () => {
  it('counts pages and stays on one that exists', () => {
    expect(pageOf(0, 4, 0)).toEqual({ page: 0, pages: 1 });
    expect(pageOf(1, 4, 9)).toEqual({ page: 1, pages: 3 });
    expect(pageOf(5, 4, 8)).toEqual({ page: 1, pages: 2 });
    expect(pageOf(-1, 4, 8)).toEqual({ page: 0, pages: 2 });
  });
});
