// Where spans begin and end: keyframes, seconds of a long GOP, fragments with sound alone.
import { describe, expect, it } from 'vitest';
import { fragment } from './made-store.ts';
import { SpanBuilder } from './span-builder.ts';

function build(fragments: readonly ReturnType<typeof fragment>[]): SpanBuilder {
  const builder = new SpanBuilder(1_000, 900);
  for (const one of fragments) builder.add(one, 5_000 + one.startTicks);
  return builder;
}

const at = (startTicks: number, keyframe: boolean) => fragment({ startTicks, durationTicks: 250, keyframe });

describe('SpanBuilder', () => {
  it('begins a span at every keyframe, and at a second of a longer GOP', () => {
    const starts = [0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750];
    const builder = build(
      starts.map((startTicks) => at(startTicks, startTicks === 0 || startTicks === 1_500)),
    );
    expect(builder.all.map((span) => [span.startTicks, span.durationTicks, span.startsWithKeyframe])).toEqual(
      [
        [0, 1_000, true],
        [1_000, 500, false],
        [1_500, 500, true],
      ],
    );
  });

  it('lists a span only once the next has begun, and tells up to when the list holds', () => {
    const builder = build([at(0, true), at(250, false)]);
    expect(builder.complete).toEqual([]);
    expect(builder.completeUntilMs).toBe(5_000);
    builder.add(at(500, true), 5_500);
    expect(builder.complete).toHaveLength(1);
    expect(builder.completeUntilMs).toBe(5_500);
  });

  it('covers every byte after the init section, with sound in the span it came in', () => {
    const sound = fragment({ startTicks: 250, kind: 'audio' });
    const fragments = [at(0, true), sound, at(250, true), sound];
    const builder = build(fragments);
    const [first, second] = builder.all;
    expect(first).toMatchObject({ startMs: 5_000, durationTicks: 250, offsetBytes: 900 });
    expect(second?.offsetBytes).toBe(900 + (first?.sizeBytes ?? 0));
    const bytes = fragments.reduce((sum, one) => sum + one.bytes.length, 0);
    expect(builder.endBytes).toBe(900 + bytes);
    expect((second?.offsetBytes ?? 0) + (second?.sizeBytes ?? 0)).toBe(900 + bytes);
  });

  it('refuses to begin with anything but a keyframe', () => {
    expect(() => build([at(0, false)])).toThrow(RangeError);
    expect(() => build([fragment({ startTicks: 0, kind: 'audio' })])).toThrow(RangeError);
  });
});
