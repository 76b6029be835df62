// What the recorders tell, when whoever is told fails at it.

import { expect, it } from 'vitest';
import { newId, type StreamId } from '../model/ids.ts';
import { type RecordersListener, unfailing } from './recorders.ts';

it('a catalog that cannot be read while news are told is logged, and fails no recorder', () => {
  const told: string[] = [];
  const logged: string[] = [];
  const ignore = () => undefined;
  const unreadable = () => {
    throw new Error('disk I/O error');
  };
  const listener: RecordersListener = {
    onState: unreadable,
    onPicture: unreadable,
    onFootage: (_stream, newestMs) => void told.push(`footage ${newestMs}`),
    onGap: unreadable,
    onSegment: unreadable,
  };
  const log = { info: ignore, warn: ignore, error: (_: object, words: string) => void logged.push(words) };
  const steady = unfailing(listener, log);
  const video = { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 };
  steady.onPicture(newId<StreamId>(), { video, audio: undefined });
  steady.onState(newId<StreamId>(), { kind: 'off' });
  steady.onFootage(newId<StreamId>(), 7);
  expect(told).toEqual(['footage 7']);
  expect(logged).toEqual(Array(2).fill('What happened in a recorder could not be told'));
});
