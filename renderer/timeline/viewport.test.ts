// Milliseconds to pixels and back, zoom about a point, limits, following a playing head.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endMs,
  follow,
  keepWithin,
  longestSpanMs,
  msAt,
  panBy,
  reveal,
  shortestSpanMs,
  type Viewport,
  xAt,
  zoomAbout,
} from './viewport.ts';

const startMs = Date.UTC(2026, 2, 29);
const view: Viewport = { startMs, spanMs: 3_600_000, width: 1_200 };

const anyView = fc.record({
  startMs: fc.integer({ min: 0, max: 4e12 }),
  spanMs: fc.integer({ min: shortestSpanMs, max: longestSpanMs }),
  width: fc.integer({ min: 100, max: 8_000 }),
});

describe('viewport', () => {
  it('maps its ends to its edges', () => {
    expect(xAt(view, startMs)).toBe(0);
    expect(xAt(view, endMs(view))).toBe(1_200);
    expect(msAt(view, 600)).toBe(startMs + 1_800_000);
  });

  it('comes back to the same moment from the pixel it drew it on', () => {
    fc.assert(
      fc.property(anyView, fc.double({ min: 0, max: 1, noNaN: true }), (any, share) => {
        const ms = any.startMs + share * any.spanMs;
        expect(Math.abs(msAt(any, xAt(any, ms)) - ms)).toBeLessThan(0.01);
      }),
    );
  });

  it('keeps the moment under the pointer while zooming, up to its limits', () => {
    fc.assert(
      fc.property(
        anyView,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (any, share, factor) => {
          const x = share * any.width;
          const zoomed = zoomAbout(any, x, factor);
          expect(Math.abs(msAt(zoomed, x) - msAt(any, x))).toBeLessThan(0.01);
          expect(zoomed.spanMs).toBeGreaterThanOrEqual(shortestSpanMs);
          expect(zoomed.spanMs).toBeLessThanOrEqual(longestSpanMs);
        },
      ),
    );
  });

  it('moves with the hand', () => {
    const grabbedMs = msAt(view, 300);
    expect(msAt(panBy(view, 150), 450)).toBeCloseTo(grabbedMs, 3);
  });

  it('keeps its middle inside the bounds', () => {
    const bounds = { startMs, endMs: startMs + 10_000 };
    expect(keepWithin({ ...view, startMs: startMs - 9_000_000 }, bounds).startMs).toBe(startMs - 1_800_000);
    expect(keepWithin({ ...view, startMs: startMs + 9_000_000 }, bounds).startMs).toBe(
      startMs + 10_000 - 1_800_000,
    );
    const inside = { ...view, startMs: startMs - 1_795_000 };
    expect(keepWithin(inside, bounds)).toBe(inside);
  });

  it('brings a moment into view, and leaves a visible one where it is', () => {
    expect(reveal(view, startMs + 5)).toBe(view);
    expect(xAt(reveal(view, startMs + 1e9), startMs + 1e9)).toBe(600);
  });

  it('lets time move beneath a head that came far enough', () => {
    const restMs = startMs + 0.85 * view.spanMs;
    expect(follow(view, startMs, startMs + 1_000)).toBe(view);
    expect(follow(view, restMs, restMs + 1_000).startMs).toBe(startMs + 1_000);
    const seenBefore = startMs + 0.9 * view.spanMs;
    expect(follow(view, seenBefore, seenBefore + 500).startMs).toBe(startMs + 500);
  });

  it('does not pull back a view that was moved away from the head', () => {
    expect(follow(view, endMs(view) + 1, endMs(view) + 1_000)).toBe(view);
    expect(follow(view, startMs - 10, startMs + 5)).toBe(view);
  });
});
