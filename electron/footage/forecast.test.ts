// The forecast against a day-by-day simulation of the rule it stands for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForecastCamera, forecastDays } from './forecast.ts';

const camera = (bytesPerDay: number, more: Partial<ForecastCamera> = {}): ForecastCamera => ({
  bytesPerDay,
  keepDays: undefined,
  quotaBytes: undefined,
  ...more,
});

describe('forecastDays', () => {
  it('shares the room by what cameras make: each keeps as many days', () => {
    expect(forecastDays(1_200, [camera(10), camera(30)])).toEqual([30, 30]);
  });

  it('leaves to others what a camera does not use up to its own limit', () => {
    expect(forecastDays(1_200, [camera(10, { keepDays: 6 }), camera(30)])).toEqual([6, 38]);
    expect(forecastDays(1_200, [camera(10, { quotaBytes: 60 }), camera(30)])).toEqual([6, 38]);
    expect(forecastDays(1_200, [camera(10, { keepDays: 90 }), camera(30)])).toEqual([30, 30]);
  });

  it('says nothing of a camera that makes nothing, and nothing is more than nothing', () => {
    expect(forecastDays(100, [camera(0, { keepDays: 3 })])).toEqual([undefined]);
    expect(forecastDays(-5, [camera(10)])).toEqual([0]);
    expect(forecastDays(100, [])).toEqual([]);
  });

  it('uses all room and no more, unless every camera has a limit of its own', () => {
    const cameras = fc.array(
      fc.record({
        bytesPerDay: fc.integer({ min: 1, max: 1_000 }),
        keepDays: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
        quotaBytes: fc.option(fc.integer({ min: 1, max: 50_000 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(cameras, fc.integer({ min: 0, max: 1_000_000 }), (all, capacity) => {
        const days = forecastDays(capacity, all);
        const used = all.reduce((sum, { bytesPerDay }, index) => sum + bytesPerDay * (days[index] ?? 0), 0);
        expect(used).toBeLessThanOrEqual(capacity * (1 + 1e-9));
        const unlimited = all.some(
          ({ keepDays, quotaBytes }) => keepDays === undefined && quotaBytes === undefined,
        );
        expect(used).toBeGreaterThanOrEqual(unlimited ? capacity * (1 - 1e-9) : 0);
        for (const [index, { keepDays = Infinity, quotaBytes = Infinity, bytesPerDay }] of all.entries()) {
          expect(days[index]).toBeLessThanOrEqual(Math.min(keepDays, quotaBytes / bytesPerDay));
        }
      }),
    );
  });
});
