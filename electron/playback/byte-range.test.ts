// The Range header: RFC 9110, 14.1.2 with its own examples, and what is not a range.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseByteRange, rangeHeaderLimit } from './byte-range.ts';

const size = 10_000;
const part = (first: number, last: number) => ({ kind: 'part', first, last });

describe('the byte range', () => {
  it.each([
    ['bytes=0-499', part(0, 499)],
    ['bytes=500-999', part(500, 999)],
    ['bytes=-500', part(9_500, 9_999)],
    ['bytes=9500-', part(9_500, 9_999)],
    ['bytes=0-0', part(0, 0)],
    ['bytes=-1', part(9_999, 9_999)],
    ['BYTES=5-6', part(5, 6)],
    ['bytes= 5-6 ', part(5, 6)],
    ['bytes=0-99999999999999999999999', part(0, 9_999)],
    ['bytes=-99999999999999999999999', part(0, 9_999)],
  ])('%s', (header, expected) => {
    expect(parseByteRange(header, size)).toEqual(expected);
  });

  it.each(['bytes=10000-', 'bytes=10000-10001', 'bytes=99999999999999999999999-', 'bytes=-0'])(
    '%s holds nothing of the file',
    (header) => {
      expect(parseByteRange(header, size)).toEqual({ kind: 'unsatisfiable' });
    },
  );

  it.each([null, 'bytes=0-0,-1', 'bytes=500-600, 601-999', 'seconds=0-1', 'lines=1-x'])(
    '%s is the whole file',
    (header) => {
      expect(parseByteRange(header, size)).toEqual({ kind: 'whole' });
    },
  );

  it.each([
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=1',
    'bytes=2-1',
    'bytes=a-b',
    'bytes=0x1-2',
    'bytes=1.5-2',
    'bytes=--1',
    'bytes=0-1,',
    'bytes=0-1,x',
    '0-1',
    `bytes=0-${'0'.repeat(rangeHeaderLimit)}1`,
  ])('"%s" is malformed', (header) => {
    expect(parseByteRange(header, size)).toEqual({ kind: 'malformed' });
  });

  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, bytes) => {
        const range = parseByteRange(`bytes=${text}`, bytes);
        if (range.kind !== 'part') return true;
        return 0 <= range.first && range.first <= range.last && range.last < bytes;
      }),
    );
  });
});
