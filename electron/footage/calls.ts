// The contract's calls about the footage store.

import { calls } from '../calls.ts';
import type { TimelineService } from './timeline.ts';

export const timelineCalls = (timeline: TimelineService) => ({
  range: calls.timeline.range.handler(({ input }) => timeline.range(input)),
});
