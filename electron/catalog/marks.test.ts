// Rows of marks: lists, filters, pages, and a full-text index that follows every change.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CameraId, type MarkId, newId, type TagId } from '../../recorder/model/ids.ts';
import { longestMarkMs, type TagColour } from '../contract/marks.ts';
import { CameraRows } from './cameras.ts';
import { addCamera, type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { MarkRows, type NewMark } from './marks.ts';
import { TagRows } from './tags.ts';

let made: MadeCatalog;
let marks: MarkRows;
let tags: TagRows;
beforeEach(() => {
  made = madeCatalog();
  marks = new MarkRows(made.catalog);
  tags = new TagRows(made.catalog);
});
afterEach(() => made.remove());

const limit = 1_000;
const all = { cameraIds: [], kinds: [], tagIds: [] } as const;
const add = (change: Partial<NewMark> = {}): MarkId => {
  const mark: NewMark = {
    id: newId(),
    cameraId: made.cameraId,
    kind: 'note',
    startMs: 10_000,
    text: '',
    author: 'Ada',
    createdMs: 20_000,
    tagIds: [],
    ...change,
  };
  expect(marks.add(mark, limit)).toBe(true);
  return mark.id;
};
const addTag = (name: string, category = '', colour: TagColour = 'blue'): TagId => {
  const id = newId<TagId>();
  tags.add({ id, name, category, colour });
  return id;
};
const everywhere = { ...all, fromMs: 0, untilMs: 1e15, order: 'newest', limit } as const;
const find = (words: string) => marks.search({ ...everywhere, words }).map(({ id }) => id);
/** The index against what the tables say. */
const indexIsTrue = () => {
  const { database } = made.catalog;
  database.prepare(`INSERT INTO mark_words (mark_words) VALUES ('integrity-check')`).run();
  const [indexed, told] = [
    'SELECT rowid AS number, text, tags, camera, author FROM mark_words ORDER BY rowid',
    `SELECT marks.number, text, coalesce((SELECT group_concat(category || ' ' || name, char(10)) FROM mark_tags
      JOIN tags ON tags.number = tag_number WHERE mark_number = marks.number), '') AS tags,
      (SELECT name FROM cameras WHERE id = camera_id) AS camera, author FROM marks ORDER BY marks.number`,
  ].map((sql) => database.prepare(sql).all());
  expect(indexed).toEqual(told);
};

describe('a mark', () => {
  it('comes back as it was added, with its tags', () => {
    const van = addTag('Van', 'Vehicles', 'teal');
    const id = add({ kind: 'evidence', startMs: 5, endMs: 9, text: 'Two\nlines', tagIds: [van] });
    expect(marks.get(id)).toEqual({
      id,
      cameraId: made.cameraId,
      cameraName: 'Gate',
      kind: 'evidence',
      startMs: 5,
      endMs: 9,
      text: 'Two\nlines',
      author: 'Ada',
      createdMs: 20_000,
      changedMs: 20_000,
      tags: [{ id: van, name: 'Van', category: 'Vehicles', colour: 'teal' }],
    });
  });

  it('is changed as a whole and keeps author and camera', () => {
    const van = addTag('Van');
    const id = add({ endMs: 11_000, text: 'before', tagIds: [van] });
    expect(marks.change(id, { kind: 'warning', startMs: 7, text: 'after', tagIds: [] }, 30_000)).toBe(true);
    expect(marks.get(id)).toMatchObject({
      ...{ kind: 'warning', startMs: 7, text: 'after', tags: [], author: 'Ada' },
      ...{ createdMs: 20_000, changedMs: 30_000 },
    });
    expect(marks.get(id)).not.toHaveProperty('endMs');
    expect(() => made.catalog.database.exec(`UPDATE marks SET author = 'Eve'`)).toThrow('keeps its camera');
  });

  it('of another id is neither changed nor removed', () => {
    const value = { kind: 'note', startMs: 1, text: '', tagIds: [] } as const;
    expect(marks.change(newId<MarkId>(), value, 1)).toBe(false);
    expect(marks.remove(newId<MarkId>())).toBe(false);
  });

  it('is refused past the limit', () => {
    add();
    const one = { ...all, kind: 'note', startMs: 1, text: '', author: 'Ada', createdMs: 1 } as const;
    expect(marks.add({ ...one, id: newId(), cameraId: made.cameraId }, 1)).toBe(false);
  });

  it('of a removed camera still says where it was made', () => {
    const id = add();
    new CameraRows(made.catalog).remove(made.cameraId, 5);
    expect(marks.get(id)?.cameraName).toBe('Gate');
    expect(marks.hasCamera(made.cameraId)).toBe(true);
    expect(marks.hasCamera(newId<CameraId>())).toBe(false);
  });
});

describe('a list', () => {
  const list = (startMs: number, endMs: number, filter: object = {}) =>
    marks.list({ ...all, startMs, endMs, ...filter }, limit).map(({ id }) => id);

  it('has the marks that touch the range, by start', () => {
    const before = add({ startMs: 99 });
    const at = add({ startMs: 100 });
    const into = add({ startMs: 50, endMs: 101 });
    const endsThere = add({ startMs: 50, endMs: 100 });
    const after = add({ startMs: 200 });
    expect(list(100, 200)).toEqual([into, at]);
    expect(new Set(list(0, 300))).toEqual(new Set([before, at, into, endsThere, after]));
  });

  it('finds the longest mark there may be from its last millisecond', () => {
    const long = add({ startMs: 0, endMs: longestMarkMs });
    expect(list(longestMarkMs - 1, longestMarkMs)).toEqual([long]);
  });

  it('is filtered by camera, kind and any of the tags', () => {
    const [van, dog] = [addTag('Van'), addTag('Dog')];
    const yard = addCamera(made.catalog, 'Yard').cameraId;
    const a = add({ startMs: 1, tagIds: [van] });
    const b = add({ startMs: 2, kind: 'warning', tagIds: [dog, van] });
    const c = add({ startMs: 3, cameraId: yard });
    expect(list(0, 10, { cameraIds: [yard] })).toEqual([c]);
    expect(list(0, 10, { cameraIds: [yard, made.cameraId], kinds: ['warning'] })).toEqual([b]);
    expect(list(0, 10, { tagIds: [van] })).toEqual([a, b]);
    expect(list(0, 10, { tagIds: [newId<TagId>()] })).toEqual([]);
  });

  it.each([
    [
      'a timeline',
      `camera_id IN (SELECT value FROM json_each('[]')) AND start_ms >= 1 AND start_ms < 2`,
      'marks_of_camera',
    ],
    [
      'a page',
      'start_ms >= 1 AND start_ms < 2 AND (start_ms, id) < (2, 0) ORDER BY start_ms DESC, id DESC',
      'marks_by_time',
    ],
  ])('%s is read by an index', (_, where, index) => {
    const plan = made.catalog.database.prepare(`EXPLAIN QUERY PLAN SELECT * FROM marks WHERE ${where}`).all();
    const told = (plan as { detail: string }[]).map(({ detail }) => detail).join('\n');
    expect(told).toContain(`SEARCH marks USING INDEX ${index}`);
    expect(told).not.toContain('TEMP B-TREE');
  });
});

describe('pages', () => {
  it.each(['newest', 'oldest'] as const)('of the %s first hold each mark once', (order) => {
    // Two of each moment: only the id tells them apart.
    const ids = Array.from({ length: 20 }, (_, index) => add({ startMs: Math.floor(index / 2) }));
    const seen: MarkId[] = [];
    const times: number[] = [];
    let after: { startMs: number; markId: MarkId } | undefined;
    for (;;) {
      const page = marks.search({ ...everywhere, words: '', order, limit: 3, after });
      const last = page.at(-1);
      if (last === undefined) break;
      seen.push(...page.map(({ id }) => id));
      times.push(...page.map(({ startMs }) => startMs));
      after = { startMs: last.startMs, markId: last.id };
    }
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(times).toEqual(times.toSorted((a, b) => (order === 'newest' ? b - a : a - b)));
  });

  it('begin and end where they are asked to', () => {
    const [, inside] = [add({ startMs: 9 }), add({ startMs: 10 }), add({ startMs: 20 })];
    expect(marks.search({ ...everywhere, words: '', fromMs: 10, untilMs: 20 }).map(({ id }) => id)).toEqual([
      inside,
    ]);
  });
});

describe('words', () => {
  it('are found in text, tags, their categories, camera and author', () => {
    const id = add({ text: 'left the parcel', tagIds: [addTag('Van', 'Vehicles')] });
    add({ text: 'something else', author: 'Eve', cameraId: addCamera(made.catalog, 'Yard').cameraId });
    for (const words of ['parcel', 'van', 'vehicles', 'gate', 'ada', 'ada van parcel gate']) {
      expect([words, find(words)]).toEqual([words, [id]]);
    }
    expect(find('parcel yard')).toEqual([]);
  });

  it('follow every change', () => {
    const van = addTag('Van', 'Vehicles');
    const dog = addTag('Dog', 'Animals');
    const id = add({ text: 'parcel', tagIds: [van, dog] });
    add({ text: 'other', tagIds: [dog] });
    indexIsTrue();

    marks.change(id, { kind: 'note', startMs: 1, text: 'letter', tagIds: [van] }, 1);
    indexIsTrue();
    expect([find('parcel'), find('letter'), find('dog letter')]).toEqual([[], [id], []]);

    tags.change({ id: van, name: 'Lorry', category: 'Traffic', colour: 'blue' });
    indexIsTrue();
    expect([find('van'), find('lorry'), find('traffic')]).toEqual([[], [id], [id]]);

    new CameraRows(made.catalog).rename(made.cameraId, 'Barrier');
    indexIsTrue();
    expect([find('gate'), find('barrier letter')]).toEqual([[], [id]]);

    tags.remove(van);
    indexIsTrue();
    expect(find('lorry')).toEqual([]);
    expect(marks.get(id)?.tags).toEqual([]);

    marks.remove(id);
    indexIsTrue();
    expect(find('letter')).toEqual([]);
  });
});
