// The rule by which a segment finds its volume.
import { describe, expect, it } from 'vitest';
import type { VolumeId } from '../model/ids.ts';
import { type Candidate, chooseVolume, floorBytes } from './volume-choice.ts';

const gib = 2 ** 30;
const volume = (id: string, freeGib: number, more: Partial<Candidate> = {}): Candidate => ({
  id: id as VolumeId,
  freeBytes: freeGib * gib,
  reserveBytes: 10 * gib,
  isResting: false,
  ...more,
});
const choose = (candidates: readonly Candidate[], before?: string) =>
  chooseVolume(candidates, before as VolumeId | undefined);

describe('chooseVolume', () => {
  it('takes the one with the most room above its reserve, not the most free', () => {
    expect(choose([volume('a', 30), volume('b', 50, { reserveBytes: 40 * gib })])).toBe('a');
  });

  it('keeps a stream where it is until another has more room by its whole reserve', () => {
    expect(choose([volume('a', 20), volume('b', 29)], 'a')).toBe('a');
    expect(choose([volume('a', 20), volume('b', 31)], 'a')).toBe('b');
    expect(choose([volume('a', 20), volume('b', 31)], 'gone')).toBe('b');
  });

  it('leaves a volume that is into its reserve for one that is not, or less so', () => {
    expect(choose([volume('a', 9), volume('b', 11)], 'a')).toBe('b');
    expect(choose([volume('a', 8), volume('b', 9)], 'a')).toBe('b');
    expect(choose([volume('a', 9), volume('b', 8)], 'a')).toBe('a');
  });

  it('takes one that refused footage only when there is no other', () => {
    const resting = volume('a', 500, { isResting: true });
    expect(choose([resting, volume('b', 3)], 'a')).toBe('b');
    expect(choose([resting])).toBe('a');
  });

  it('begins nothing on the last quarter of a reserve, nor on the last gibibyte', () => {
    expect(floorBytes(2 * gib)).toBe(gib / 2);
    expect(floorBytes(500 * gib)).toBe(gib);
    expect(choose([volume('a', 0.9), volume('b', 0.99)])).toBeUndefined();
    expect(choose([volume('a', 0.9), volume('b', 1.1)], 'a')).toBe('b');
    expect(choose([])).toBeUndefined();
  });
});
