// Marks and tags as people use them: who may change what, what is refused, what every window is told.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClocks } from '../../recorder/model/clock.ts';
import { type CameraId, type MarkId, newId, type TagId } from '../../recorder/model/ids.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { MarkRows } from '../catalog/marks.ts';
import { TagRows } from '../catalog/tags.ts';
import type { StationEvent } from '../contract/events.ts';
import { MarkInput, MarkSearch, TagInput, tagLimit } from '../contract/marks.ts';
import type { Person } from '../contract/shapes.ts';
import { EventBoard } from '../events/event-board.ts';
import { furthestAheadMs, MarkService } from './service.ts';
import { TagService } from './tags.ts';

let made: MadeCatalog;
let marks: MarkService;
let tags: TagService;
let told: StationEvent[];
const nowMs = 1_800_000_000_000;
beforeEach(() => {
  made = madeCatalog();
  const board = new EventBoard(systemClocks);
  told = [];
  board.publish = (event) => void told.push(event);
  const rows = new TagRows(made.catalog);
  tags = new TagService(rows, board);
  marks = new MarkService({
    rows: new MarkRows(made.catalog),
    tags: rows,
    board,
    clock: { nowMs: () => nowMs },
  });
});
afterEach(() => made.remove());

const ada: Person = { name: 'Ada', role: 'operator' };
const eve: Person = { name: 'Eve', role: 'operator' };
const sam: Person = { name: 'Sam', role: 'supervisor' };
const input = (change: object = {}) =>
  MarkInput.parse({ cameraId: made.cameraId, kind: 'note', startMs: nowMs, text: 'A van', ...change });
const refusalOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return 'accepted';
};

describe('marks', () => {
  it('carry who made them, and every window is told', () => {
    const mark = marks.add(input(), ada);
    expect(mark).toMatchObject({ author: 'Ada', createdMs: nowMs, cameraName: 'Gate' });
    const changed = marks.change({ ...input({ text: 'A lorry' }), markId: mark.id }, ada);
    marks.remove(mark.id, ada);
    expect(told).toEqual([
      { kind: 'mark', mark },
      { kind: 'mark', mark: changed },
      { kind: 'mark-removed', markId: mark.id, cameraId: made.cameraId },
    ]);
  });

  it('are changed and removed by who made them and by supervisors', () => {
    const { id } = marks.add(input(), ada);
    const change = { ...input({ text: 'mine' }), markId: id };
    expect(refusalOf(() => marks.change(change, eve))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(refusalOf(() => marks.remove(id, eve))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(marks.change(change, sam)).toMatchObject({ text: 'mine', author: 'Ada' });
    marks.remove(id, sam);
    expect(refusalOf(() => marks.remove(id, sam))).toMatchObject({ code: 'MARK_NOT_FOUND' });
  });

  it.each([
    ['a camera that is not there', { cameraId: newId<CameraId>() }, 'CAMERA_NOT_FOUND', 'cameraId'],
    ['a tag that is not there', { tagIds: [newId<TagId>()] }, 'TAG_NOT_FOUND', 'tagIds.0'],
    ['a moment to come', { startMs: nowMs + furthestAheadMs + 1 }, 'INVALID_INPUT', 'startMs'],
  ])('are refused with %s, and nothing is written', (_, change, code, field) => {
    expect(refusalOf(() => marks.add(input(change), ada))).toMatchObject({ code, detail: { field } });
    expect(marks.search(MarkSearch.parse({})).marks).toEqual([]);
    expect(told).toEqual([]);
  });

  it.each([
    ['ends before it starts', { startMs: 10, endMs: 10 }],
    ['is longer than a month', { startMs: 0, endMs: 40 * 86_400_000 }],
    ['has a control character', { text: 'a\u0007b' }],
    ['turns the reading around', { text: 'a\u202eb' }],
    ['is too long', { text: 'x'.repeat(2_001) }],
    ['is broken text', { text: '\ud800' }],
    ['has no kind of ours', { kind: 'danger' }],
  ])('are refused by their shape when one %s', (_, change) => {
    expect(() => input(change)).toThrow();
  });

  it('come in pages that lead to each other', () => {
    for (let index = 0; index < 5; index += 1) marks.add(input({ startMs: index }), ada);
    const first = marks.search(MarkSearch.parse({ limit: 3 }));
    expect(first.marks.map(({ startMs }) => startMs)).toEqual([4, 3, 2]);
    const second = marks.search(MarkSearch.parse({ limit: 3, after: first.next }));
    expect(second.marks.map(({ startMs }) => startMs)).toEqual([1, 0]);
    expect(second.next).toBeUndefined();
  });

  it('of another id are not there', () => {
    const markId = newId<MarkId>();
    expect(refusalOf(() => marks.change({ ...input(), markId }, sam))).toMatchObject({
      code: 'MARK_NOT_FOUND',
    });
  });
});

describe('tags', () => {
  const fields = (name: string) => TagInput.parse({ name, category: 'Vehicles', colour: 'teal' });

  it('are listed by category and name, changed and removed', () => {
    const van = tags.add(fields('Van'));
    tags.add({ ...fields('Dog'), category: 'Animals' });
    expect(tags.list().map(({ name }) => name)).toEqual(['Dog', 'Van']);
    expect(tags.change({ ...fields('VAN'), tagId: van.id })).toMatchObject({ name: 'VAN' });
    const mark = marks.add(input({ tagIds: [van.id] }), ada);
    expect(mark.tags).toMatchObject([{ name: 'VAN' }]);
    tags.remove(van.id);
    expect(marks.search(MarkSearch.parse({})).marks[0]?.tags).toEqual([]);
    expect(told.map(({ kind }) => kind)).toEqual(['tags', 'tags', 'tags', 'mark', 'tags']);
  });

  it('never read the same', () => {
    tags.add(fields('Café'));
    for (const name of ['café', 'CAFÉ', 'cafe\u0301']) {
      expect(refusalOf(() => tags.add(fields(name)))).toMatchObject({
        code: 'NAME_TAKEN',
        detail: { field: 'name' },
      });
    }
    const other = tags.add(fields('Cafe'));
    expect(refusalOf(() => tags.change({ ...fields('CAFÉ'), tagId: other.id }))).toMatchObject({
      code: 'NAME_TAKEN',
    });
  });

  it('that are not there are told so', () => {
    const tagId = newId<TagId>();
    expect(refusalOf(() => tags.change({ ...fields('Van'), tagId }))).toMatchObject({
      code: 'TAG_NOT_FOUND',
    });
    expect(refusalOf(() => tags.remove(tagId))).toMatchObject({ code: 'TAG_NOT_FOUND' });
  });

  it('have a limit', () => {
    for (let index = 0; index < tagLimit; index += 1) tags.add(fields(`Tag ${index}`));
    expect(refusalOf(() => tags.add(fields('One more')))).toMatchObject({ code: 'LIMIT_REACHED' });
  });
});
