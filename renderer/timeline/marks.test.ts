// Marks fall into crowds by what a screen can tell apart, and a pointer finds what it sees.
import { describe, expect, it } from 'vitest';
import { type MarkId, newId } from '../../recorder/model/ids.ts';
import { marksAt, placeMarks, shapeAt, type TimelineMark } from './marks.ts';

/** A millisecond is a pixel. */
const view = { startMs: 1_000, spanMs: 1_000, width: 1_000 };
const mark = (startMs: number, change: Partial<TimelineMark> = {}): TimelineMark => ({
  id: newId<MarkId>(),
  kind: 'note',
  startMs,
  text: '',
  ...change,
});

describe('placeMarks', () => {
  it('puts each mark at its moment', () => {
    const placed = placeMarks([mark(1_100), mark(1_200, { kind: 'warning' })], view);
    expect(placed.map(({ x, kind, marks }) => [x, kind, marks.length])).toEqual([
      [100, 'note', 1],
      [200, 'warning', 1],
    ]);
  });

  it('makes one of what would overlap, as its gravest kind', () => {
    const crowd = [mark(1_100), mark(1_105, { kind: 'evidence' }), mark(1_110, { kind: 'warning' })];
    const placed = placeMarks([...crowd, mark(1_150)], view);
    expect(placed.map(({ x, kind, marks }) => [x, kind, marks.length])).toEqual([
      [100, 'evidence', 3],
      [150, 'note', 1],
    ]);
  });

  it('keeps crowds together while the view is panned', () => {
    const marks = Array.from({ length: 60 }, (_, index) => mark(900 + index * 17 - (index % 3) * 9));
    const crowdsAt = (startMs: number) =>
      placeMarks(marks, { ...view, startMs })
        .filter(({ x }) => x > 100 && x < 400)
        .map((placed) => placed.marks.map(({ startMs: ms }) => ms).join());
    const before = crowdsAt(1_000);
    const after = new Set(
      placeMarks(marks, { ...view, startMs: 1_050 }).map((p) => p.marks.map((m) => m.startMs).join()),
    );
    expect(before.length).toBeGreaterThan(5);
    expect(before.filter((crowd) => !after.has(crowd))).toEqual([]);
  });

  it('leaves out what is not in view', () => {
    expect(placeMarks([mark(10), mark(5_000)], view)).toEqual([]);
  });
});

describe('a pointer', () => {
  it('finds a shape a little beside it, and the number of a crowd', () => {
    const placed = placeMarks([mark(1_100), mark(1_104), mark(1_300)], view);
    expect(shapeAt(placed, 93)?.marks).toHaveLength(2);
    expect(shapeAt(placed, 115)?.marks).toHaveLength(2);
    expect(shapeAt(placed, 307)?.marks).toHaveLength(1);
    expect(shapeAt(placed, 315)).toBeUndefined();
  });

  it('finds the range it lies in when there is no shape', () => {
    const [range, moment] = [mark(1_100, { endMs: 1_500 }), mark(1_300)];
    expect(marksAt([range, moment], view, 200, 1_200)).toEqual([range]);
    expect(marksAt([range, moment], view, 301, 1_301)).toEqual([moment]);
    expect(marksAt([range, moment], view, 600, 1_600)).toEqual([]);
  });
});
