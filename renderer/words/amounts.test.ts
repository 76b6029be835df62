// Amounts as people type and read them.
import { expect, it } from 'vitest';
import { bitRate, gigabytesText, readCount, readGigabytes } from './amounts.ts';

it.each([
  ['20', 20e9],
  [' 1.5 ', 1.5e9],
  ['0,25', 0.25e9],
  ['', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['20 GB', undefined],
  ['123456789', undefined],
])('reads %j as gigabytes', (text, bytes) => expect(readGigabytes(text)).toBe(bytes));

it('writes what it reads', () => {
  for (const bytes of [0, 1_000_000, 1.5e9, 20e9]) expect(readGigabytes(gigabytesText(bytes))).toBe(bytes);
});

it('reads whole numbers only', () => {
  expect(['30', '0', '1.5', '', 'ten'].map(readCount)).toEqual([30, 0, undefined, undefined, undefined]);
});

it('writes bit rates in the unit that fits', () => {
  expect([0, 700.4, 999.6, 4_210].map(bitRate)).toEqual([
    '0 kbit/s',
    '700 kbit/s',
    '1.0 Mbit/s',
    '4.2 Mbit/s',
  ]);
});
