// The contract's calls about the footage store.

import { calls } from '../calls.ts';
import type { LockService } from './locks.ts';
import type { StorageService } from './storage.ts';
import type { TimelineService } from './timeline.ts';

export const timelineCalls = (timeline: TimelineService) => ({
  range: calls.timeline.range.handler(({ input }) => timeline.range(input)),
  days: calls.timeline.days.handler(({ input }) => timeline.days(input)),
});

export const storageCalls = (storage: StorageService) => ({
  overview: calls.storage.overview.handler(() => storage.overview()),
  addVolume: calls.storage.addVolume.handler(({ input }) => storage.addVolume(input)),
  retireVolume: calls.storage.retireVolume.handler(({ input }) => storage.retireVolume(input.volumeId)),
  setReserve: calls.storage.setReserve.handler(({ input }) =>
    storage.setReserve(input.volumeId, input.reserveBytes),
  ),
});

export const lockCalls = (locks: LockService) => ({
  list: calls.locks.list.handler(({ input }) => locks.list(input.cameraId)),
  add: calls.locks.add.handler(({ input, context }) => locks.add(input, context.person)),
  release: calls.locks.release.handler(({ input, context }) => locks.release(input.lockId, context.person)),
});
