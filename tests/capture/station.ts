// A recorder for one stream in a folder of its own, as the station would compose it, with the fake ledger.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Encoders } from '../../recorder/capture/encoders.ts';
import { endOrphans } from '../../recorder/capture/orphans.ts';
import type { RecorderFile } from '../../recorder/capture/recorder-file.ts';
import { readRecorderFile, recorderFile, writeRecorderFile } from '../../recorder/capture/recorder-file.ts';
import { Recorders } from '../../recorder/capture/recorders.ts';
import type { MotionNews, PictureUse } from '../../recorder/capture/stream-pictures.ts';
import type { StreamSource } from '../../recorder/ffmpeg/source.ts';
import type { LiveItem } from '../../recorder/live/hub.ts';
import { LiveHub } from '../../recorder/live/hub.ts';
import { systemClocks } from '../../recorder/model/clock.ts';
import type { StorageSaver } from '../../recorder/model/encoding.ts';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import { newId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { continuously } from '../../recorder/model/modes.ts';
import type { StreamState } from '../../recorder/model/states.ts';
import { defaultMotionSettings, type MotionSettings } from '../../recorder/motion/stream-motion.ts';
import { openVolume } from '../../recorder/segments/volume.ts';
import { Volumes } from '../../recorder/segments/volumes.ts';
import { FakeLedger } from './fake-ledger.ts';

const pollMs = 20;

/** Waits until `ready` gives something; says what was missing when it does not within the limit. */
export async function until<T>(
  what: string,
  limitMs: number,
  ready: () => T | undefined | false,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    const found = ready();
    if (found !== undefined && found !== false) return found;
    if (performance.now() - began > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await pause(pollMs);
  }
}

export type LiveFragmentItem = Extract<LiveItem, { kind: 'fragment' }>;

interface CaptureOptions {
  readonly segmentMs?: number;
  readonly ffmpeg?: string;
  /** Left out: no small pictures are made. */
  readonly motion?: MotionSettings;
}

export async function openCaptureStation(options: CaptureOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-capture-'));
  const opened = await openVolume(join(folder, 'footage'));
  if (!opened.ok) throw new Error(opened.detail);
  const recordersFolder = join(folder, 'recorders');
  const lines: string[] = [];
  const write = (fields: object, message: string) => lines.push(JSON.stringify({ ...fields, message }));
  const log: Log = { info: write, warn: write, error: write };
  await endOrphans(recordersFolder, log);
  const place = { streamId: newId<StreamId>(), cameraId: newId<CameraId>(), role: 'main' } as const;
  const { streamId } = place;
  const ledger = new FakeLedger();
  const hub = new LiveHub();
  const states: StreamState[] = [];
  const fragments: LiveFragmentItem[] = [];
  hub.attach(streamId, {
    deliver: (item) => {
      if (item.kind === 'fragment') fragments.push(item);
      return true;
    },
  });
  let newestMs = 0;
  const motion: MotionNews[] = [];
  const pictures: PictureUse = {
    settingsOf: () => options.motion ?? defaultMotionSettings,
    volumeFolder: () => opened.volume.folder,
    onMotion: (_streamId, news) => motion.push(news),
  };
  const encoders = new Encoders({ clocks: systemClocks, log });
  const volumes = new Volumes({ clocks: systemClocks, log });
  volumes.know({ ...opened.volume, isRetired: false });
  const recorders = new Recorders({
    clocks: systemClocks,
    ffmpeg: () => options.ffmpeg ?? 'ffmpeg',
    volumes,
    ledger,
    hub,
    log,
    segmentMs: options.segmentMs ?? 60_000,
    syncIntervalMs: 2_000,
    recordersFolder,
    zone: 'UTC',
    encoders,
    ...(options.motion === undefined ? {} : { pictures }),
    listener: {
      onState: (_streamId, state) => states.push(state),
      onPicture: () => undefined,
      onFootage: (_streamId, endMs) => {
        newestMs = endMs;
      },
      onGap: () => undefined,
      onSegment: () => undefined,
    },
  });
  const set = (source: StreamSource, mode = continuously, saver?: StorageSaver) =>
    recorders.set({ place, source, mode, saver });
  const state = () => recorders.state(streamId);
  return {
    folder,
    volume: opened.volume,
    recordersFolder,
    recorders,
    streamId,
    ledger,
    lines,
    states,
    fragments,
    motion,
    state,
    newestMs: () => newestMs,
    picture: () => recorders.picture(streamId),
    set,
    encoders,
    learned: () => readRecorderFile(recorderFile(recordersFolder, streamId)),
    note: (content: RecorderFile) => writeRecorderFile(recorderFile(recordersFolder, streamId), content),
    ffmpegArgs: () => readRecorderFile(recorderFile(recordersFolder, streamId)).process?.args ?? [],
    ffmpegPid: () => readRecorderFile(recorderFile(recordersFolder, streamId)).process?.pid,
    running: (limitMs = 15_000) => until('running', limitMs, () => state().kind === 'running'),
    async [Symbol.asyncDispose]() {
      await recorders.stopAll();
      await rm(folder, { recursive: true });
    },
  };
}

export type CaptureStation = Awaited<ReturnType<typeof openCaptureStation>>;

/** The camera's address without its sign-in, and the sign-in apart, as the station stores them. */
export function rtspSource(address: string, transport: 'tcp' | 'udp' = 'tcp') {
  const url = new URL(address);
  const signIn = { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const plain = `${url.protocol}//${url.host}${url.pathname}${url.search}`;
  return { kind: 'rtsp', url: plain, transport, ...(url.username === '' ? {} : { signIn }) } as const;
}
