// A long camera name is cut between characters, with a sign that something is missing.
import { expect, it } from 'vitest';
import { cutTo } from './picture.ts';

const widthOf = (text: string) => [...new Intl.Segmenter().segment(text)].length * 10;

it.each([
  ['Gate', 40, 'Gate'],
  ['Gate', 39, 'Ga…'],
  ['North gate', 70, 'North…'],
  ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 20, '👩‍👩‍👧…'],
  ['Gate', 5, ''],
])('%j in %i is %j', (text, room, expected) => {
  expect(cutTo(text, room, widthOf)).toBe(expected);
});
