// Jumps find the nearest on their side, wherever it lies, and say when there is none.

import { describe, expect, it } from 'vitest';
import { dayMs } from '../../recorder/model/clock.ts';
import type { Range } from '../timeline/ranges.ts';
import { beginsOf, nearest, stretches } from './jumps.ts';

const footage = { startMs: 0, endMs: 90 * dayMs };

const among =
  (moments: readonly number[]) =>
  ({ startMs, endMs }: Range) =>
    Promise.resolve(moments.filter((ms) => ms >= startMs && ms < endMs));

describe('stretches', () => {
  it.each(['next', 'previous'] as const)(
    'to the %s end cover the footage without a hole, each once',
    (direction) => {
      const fromMs = 40 * dayMs;
      const all = [...stretches(fromMs, direction, footage)];
      const edges = all.flatMap(({ startMs, endMs }) =>
        direction === 'next' ? [startMs, endMs] : [endMs, startMs],
      );
      expect(edges[0]).toBe(fromMs);
      expect(edges.at(-1)).toBe(direction === 'next' ? footage.endMs : footage.startMs);
      for (let at = 1; at + 1 < edges.length; at += 2) expect(edges[at]).toBe(edges[at + 1]);
      expect(all.length).toBeLessThan(10);
    },
  );
});

describe('nearest', () => {
  const at = (ms: number) => ({ ms, playing: false });
  const moments = [dayMs, 39 * dayMs, 40 * dayMs, 40 * dayMs + 60_000, 88 * dayMs];

  it('is the first after and the last before', async () => {
    const from = at(40 * dayMs + 30_000);
    expect(await nearest(among(moments), from, 'next', footage)).toBe(40 * dayMs + 60_000);
    expect(await nearest(among(moments), from, 'previous', footage)).toBe(40 * dayMs);
  });

  it('lies weeks away when nothing is nearer', async () => {
    expect(await nearest(among(moments), at(41 * dayMs), 'next', footage)).toBe(88 * dayMs);
    expect(await nearest(among(moments), at(38 * dayMs), 'previous', footage)).toBe(dayMs);
  });

  it('goes on from where a jump led to, also when it has played on for a second', async () => {
    expect(await nearest(among(moments), at(40 * dayMs + 30), 'next', footage)).toBe(40 * dayMs + 60_000);
    expect(
      await nearest(among(moments), { ...at(40 * dayMs + 1_000), playing: true }, 'previous', footage),
    ).toBe(39 * dayMs);
  });

  it('is the one just passed while the picture stands', async () => {
    expect(await nearest(among(moments), at(40 * dayMs + 1_000), 'previous', footage)).toBe(40 * dayMs);
    expect(await nearest(among(moments), at(40 * dayMs + 30), 'previous', footage)).toBe(39 * dayMs);
  });

  it('is nothing at the ends', async () => {
    expect(await nearest(among(moments), at(89 * dayMs), 'next', footage)).toBeUndefined();
    expect(await nearest(among(moments), at(dayMs), 'previous', footage)).toBeUndefined();
  });
});

it('takes coverage that reaches into the stretch for no begin', () => {
  const coverage = [
    { startMs: 1_000, endMs: 5_000 },
    { startMs: 7_000, endMs: 9_000 },
  ];
  expect(beginsOf(coverage, { startMs: 1_000, endMs: 10_000 })).toEqual([7_000]);
});
