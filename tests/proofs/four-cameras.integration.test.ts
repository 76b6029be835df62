// The proof of the four cameras, for as long as a test may take.

import { expect, it } from 'vitest';
import { proveFourCameras, tableOf } from './four-cameras.ts';

it('four cameras of two servers are stored whole, and every file plays everywhere', async () => {
  const proof = await proveFourCameras(15, 10, () => undefined);
  console.log(tableOf(proof));
  expect(proof.problems).toEqual([]);
  expect(proof.lines.map(({ stored }) => stored > 100)).toEqual([true, true, true, true]);
}, 120_000);
