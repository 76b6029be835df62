// From which moment several tiles go back together.
import { expect, it } from 'vitest';
import { type LivePicture, newestLiveMs } from './shown-moment.ts';

const showing = (kind: LivePicture['status']['kind'], frameMs: number): LivePicture => ({
  status: { kind },
  playback: { kind: 'showing', shownAtMs: 0, frameMs },
});

it('is that of the newest live picture, also when the first camera was lost long ago', () => {
  const lost = showing('no-signal', 1_000);
  expect(newestLiveMs([lost, showing('live', 900_000.4), showing('live', 900_700)], 901_000)).toBe(900_700);
  expect(newestLiveMs([showing('frozen', 950_000), showing('live', 900_000)], 901_000)).toBe(900_000);
});

it('is now while nothing is live', () => {
  expect(newestLiveMs([], 5_000)).toBe(5_000);
  expect(newestLiveMs([showing('disconnected', 1_000)], 5_000)).toBe(5_000);
  expect(newestLiveMs([{ status: { kind: 'live' }, playback: undefined }], 5_000)).toBe(5_000);
});
