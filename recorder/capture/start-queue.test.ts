// Staggered starts.

import { expect, it } from 'vitest';
import { MadeClock } from './made-clock.ts';
import { StartQueue } from './start-queue.ts';

it('lets the first start at once and the others 50 ms apart, in order', async () => {
  const clock = new MadeClock();
  const queue = new StartQueue(clock);
  const started: string[] = [];
  for (const name of ['a', 'b', 'c']) void queue.turn().then(() => started.push(name));
  await clock.pass(0);
  expect(started).toEqual(['a']);
  await clock.pass(49);
  expect(started).toEqual(['a']);
  await clock.pass(1);
  expect(started).toEqual(['a', 'b']);
  await clock.pass(50);
  expect(started).toEqual(['a', 'b', 'c']);
  await clock.pass(1_000);
  void queue.turn().then(() => started.push('d'));
  await clock.pass(0);
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});
