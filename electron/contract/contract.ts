// The one table of calls: main, preload, the renderer's client, the HTTP door and the tests' fakes derive from it.

import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { dayMs } from '../../recorder/model/clock.ts';
import { longestTimelineMs } from '../../recorder/model/limits.ts';
import { Alarm, AlarmIdShape } from './alarms.ts';
import { errorCodes } from './errors.ts';
import { StationEvent } from './events.ts';
import { CameraHealth, StationInfo } from './health.ts';
import {
  Mark,
  MarkChange,
  MarkIdShape,
  MarkInput,
  MarkList,
  MarkPage,
  MarkRange,
  MarkSearch,
  Tag,
  TagChange,
  TagIdShape,
  TagInput,
} from './marks.ts';
import { ByHandInput, ModeInput, StorageSaverShape } from './modes.ts';
import {
  MotionEventList,
  MotionHitList,
  MotionLevelRange,
  MotionLevels,
  MotionRange,
  MotionSearch,
  MotionSettings,
  MotionSettingsInput,
} from './motion.ts';
import type { Role } from './roles.ts';
import {
  Camera,
  CameraIdShape,
  CameraName,
  ChangedSourceInput,
  ConnectionTest,
  DaysInput,
  FormerCamera,
  NewCameraInput,
  Person,
  PlaybackStart,
  RecordedDays,
  SourceTestInput,
  SourceUrl,
  StreamIdShape,
  SubStreamInput,
  Timeline,
  TimeMs,
  tilesPerWindowLimit,
  WindowId,
} from './shapes.ts';
import {
  EvidenceLock,
  LockIdShape,
  LockInput,
  ReserveInput,
  RetentionInput,
  StorageOverview,
  StorageVolume,
  VolumeIdShape,
  VolumeInput,
} from './storage.ts';
import { endsLater, lastsAtMost } from './time-range.ts';
import { KeptWall, SavedView, Seat, ShownWall, ViewIdShape, ViewInput } from './views.ts';

/** Every call says the least role that may use it. */
export interface CallMeta {
  readonly needs?: Role;
}

const call = oc.$meta<CallMeta>({}).errors(errorCodes);
const needs = (role: Role) => call.meta({ needs: role });

const onCamera = z.object({ cameraId: CameraIdShape });

