// Which lags of pictures behind their element's time are mended.

import { describe, expect, it } from 'vitest';
import { lagOf } from './picture-lag.ts';
import { correctionFor } from './sync-rules.ts';

describe('lagOf', () => {
  it('leaves what a refresh of the display explains', () => {
    expect(lagOf([8, 9, 8, 7, 8], 1)).toBe(0);
    expect(lagOf([24, 25, 24, 25, 24], 1)).toBe(0);
    expect(lagOf([-8, -9, -8], 1)).toBe(0);
  });

  it('is what the pictures are aside beyond it, behind or ahead', () => {
    expect(lagOf([55, 55, 54, 55, 55], 1)).toBe(30);
    expect(lagOf([-55, -55, -55], 1)).toBe(-46);
  });

  it('says nothing of one late picture, or before three were seen', () => {
    expect(lagOf([8, 8, 400, 8, 8], 1)).toBe(0);
    expect(lagOf([400, 400], 1)).toBe(0);
  });

  it('does not send a player ahead for ever whose decoder is behind', () => {
    expect(lagOf([1_500, 1_500, 1_500], 1)).toBe(250);
    expect(lagOf([1_500, 1_500, 1_500], 2)).toBe(500);
  });

  it('bends the speed of a player whose own time is right', () => {
    const rateFor = (lagMs: number) => {
      const correction = correctionFor(0 - lagOf([lagMs, lagMs, lagMs], 1), 1);
      return correction.kind === 'play' ? correction.rate : correction.kind;
    };
    expect(rateFor(8)).toBe(1);
    expect(rateFor(55)).toBeCloseTo(1.12);
    expect(rateFor(-55)).toBeCloseTo(0.816);
  });
});
