// What is asked for covers the view with room to either side, seldom changes, and is never far more than is shown.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { longestSpanMs, shortestSpanMs } from '../timeline/viewport.ts';
import { stretchAround } from './stretch.ts';

const views = fc.record({
  startMs: fc.double({ min: 1e12, max: 2e12, noNaN: true }),
  spanMs: fc.double({ min: shortestSpanMs, max: longestSpanMs, noNaN: true }),
  width: fc.constant(1_000),
});

it('covers any view with room to pan, in whole milliseconds, within four spans', () => {
  fc.assert(
    fc.property(views, (view) => {
      const { startMs, endMs } = stretchAround(view);
      expect(startMs).toBeLessThanOrEqual(view.startMs - view.spanMs / 2);
      expect(endMs).toBeGreaterThanOrEqual(view.startMs + view.spanMs * 1.5);
      expect(endMs - startMs).toBeLessThanOrEqual(view.spanMs * 4);
      expect([startMs, endMs].every(Number.isSafeInteger)).toBe(true);
    }),
  );
});

it('stays the same while the view moves by pixels', () => {
  const view = { startMs: 1_800_000_000_000, spanMs: 3_600_000, width: 1_000 };
  const asked = new Set(
    Array.from({ length: 100 }, (_, pixel) =>
      JSON.stringify(stretchAround({ ...view, startMs: view.startMs + pixel * 3_600 })),
    ),
  );
  expect(asked.size).toBeLessThanOrEqual(2);
});
