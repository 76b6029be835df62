// A camera in two tiles is heard once.
import { expect, it } from 'vitest';
import { OneVoice } from './one-voice.ts';

it('sounds from one tile, and from the other one when that goes', () => {
  const voice = new OneVoice();
  const heard = new Set<string>();
  const player = (name: string) => ({
    listen: (isHeard: boolean) => void (isHeard ? heard.add(name) : heard.delete(name)),
  });
  const leaveTile = voice.join(player('tile'));
  const leaveHotspot = voice.join(player('hotspot'));
  expect([...heard]).toEqual(['tile']);
  leaveTile();
  leaveTile();
  expect([...heard]).toEqual(['hotspot']);
  leaveHotspot();
  expect([...heard]).toEqual([]);
});
