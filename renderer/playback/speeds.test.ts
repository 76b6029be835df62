// Which speeds are stepped, and that J, K and L do what they do everywhere in the field.

import { describe, expect, it } from 'vitest';
import { isStepped, neighbourOf, showsKeyframesOnly, shuttled, speeds } from './speeds.ts';

describe('speeds', () => {
  it('are stepped backwards and beyond 4×, by key frames beyond 4×', () => {
    expect(speeds.filter(isStepped)).toEqual([-16, -8, -4, -2, -1, 8, 16]);
    expect(speeds.filter(showsKeyframesOnly)).toEqual([-16, -8, 8, 16]);
  });

  it('follow each other in a row that has ends', () => {
    expect([neighbourOf(1, -1), neighbourOf(0.5, -1), neighbourOf(-1, 1)]).toEqual([0.5, -1, 0.5]);
    expect([neighbourOf(16, 1), neighbourOf(-16, -1)]).toEqual([undefined, undefined]);
  });
});

/** The speeds after so many presses in the direction, from standing still. */
function presses(direction: 1 | -1, count: number, from = { playing: false, speed: 1 }): number[] {
  const seen: number[] = [];
  let motion = from;
  for (let press = 0; press < count; press += 1) {
    motion = { playing: true, speed: shuttled(motion, direction) };
    seen.push(motion.speed);
  }
  return seen;
}

describe('shuttling', () => {
  it('goes faster with each press, up to the fastest', () => {
    expect(presses(1, 6)).toEqual([1, 2, 4, 8, 16, 16]);
    expect(presses(-1, 6)).toEqual([-1, -2, -4, -8, -16, -16]);
  });

  it('turns at 1×, from whatever speed', () => {
    expect(presses(-1, 2, { playing: true, speed: 8 })).toEqual([-1, -2]);
    expect(presses(1, 1, { playing: true, speed: -16 })).toEqual([1]);
  });

  it('begins at 1× when it stood, whatever was chosen before', () => {
    expect(presses(1, 1, { playing: false, speed: 4 })).toEqual([1]);
  });

  it('goes on from half speed with normal speed', () => {
    expect(presses(1, 1, { playing: true, speed: 0.5 })).toEqual([1]);
  });
});
