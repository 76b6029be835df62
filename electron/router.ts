// All calls of the contract, each from its subject.

import { sessionCalls } from './accounts/calls.ts';
import { calls } from './calls.ts';
import { cameraCalls } from './cameras/calls.ts';
import type { CameraService } from './cameras/service.ts';
import type { AlarmBoard } from './events/alarm-board.ts';
import { alarmCalls, eventCalls } from './events/calls.ts';
import type { EventBoard } from './events/event-board.ts';
import { lockCalls, storageCalls, timelineCalls } from './footage/calls.ts';
import type { LockService } from './footage/locks.ts';
import type { StorageService } from './footage/storage.ts';
import type { TimelineService } from './footage/timeline.ts';
import { cameraHealthCalls, stationCalls } from './health/calls.ts';
import type { CameraHealthService } from './health/camera-health.ts';
import type { StationHealth } from './health/station-health.ts';
import { liveCalls } from './live/calls.ts';
import type { LiveWindows } from './live/windows.ts';
import { markCalls, tagCalls } from './marks/calls.ts';
import type { MarkService } from './marks/service.ts';
import type { TagService } from './marks/tags.ts';
import { cameraMotionCalls, motionCalls } from './motion/calls.ts';
import type { MotionService } from './motion/service.ts';
import { playbackCalls } from './playback/calls.ts';
import type { PlaybackService } from './playback/service.ts';
import { viewCalls } from './views/calls.ts';
import type { ViewService } from './views/service.ts';

export interface Services {
  readonly health: StationHealth;
  readonly cameraHealth: CameraHealthService;
  readonly cameras: CameraService;
  readonly live: LiveWindows;
  readonly motion: MotionService;
  readonly timeline: TimelineService;
  readonly playback: PlaybackService;
  readonly tags: TagService;
  readonly marks: MarkService;
  readonly views: ViewService;
  readonly board: EventBoard;
  readonly storage: StorageService;
  readonly locks: LockService;
  readonly alarms: AlarmBoard;
}

/** The router every door serves. A call of the contract that is missing here does not compile. */
export function composeRouter(services: Services) {
  return calls.router({
    session: sessionCalls(),
    station: stationCalls(services.health),
    cameras: {
      ...cameraCalls(services.cameras),
      ...cameraMotionCalls(services.motion),
      ...cameraHealthCalls(services.cameraHealth),
    },
    motion: motionCalls(services.motion),
    storage: storageCalls(services.storage),
    locks: lockCalls(services.locks),
    alarms: alarmCalls(services.alarms),
    live: liveCalls(services.live),
    timeline: timelineCalls(services.timeline),
    playback: playbackCalls(services.playback),
    tags: tagCalls(services.tags),
    marks: markCalls(services.marks),
    views: viewCalls(services.views),
    events: eventCalls(services.board),
  });
}
export type StationRouter = ReturnType<typeof composeRouter>;
