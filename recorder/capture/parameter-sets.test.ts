// Keyframes whose parameter sets stay, change, or are not there.

import { describe, expect, it } from 'vitest';
import { ParameterSets } from './parameter-sets.ts';

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
const box = (type: string, payload: number[]) => [
  ...u32(payload.length + 8),
  ...Buffer.from(type),
  ...payload,
];
const unit = (bytes: number[]) => [...u32(bytes.length), ...bytes];
const fragment = (...units: number[][]) =>
  Uint8Array.from([...box('prft', [1, 2]), ...box('moof', [3]), ...box('mdat', units.flatMap(unit))]);

const picture = [0x65, 1, 2, 3];
const sets = (level: number) => [0x67, 66, 0, level];

describe('ParameterSets', () => {
  it('tells a changed sequence parameter set of H.264', () => {
    const watch = new ParameterSets('avc1.42c01e');
    expect(watch.changedWith(fragment([9, 16], sets(30), [0x68, 1], [6, 5], picture))).toBe(false);
    expect(watch.changedWith(fragment(sets(30), [0x68, 2], picture))).toBe(false);
    expect(watch.changedWith(fragment(sets(31), [0x68, 1], picture))).toBe(true);
  });

  it('tells a changed one of H.265', () => {
    const watch = new ParameterSets('hev1.1.6.L63.90');
    expect(watch.changedWith(fragment([0x40, 1, 7], [0x42, 1, 1], [0x44, 1], [0x26, 1]))).toBe(false);
    expect(watch.changedWith(fragment([0x40, 1, 7], [0x42, 1, 2], [0x44, 1], [0x26, 1]))).toBe(true);
  });

  it('takes a set that is said twice for no other one', () => {
    const watch = new ParameterSets('avc1.42c01e');
    expect(watch.changedWith(fragment(sets(30), [0x68, 1], picture))).toBe(false);
    expect(watch.changedWith(fragment(sets(30), [0x68, 1], sets(30), [0x68, 1], picture))).toBe(false);
    expect(watch.changedWith(fragment(sets(30), [0x68, 1], sets(31), [0x68, 1], picture))).toBe(true);
  });

  it('does not look into pictures, and waits for the first set', () => {
    const watch = new ParameterSets('avc1.42c01e');
    expect(watch.changedWith(fragment(picture, sets(1)))).toBe(false);
    expect(watch.changedWith(fragment(sets(30), picture, sets(99)))).toBe(false);
    expect(watch.changedWith(fragment(picture))).toBe(false);
  });

  it('takes bytes that are no fragment for no change', () => {
    const watch = new ParameterSets('avc1.42c01e');
    for (const bytes of [
      [],
      [0, 0, 0, 1],
      box('mdat', []),
      box('mdat', [255, 255, 255, 255, 0x67]),
      u32(0),
    ]) {
      expect(watch.changedWith(Uint8Array.from(bytes))).toBe(false);
    }
  });
});
