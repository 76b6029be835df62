// Pictures find their wall time by their media time, whatever comes late, twice or not at all.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PictureTimes, type PlacedPicture } from './picture-times.ts';

const epochMs = 1_700_000_000_000;
const bytes = new Uint8Array(1);
const fragment = (mediaMs: number, startsWithKeyframe: boolean) => ({
  mediaMs,
  startMs: epochMs + mediaMs,
  startsWithKeyframe,
});
const at = (pictures: readonly PlacedPicture[]) => pictures.map(({ atMs }) => atMs - epochMs);

describe('PictureTimes', () => {
  it('gives a picture the time of its keyframe once that is known', () => {
    const times = new PictureTimes();
    expect(times.add(4_000, bytes)).toEqual([]);
    expect(times.placed(fragment(3_900, false))).toEqual([]);
    expect(at(times.placed(fragment(4_000, true)))).toEqual([4_000]);
  });

  it('bears what decoding order and an encoder of sound shift: it is still the keyframe itself', () => {
    const times = new PictureTimes();
    times.placed(fragment(2_000, true));
    expect(at(times.add(2_080, bytes))).toEqual([2_000]);
    expect(times.add(3_950, bytes)).toEqual([]);
    expect(at(times.placed(fragment(4_000, true)))).toEqual([4_000]);
  });

  it('places a picture that is no keyframe between two', () => {
    const times = new PictureTimes();
    times.placed(fragment(2_000, true));
    times.add(3_000, bytes);
    expect(times.placed(fragment(3_100, false))).toEqual([]);
    expect(at(times.placed(fragment(3_300, false)))).toEqual([3_000]);
  });

  it('drops what has no keyframe: before the first, and far behind the last', () => {
    const times = new PictureTimes();
    times.add(0, bytes);
    expect(times.placed(fragment(2_000, true))).toEqual([]);
    times.add(1_000_000, bytes);
    expect(times.placed(fragment(1_000_300, false))).toEqual([]);
  });

  it('holds a bounded number of pictures that find no time', () => {
    const times = new PictureTimes();
    for (let i = 0; i < 100; i++) times.add(i * 2_000, bytes);
    times.placed(fragment(0, true));
    expect(at(times.placed(fragment(400_000, true)))).toEqual([]);
    for (let i = 0; i < 100; i++) times.add(402_000 + i * 2_000, bytes);
    const placed = [];
    for (let i = 0; i < 101; i++) placed.push(...at(times.placed(fragment(402_000 + i * 2_000, true))));
    expect(placed).toHaveLength(8);
  });

  it('is right for every picture that comes, in order, though some do not come and all come late', () => {
    const plan = fc.record({
      gopMs: fc.integer({ min: 500, max: 6_000 }),
      missing: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
      lateBy: fc.nat({ max: 4 }),
      shiftMs: fc.integer({ min: -100, max: 100 }),
    });
    fc.assert(
      fc.property(plan, ({ gopMs, missing, lateBy, shiftMs }) => {
        const times = new PictureTimes();
        const found: number[] = [];
        missing.forEach((_, index) => {
          found.push(...at(times.placed(fragment(index * gopMs, true))));
          found.push(...at(times.placed(fragment(index * gopMs + gopMs / 2, false))));
          const due = index - lateBy;
          if (missing[due] === false) found.push(...at(times.add(due * gopMs + shiftMs, bytes)));
        });
        const expected = missing.flatMap((isMissing, index) => (isMissing ? [] : [index * gopMs]));
        expect(found).toEqual(expected.slice(0, found.length));
        expect(found.length).toBeGreaterThanOrEqual(expected.length - lateBy - 1);
      }),
    );
  });
});
