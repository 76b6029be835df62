// How long a lock holds, as it is chosen.

import { expect, it } from 'vitest';
import { dayMs } from '../../recorder/model/clock.ts';
import { expiryOf } from './lock-form.ts';

it('ends never, after the chosen days, or after those that are typed', () => {
  expect(expiryOf('released', '5', 1)).toBeUndefined();
  expect(expiryOf('90', '5', 1)).toBe(1 + 90 * dayMs);
  expect(expiryOf('days', ' 14 ', 1)).toBe(1 + 14 * dayMs);
});

it.each(['', '0', '1.5', '3661', 'two weeks'])('refuses %j days', (typed) => {
  expect(expiryOf('days', typed, 1)).toBe('wrong');
});
