// The index blob gives back exactly what went in, in five or six bytes a span, and refuses what it did not make.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FragmentSpan } from '../model/footage.ts';
import { decodeSpans, encodeSpans } from './span-index.ts';

const spansOfAFile = fc
  .record({
    startMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    startTicks: fc.integer({ min: -1_000, max: 2 ** 45 }),
    offsetBytes: fc.nat(100_000),
    steps: fc.array(
      fc.record({
        ms: fc.integer({ min: 1, max: 40_000 }),
        ticksOff: fc.oneof(fc.constant(0), fc.integer({ min: -90_000, max: 90_000_000 })),
        durationTicks: fc.nat(90_000_000),
        sizeBytes: fc.integer({ min: 1, max: 2 ** 31 }),
        startsWithKeyframe: fc.boolean(),
      }),
      { maxLength: 80 },
    ),
  })
  .map(({ startMs, startTicks, offsetBytes, steps }) => {
    const spans: FragmentSpan[] = [];
    for (const { ms, ticksOff, durationTicks, sizeBytes, startsWithKeyframe } of steps) {
      const before = spans.at(-1);
      spans.push({
        startMs: before === undefined ? startMs : before.startMs + ms,
        startTicks: before === undefined ? startTicks : before.startTicks + before.durationTicks + ticksOff,
        durationTicks,
        offsetBytes: before === undefined ? offsetBytes : before.offsetBytes + before.sizeBytes,
        sizeBytes,
        startsWithKeyframe,
      });
    }
    return spans;
  });

function oneMinute(): FragmentSpan[] {
  const spans: FragmentSpan[] = [];
  let offsetBytes = 1_250;
  for (let second = 0; second < 60; second += 1) {
    const sizeBytes = 500_000 + ((second * 7_919) % 90_000);
    spans.push({
      startMs: 1_777_000_000_123 + second * 1_000 + (second % 3) - 1,
      startTicks: 123_456_789 + second * 90_000,
      durationTicks: 90_000,
      offsetBytes,
      sizeBytes,
      startsWithKeyframe: second % 2 === 0,
    });
    offsetBytes += sizeBytes;
  }
  return spans;
}

describe('the fragment index', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(spansOfAFile, (spans) => {
        expect(decodeSpans(encodeSpans(spans))).toEqual(spans);
      }),
    );
  });

  it('takes five or six bytes a span of usual footage', () => {
    expect(encodeSpans(oneMinute()).length).toBeLessThanOrEqual(60 * 6 + 20);
  });

  it('refuses spans that do not lie one after the other', () => {
    const [first, second] = oneMinute();
    if (first === undefined || second === undefined) throw new Error('no spans');
    expect(() => encodeSpans([first, { ...second, offsetBytes: second.offsetBytes + 1 }])).toThrow(
      RangeError,
    );
  });

  it('refuses torn and foreign blobs with RangeError alone', () => {
    const blob = encodeSpans(oneMinute());
    expect(() => decodeSpans(blob.subarray(0, blob.length - 1))).toThrow('ends too early');
    expect(() => decodeSpans(Uint8Array.of(...blob, 0))).toThrow('bytes after');
    expect(() => decodeSpans(Uint8Array.of(2, 0))).toThrow('another version');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(['RangeError', 'decoded']).toContain(outcome(bytes));
      }),
    );
  });
});

function outcome(bytes: Uint8Array): string {
  try {
    decodeSpans(Uint8Array.of(1, ...bytes));
    return 'decoded';
  } catch (error) {
    return error instanceof Error ? error.name : 'no error at all';
  }
}
