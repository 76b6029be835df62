// The call that sets what a window sees.

import { calls } from '../calls.ts';
import type { LiveWindows } from './windows.ts';

export const liveCalls = (windows: LiveWindows) => ({
  watch: calls.live.watch.handler(({ input }) => windows.watch(input.windowId, input.tiles)),
});