export const contract = {
  session: {
    /** Who this window is signed in as. */
    me: needs('viewer').output(Person),
  },
  station: {
    info: needs('viewer').output(StationInfo),
  },
  cameras: {
    list: needs('viewer').output(z.array(Camera)),
    /** How their recorders do, in the order of the list. */
    health: needs('viewer').output(z.array(CameraHealth)),
    /** Connects for a few seconds and says what comes, or why nothing does. Stores nothing. */
    test: needs('admin').input(SourceTestInput).output(ConnectionTest),
    add: needs('admin').input(NewCameraInput).output(Camera),
    addTestPattern: needs('admin')
      .input(z.object({ name: CameraName }))
      .output(Camera),
    rename: needs('admin')
      .input(onCamera.extend({ name: CameraName }))
      .output(Camera),
    /** Another address, sign-in or transport. Its streams stay the same, and with them its footage, mode and settings. */
    setSource: needs('admin').input(ChangedSourceInput.extend(onCamera.shape)).output(Camera),
    /** The smaller picture for small tiles; only connected while somebody watches it. */
    setSub: needs('admin').input(SubStreamInput.extend(onCamera.shape)).output(Camera),
    /** As `test`, with the sign-in that the camera's sub stream would have. */
    testSub: needs('admin')
      .input(onCamera.extend({ url: SourceUrl }))
      .output(ConnectionTest),
    /** Ends its recording and hides the camera; its footage stays and keeps its retention. */
    remove: needs('admin').input(onCamera).output(z.void()),
    setRecording: needs('admin')
      .input(onCamera.extend({ recording: z.boolean() }))
      .output(Camera),
    /** Without a new connection. `off` is the same as to stop recording; the rest of the mode is kept for later. */
    setMode: needs('admin').input(ModeInput.extend(onCamera.shape)).output(Camera),
    /** Records everything for a while, whatever the mode. */
    recordByHand: needs('operator').input(ByHandInput.extend(onCamera.shape)).output(Camera),
    /** Begins a new session of the camera, which costs a second or two. */
    setSaver: needs('admin')
      .input(onCamera.extend({ saver: StorageSaverShape.optional() }))
      .output(Camera),
    /** From the next keyframe on, without a new connection. */
    setMotion: needs('admin').input(MotionSettingsInput).output(MotionSettings),
    /** From now on; what is over the new limits is deleted soon. */
    setRetention: needs('admin').input(RetentionInput.extend(onCamera.shape)).output(Camera),
  },
  motion: {
    settings: needs('viewer').input(onCamera).output(MotionSettings),
    /** When something moved. */
    events: needs('viewer').input(MotionRange).output(MotionEventList),
    /** When something moved in a drawn region. */
    search: needs('viewer').input(MotionSearch).output(MotionHitList),
    /** For a timeline. */
    level: needs('viewer').input(MotionLevelRange).output(MotionLevels),
  },
  storage: {
    /** Volumes, and what each camera has and will have. */
    overview: needs('operator').output(StorageOverview),
    addVolume: needs('admin').input(VolumeInput).output(StorageVolume),
    /** Nothing new is recorded on it any more; adding its folder again takes it back into use. */
    retireVolume: needs('admin')
      .input(z.object({ volumeId: VolumeIdShape }))
      .output(StorageVolume),
    setReserve: needs('admin').input(ReserveInput).output(StorageVolume),
  },
  locks: {
    /** Those that hold, of one camera or of all. */
    list: needs('operator')
      .input(z.object({ cameraId: CameraIdShape.optional() }))
      .output(z.array(EvidenceLock)),
    add: needs('supervisor').input(LockInput).output(EvidenceLock),
    release: needs('supervisor')
      .input(z.object({ lockId: LockIdShape }))
      .output(z.void()),
  },
  alarms: {
    /** Those that stand. */
    list: needs('viewer').output(z.array(Alarm)),
    /** Says that somebody has read one that tells of the past. */
    acknowledge: needs('operator')
      .input(z.object({ alarmId: AlarmIdShape }))
      .output(z.void()),
  },
  live: {
    /** Sets which streams travel on the window's live connection (`/live/<windowId>`), by channel number. */
    watch: needs('viewer')
      .input(
        z.object({
          windowId: WindowId,
          tiles: z
            .array(z.object({ channel: z.number().int().min(0).max(65_535), streamId: StreamIdShape }))
            .max(tilesPerWindowLimit),
        }),
      )
      .output(z.void()),
  },
  timeline: {
    /** Coverage and gaps between two times, at most 62 days; runs closer than `mergeMs` come as one. */
    range: needs('viewer')
      .input(
        z
          .object({
            streamId: StreamIdShape,
            startMs: TimeMs,
            endMs: TimeMs,
            mergeMs: z.number().min(0).max(dayMs).default(0),
          })
          .refine(...endsLater)
          .refine(...lastsAtMost(longestTimelineMs)),
      )
      .output(Timeline),
    /** On which days of a calendar there is footage. */
    days: needs('viewer').input(DaysInput).output(RecordedDays),
  },
  playback: {
    /** Cameras that were removed and of which footage is left, the last removed first. Playback takes their streams as any other. */
    former: needs('viewer').output(z.array(FormerCamera)),
    /** FOOTAGE_NOT_FOUND when nothing is recorded at or after the moment. */
    open: needs('viewer')
      .input(z.object({ streamId: StreamIdShape, atMs: TimeMs }))
      .output(PlaybackStart),
  },
  tags: {
    /** By category, then by name. */
    list: needs('viewer').output(z.array(Tag)),
    add: needs('operator').input(TagInput).output(Tag),
    change: needs('supervisor').input(TagChange).output(Tag),
    /** Takes it off every mark that has it. */
    remove: needs('supervisor')
      .input(z.object({ tagId: TagIdShape }))
      .output(z.void()),
  },
  marks: {
    /** For a timeline. */
    list: needs('viewer').input(MarkRange).output(MarkList),
    /** Full-text search in pages. */
    search: needs('viewer').input(MarkSearch).output(MarkPage),
    add: needs('operator').input(MarkInput).output(Mark),
    /** NOT_ALLOWED for a mark of somebody else, unless a supervisor asks. */
    change: needs('operator').input(MarkChange).output(Mark),
    /** NOT_ALLOWED for a mark of somebody else, unless a supervisor asks. */
    remove: needs('operator')
      .input(z.object({ markId: MarkIdShape }))
      .output(z.void()),
  },
  views: {
    /** Those of the person who asks, by name. */
    list: needs('viewer').output(z.array(SavedView)),
    save: needs('viewer').input(ViewInput).output(SavedView),
    /** What the wall of this window of the person's showed last. */
    shown: needs('viewer')
      .input(z.object({ seat: Seat }))
      .output(ShownWall),
    keepShown: needs('viewer').input(KeptWall).output(z.void()),
    remove: needs('viewer')
      .input(z.object({ viewId: ViewIdShape }))
      .output(z.void()),
  },
  events: {
    /** Never ends by itself. The first events tell nothing new; a window lists what it needs after it watches. */
    watch: needs('viewer').output(eventIterator(StationEvent)),
  },
};
export type Contract = typeof contract;
