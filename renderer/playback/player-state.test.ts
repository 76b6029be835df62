// Which phases a frame on screen ends.
import { expect, it } from 'vitest';
import { isOver } from './player-state.ts';

it('ends a seek with its frame, and leaves what is showing as it is', () => {
  expect(isOver({ kind: 'seeking', targetMs: 1_000, fresh: true }, false)).toBe(true);
  expect(isOver({ kind: 'showing' }, true)).toBe(false);
});

it('goes on waiting when the last frame there is is painted late, until there is another', () => {
  expect(isOver({ kind: 'waiting', atNewest: true }, false)).toBe(false);
  expect(isOver({ kind: 'waiting', atNewest: true }, true)).toBe(true);
});
