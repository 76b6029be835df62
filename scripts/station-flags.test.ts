// That Node takes the flags of a station, and that they bound what they are there to bound.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { stationEnvironment, stationFlags } from './station-flags.mjs';

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

/**
 * Has threads of Node's allocate, then prints how many heaps of glibc's besides the first there are. Each begins at a multiple of
 * 64 MB and takes up as much: what is used may be written, the rest may not be touched. V8, too, has memory that begins there.
 */
const heaps = `
  require('node:zlib').deflate(Buffer.alloc(1e6), () => {
    const heapBytes = 0x4000000n;
    const lines = require('node:fs').readFileSync('/proc/self/maps', 'utf8').split('\\n');
    const maps = lines.flatMap((line) => {
      const [, from, to, mode] = /^([0-9a-f]+)-([0-9a-f]+) (\\S+)/.exec(line) ?? [];
      return mode === undefined ? [] : [{ from: BigInt('0x' + from), to: BigInt('0x' + to), mode }];
    });
    const isHeap = ({ from, to, mode }, index) => {
      const rest = maps[index + 1];
      return mode === 'rw-p' && from % heapBytes === 0n && rest?.mode === '---p' && rest.from === to && rest.to === from + heapBytes;
    };
    console.log(maps.filter(isHeap).length);
  });
`;

it.runIf(process.platform === 'linux')('holds the C library to one heap, whatever threads there are', () => {
  const count = (environment: Record<string, string>) =>
    Number(
      execFileSync(process.execPath, ['-e', heaps], {
        encoding: 'utf8',
        env: { ...process.env, ...environment },
      }),
    );
  expect(count(stationEnvironment)).toBe(0);
  expect(count({ MALLOC_ARENA_MAX: '8' })).toBeGreaterThan(0);
});
