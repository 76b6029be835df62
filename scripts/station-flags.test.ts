// That Node takes the flags of a station, and that they bound what they are there to bound.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { stationFlags } from './station-flags.mjs';

/** Makes objects of which a part lives on, which is what lets V8 ask for more room; prints the room in bytes. */
const busy = `
  let kept = [];
  for (let count = 0; count < 3_000_000; count += 1) {
    kept.push({ count });
    if (kept.length > 100_000) kept = [];
  }
  const spaces = require('node:v8').getHeapSpaceStatistics();
  console.log(spaces.find(({ space_name }) => space_name === 'new_space').space_size);
`;

it('bounds the room of new objects, which V8 alone would let grow on', () => {
  const room = (flags: readonly string[]) =>
    Number(execFileSync(process.execPath, [...flags, '-e', busy], { encoding: 'utf8' }));
  const bounded = room(stationFlags);
  expect(bounded).toBeLessThanOrEqual(17 * 2 ** 20);
  expect(room([])).toBeGreaterThan(bounded);
});
