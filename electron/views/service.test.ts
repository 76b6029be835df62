// Saved views: each person's own, bounded, and given back as they were saved.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClocks } from '../../recorder/model/clock.ts';
import { newId, type ViewId } from '../../recorder/model/ids.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { SettingRows } from '../catalog/settings.ts';
import { ViewRows } from '../catalog/views.ts';
import type { Person } from '../contract/shapes.ts';
import { layoutDepthLimit, layoutLimit, ViewInput, viewLimit } from '../contract/views.ts';
import { EventBoard } from '../events/event-board.ts';
import { ViewService } from './service.ts';

let made: MadeCatalog;
let views: ViewService;
beforeEach(() => {
  made = madeCatalog();
  const board = new EventBoard(systemClocks);
  views = new ViewService({
    rows: new ViewRows(made.catalog),
    settings: new SettingRows(made.catalog),
    board,
    clock: systemClocks.wall,
  });
});
afterEach(() => made.remove());

const ada: Person = { name: 'Ada', role: 'viewer' };
const eve: Person = { name: 'Eve', role: 'admin' };
const layout = { tiles: [{ camera: 'a', x: 0, size: 0.5, sound: true, more: null }] };
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('the wall of a window', () => {
  it('comes back for its person and its window alone', () => {
    expect(views.shown(1, ada)).toEqual({});
    views.keepShown(1, layout, ada);
    views.keepShown(2, { page: 3 }, ada);
    expect([views.shown(1, ada), views.shown(2, ada)]).toEqual([{ wall: layout }, { wall: { page: 3 } }]);
    expect(views.shown(1, eve)).toEqual({});
    views.keepShown(1, {}, ada);
    expect(views.shown(1, ada)).toEqual({ wall: {} });
  });
});

describe('a view', () => {
  it('comes back as it was saved, to its owner alone', () => {
    const saved = views.save({ name: 'Doors', layout }, ada);
    expect(views.list(ada)).toEqual([saved]);
    expect(saved).toMatchObject({ name: 'Doors', layout });
    expect(views.list(eve)).toEqual([]);
    expect(() => views.remove(saved.id, eve)).toThrow(code('VIEW_NOT_FOUND'));
    expect(() => views.save({ viewId: saved.id, name: 'Mine', layout }, eve)).toThrow(code('VIEW_NOT_FOUND'));
  });

  it('is replaced under its id, and removed once', () => {
    const { id } = views.save({ name: 'Doors', layout }, ada);
    const again = views.save({ viewId: id, name: 'DOORS', layout: {} }, ada);
    expect(views.list(ada)).toEqual([again]);
    views.remove(id, ada);
    expect(views.list(ada)).toEqual([]);
    expect(() => views.remove(id, ada)).toThrow(code('VIEW_NOT_FOUND'));
    expect(() => views.save({ viewId: newId<ViewId>(), name: 'x', layout }, ada)).toThrow(
      code('VIEW_NOT_FOUND'),
    );
  });

  it('has a name of its own, which somebody else may use too', () => {
    views.save({ name: 'Doors', layout }, ada);
    expect(() => views.save({ name: 'dOORS', layout }, ada)).toThrow(code('NAME_TAKEN'));
    expect(views.save({ name: 'Doors', layout }, eve).name).toBe('Doors');
  });

  it('is refused past the limit of its owner', () => {
    for (let index = 0; index < viewLimit; index += 1) views.save({ name: `View ${index}`, layout }, ada);
    expect(() => views.save({ name: 'One more', layout }, ada)).toThrow(code('LIMIT_REACHED'));
    expect(views.save({ name: 'First', layout }, eve).name).toBe('First');
  });
});

describe('a layout', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { inside: nested(levels - 1) });
  const accepts = (value: unknown) => ViewInput.safeParse({ name: 'Wall', layout: value }).success;

  it('is a JSON object', () => {
    expect([layout, {}, nested(layoutDepthLimit)].map(accepts)).toEqual([true, true, true]);
    const others = [
      null,
      [],
      'text',
      5,
      new Date(),
      new Map(),
      { at: new Date() },
      { now: undefined },
      { n: NaN },
    ];
    expect(others.map(accepts)).toEqual(others.map(() => false));
  });

  it('has bounds', () => {
    expect(accepts(nested(layoutDepthLimit + 1))).toBe(false);
    expect(accepts({ text: 'x'.repeat(layoutLimit) })).toBe(false);
    expect(accepts({ '\ud800': 1 })).toBe(false);
  });

  it('keeps names that mean something to JavaScript as plain data', () => {
    const hostile = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}');
    const { layout: kept } = views.save(ViewInput.parse({ name: 'x', layout: hostile }), ada);
    expect(Object.getOwnPropertyNames(kept)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
