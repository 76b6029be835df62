// The contract's calls about playing footage.

import { calls } from '../calls.ts';
import type { PlaybackService } from './service.ts';

export const playbackCalls = (playback: PlaybackService) => ({
  former: calls.playback.former.handler(() => playback.former()),
  open: calls.playback.open.handler(({ input }) => playback.open(input)),
});
