// What is typed into a search is never syntax, and is found as it was typed.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CameraId, type MarkId, newId } from '../../recorder/model/ids.ts';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { MarkRows } from './marks.ts';
import { readSearch } from './search-words.ts';

let made: MadeCatalog;
let marks: MarkRows;
beforeAll(() => {
  made = madeCatalog();
  marks = new MarkRows(made.catalog);
});
afterAll(() => made.remove());

const all = { cameraIds: [], kinds: [], tagIds: [] } as const;
const search = (words: string, cameraIds: readonly CameraId[] = []) =>
  marks.search({
    ...all,
    cameraIds,
    words,
    fromMs: 0,
    untilMs: Number.MAX_SAFE_INTEGER,
    order: 'newest',
    limit: 10,
  });
const add = (text: string): MarkId => {
  const id = newId<MarkId>();
  const value = { kind: 'note', startMs: 1, text, tagIds: [] } as const;
  marks.add({ ...value, id, cameraId: made.cameraId, author: 'Ada', createdMs: 1 }, 1_000_000);
  return id;
};

/** Everything FTS5 gives a meaning to, and what breaks a parser that is handed text as it is. */
const syntax = fc.constantFrom(
  ...['"', '""', "'", '*', '^', ':', '-', '+', '(', ')', '{', '}', 'AND', 'OR', 'NOT', 'NEAR(a b)', 'NEAR/2'],
  ...[
    'text:',
    '{text tags}:',
    '-text:',
    'a*',
    '^a',
    '"a',
    'a"b',
    '\\',
    '%',
    '_',
    ';--',
    '?1',
    ':match',
    '@x',
  ],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udc00x',
    '\u202e',
    '\ufeff',
    '👩‍👩‍👧',
    'é',
    'e\u0301',
    'ß',
    'İ',
    'ﬁ',
    '数据',
    'ไทย',
  ],
);
const typed = fc
  .array(fc.oneof(syntax, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), { maxLength: 8 })
  .chain((parts) => fc.constantFrom(' ', '', '\t', '\n').map((gap) => parts.join(gap).slice(0, 200)));

describe('a search', () => {
  it('takes whatever is typed', () => {
    fc.assert(
      fc.property(typed, (words) => {
        expect(Array.isArray(search(words))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the very text of a mark by what is typed', () => {
    // One mark at a time, so that no other one fills the page.
    const text = typed.filter(
      (words) => words.isWellFormed() && !/\p{Cc}/u.test(words) && words.trim() !== '',
    );
    fc.assert(
      fc.property(text, (words) => {
        const id = add(words);
        try {
          expect(search(words).map((mark) => mark.id)).toContain(id);
        } finally {
          marks.remove(id);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['van', 'Red van at the gate', true],
    ['VAN red', 'Red van at the gate', true],
    ['va', 'Red van at the gate', true],
    ['an', 'Red van at the gate', false],
    ['van OR bus', 'Red van at the gate', false],
    ['not', 'Red van', false],
    ['red*', 'Red van', false],
    ['red*', 'the red* one', true],
    ['AB-12', 'plate AB-12 CD', true],
    ['AB-12', 'plate AB 12 CD', false],
    ['ab-12', 'plate AB-12 CD', true],
    ['100%', '100% sure', true],
    ['100%', '1000 sure', false],
    ['muller', 'Herr Müller', true],
    ['Müller', 'Herr Muller', true],
    ['C++', 'camera', false],
    ['数据', '这是数据库', true],
    ['🚗', 'a 🚗 left', true],
    ['🚗', 'a 🚲 left', false],
  ])('%j in %j: %s', (words, text, expected) => {
    const id = add(text);
    expect(search(words).some((mark) => mark.id === id)).toBe(expected);
    marks.remove(id);
  });
});

describe('readSearch', () => {
  it('makes no query of nothing', () => {
    expect(readSearch('  \t\n ')).toEqual({ match: undefined, literal: [] });
  });

  it('quotes each word', () => {
    expect(readSearch('say "hi" NOT')).toEqual({ match: '"say" * """hi""" * "NOT" *', literal: ['"hi"'] });
  });
});
