// Cameras and networks that misbehave, one camera each beside one that does not: seen in time, said truly, over by themselves.

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import { changingRelayClip, movie, smallRelayClip } from '../peers/clips.ts';
import { probeStreams } from '../peers/ffmpeg-client.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { startPeer } from '../peers/peer-process.ts';
import { startVlcCamera } from '../peers/vlc.ts';
import { countFrames, decodingComplaints } from '../proofs/players.ts';
import { addForAttempt } from './attempts.ts';
import { type Cable, layCable } from './cable.ts';
import { expectAtMost, isLong, report } from './figures.ts';
import { type Forwarder, openForwarder } from './forwarder.ts';
import { canMakeNamespaces } from './namespace.ts';
import { Site, until, untold } from './site.ts';

const small = { kind: 'h264', width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const password = 'S3cr3t!Cam';
const plans = {
  good: small,
  off: small,
  stalling: small,
  far: small,
  guarded: { ...small, digest: { user: 'admin', password } },
  codec: small,
  seldom: { ...small, fps: 5, gopFrames: 150 },
  sound: { kind: 'audio', audio: 'pcma' },
} as const;
const laterPlans = { codec: { ...small, kind: 'h265', width: 640, height: 360 } } as const;

const open = new AsyncDisposableStack();
let site: Site;
let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
let good: Camera;
/** The FFmpeg of the good camera: none of the other faults may cost it anything. */
let goodPid: number;

beforeAll(async () => {
  cameras = open.use(await startGstreamerCameras(plans));
  site = open.use(await Site.open({ settings: { segmentSeconds: '10' } }));
  [good] = (await site.addRecording({ good: cameras.urls.good })) as [Camera];
  goodPid = site.ffmpegPid(good);
});
afterAll(() => open.disposeAsync());

const add = (context: TestContext, name: string, url: string, transport: 'tcp' | 'udp' = 'tcp') =>
  addForAttempt(context, site, { name, url, transport });

async function waits(camera: Camera, limitMs: number) {
  return until(`${camera.name} waits`, limitMs, async () => {
    const state = await site.stateOf(camera);
    return state.kind === 'waiting' && state;
  });
}

/** How long it took, in ms. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const reasonsOf = async (camera: Camera) => (await site.timeline(camera)).gaps.map(({ reason }) => reason);

describe.concurrent('cameras', () => {
  it('that is off comes back by itself', async (context) => {
    const awayMs = isLong ? 30_000 : 5_000;
    context.onTestFailed(() => cameras.bringBack('off'));
    const camera = await add(context, 'Off', cameras.urls.off);
    await site.recording([camera]);
    await cameras.drop('off');
    expectAtMost('camera off', 'seen after', await timed(() => waits(camera, 15_000)), 10_000, 'ms');
    await pause(awayMs);
    await cameras.bringBack('off');
    const tookMs = await timed(() => site.recording([camera], 60_000, Date.now()));
    expectAtMost(`camera off for ${awayMs / 1_000} s`, 'records again after', tookMs, awayMs + 3_000, 'ms');
    expect(await reasonsOf(camera)).toEqual(['starting', 'not-found']);
    expect(untold(await site.timeline(camera))).toEqual([]);
  });

  it('that stalls though its connection stands is seen within 10 s', async (context) => {
    context.onTestFailed(() => cameras.resume('stalling'));
    const camera = await add(context, 'Stalling', cameras.urls.stalling);
    await site.recording([camera]);
    await cameras.stall('stalling');
    expectAtMost('camera stalls', 'seen after', await timed(() => waits(camera, 15_000)), 10_000, 'ms');
    await cameras.resume('stalling');
    const tookMs = await timed(() => site.recording([camera], 60_000, Date.now()));
    expectAtMost('camera stalls', 'records again after', tookMs, 13_000, 'ms');
    expect(await reasonsOf(camera)).toEqual(['starting', 'stalled']);
    expect(untold(await site.timeline(camera))).toEqual([]);
  });

  it.skipIf(!canMakeNamespaces())(
    'behind a cable that is pulled: half-open connections are seen within 10 s',
    async (context) => {
      await using cable: Cable = await layCable(cameras.port);
      const camera = await add(context, 'Far', `rtsp://${cable.host}/far`);
      await site.recording([camera]);
      cable.pull();
      expectAtMost('half-open TCP', 'seen after', await timed(() => waits(camera, 15_000)), 10_000, 'ms');
      await pause(isLong ? 30_000 : 1_000);
      cable.plugIn();
      const tookMs = await timed(() => site.recording([camera], 90_000, Date.now()));
      expectAtMost('half-open TCP', 'records again after', tookMs, isLong ? 45_000 : 15_000, 'ms');
      expect(untold(await site.timeline(camera))).toEqual([]);
      await site.client.cameras.remove({ cameraId: camera.id });
    },
  );

  it('that refuses the password is asked at most once a minute, and no log knows the password', async (context) => {
    const guarded = new URL(cameras.urls.guarded);
    await using door: Forwarder = await openForwarder(Number(guarded.port));
    guarded.port = String(door.port);
    guarded.password = encodeURIComponent('Wr0ng!S3cr3t');
    const camera = await add(context, 'Guarded', guarded.href);
    const state = await waits(camera, 15_000);
    expect(state).toMatchObject({ reason: 'wrong-password' });
    expect(state.retryAtMs - Date.now()).toBeGreaterThan(55_000);
    const watchedS = isLong ? 130 : 15;
    await pause(watchedS * 1_000);
    const limit = 1 + Math.floor(watchedS / 60);
    expectAtMost('401', `sign-ins tried in ${watchedS} s`, door.signIns, limit, '');
    expect(site.log()).not.toMatch(/S3cr3t/);
    await site.client.cameras.remove({ cameraId: camera.id });
  });

  it('that changes the size of its pictures mid-stream fills files of one size each', async (context) => {
    await using changing = await startGstreamerCameras({
      changing: { kind: 'relay', ...(await changingRelayClip()) },
    });
    // Somebody else watches too: the camera does not begin anew when we come again.
    const watching = ['-nostdin', '-v', 'error', '-rtsp_transport', 'tcp', '-i', changing.urls.changing];
    await using _watcher = startPeer({
      command: 'ffmpeg',
      args: [...watching, '-c', 'copy', '-f', 'null', '-'],
    });
    const camera = await add(context, 'Changing', changing.urls.changing);
    await until('both sizes, twice', 60_000, async () => (await reasonsOf(camera)).length >= 4);
    await site.client.cameras.remove({ cameraId: camera.id });
    const { gaps } = await site.timeline(camera);
    const between = gaps.filter(({ reason }) => reason === 'stream-changed');
    const longest = Math.max(...between.map(({ startMs, endMs = Number.NaN }) => endMs - startMs));
    expectAtMost('size changes mid-stream', 'longest gap', longest, 4_000, 'ms');
    const sizes = new Set<string>();
    for (const row of site.rows().filter(({ streamId }) => streamId === camera.streamId)) {
      const file = path.join(site.footage, row.path);
      expect(await decodingComplaints(file)).toEqual([]);
      for (const stream of await probeStreams(file)) sizes.add(stream);
    }
    expect([...sizes].toSorted()).toEqual(['h264 320x180', 'h264 640x360']);
    expect(untold(await site.timeline(camera))).toEqual([]);
  });

  it('that becomes another one, H.265 and larger, is recorded on', async (context) => {
    await using later = await startGstreamerCameras(laterPlans);
    const place = new URL(cameras.urls.codec);
    await using door: Forwarder = await openForwarder(Number(place.port));
    place.port = String(door.port);
    const camera = await add(context, 'Codec', place.href);
    await site.recording([camera]);
    const changedMs = Date.now();
    door.leadTo(later.port);
    const tookMs = await timed(() => site.recording([camera], 20_000, changedMs + 2_000));
    expectAtMost('codec changes', 'records again after', tookMs, 6_000, 'ms');
    const found = (await site.client.cameras.list()).find(({ id }) => id === camera.id);
    expect(found?.picture).toMatchObject({ width: 640, videoCodec: expect.stringMatching(/^h(vc|ev)1\./) });
    await site.client.cameras.remove({ cameraId: camera.id });
    expect(untold(await site.timeline(camera))).toEqual([]);
  });

  it('whose timestamps jump back, over UDP, is recorded on without an overlap', async (context) => {
    await using vlc = await startVlcCamera(await movie('h264-gop1s'));
    const camera = await add(context, 'Jumping', vlc.url, 'udp');
    await site.recording([camera], 20_000);
    // The clip lasts 10 s; at its end VLC's time jumps back by a second.
    const watchedMs = isLong ? 120_000 : 22_000;
    const beganMs = Date.now();
    await pause(watchedMs);
    await site.recording([camera], 20_000, beganMs + watchedMs - 1_000);
    const { gaps } = await site.timeline(camera);
    const lostMs = gaps
      .filter(({ startMs }) => startMs > beganMs)
      .reduce((sum, { startMs, endMs = Number.NaN }) => sum + endMs - startMs, 0);
    expectAtMost('timestamps jump back', 'time without footage', (lostMs / watchedMs) * 100, 20, '%');
    await site.client.cameras.remove({ cameraId: camera.id });
    expect(untold(await site.timeline(camera))).toEqual([]);
  });

  it('with a key frame every 30 s is no stalled camera, and its newest second is playable', async (context) => {
    const camera = await add(context, 'Seldom', cameras.urls.seldom);
    await site.recording([camera]);
    await pause(isLong ? 95_000 : 22_000);
    const { newestMs = 0, gaps } = await site.timeline(camera);
    expect(gaps.map(({ reason }) => reason)).toEqual(['starting']);
    expectAtMost('key frame every 30 s', 'newest playable moment is old', Date.now() - newestMs, 3_000, 'ms');
  });

  it('that sends sound alone is said to have no video', async (context) => {
    const camera = await add(context, 'Sound', cameras.urls.sound);
    expect(await waits(camera, 15_000)).toMatchObject({ reason: 'no-video' });
    report('sound alone', 'said', 'no-video', 'said');
    await site.client.cameras.remove({ cameraId: camera.id });
  });
});

it('none of it cost the good camera a frame', async () => {
  expect(site.ffmpegPid(good)).toBe(goodPid);
  expect(await reasonsOf(good)).toEqual(['starting']);
  expect(await site.stop()).toBe(0);
  expect(site.broken()).toEqual([]);
  expect(site.recorders()).toEqual([]);
  const rows = site.rows().filter(({ streamId }) => streamId === good.streamId);
  const problems: string[] = [];
  let frames = 0;
  for (const row of rows) frames += await countFrames(path.join(site.footage, row.path), problems);
  const seconds = ((rows.at(-1)?.endMs ?? 0) - (rows[0]?.startMs ?? 0)) / 1_000;
  expect(problems).toEqual([]);
  report(
    'cameras beside faulty ones',
    'frames stored in their time',
    `${frames} in ${seconds.toFixed(1)} s`,
    `${small.fps} a second`,
  );
  expect(Math.abs(frames - seconds * small.fps)).toBeLessThan(small.gopFrames);
});

it('32 cameras that come back at once are all recorded again', async () => {
  const clip = { kind: 'relay', ...(await smallRelayClip()) } as const;
  const names = Array.from({ length: 32 }, (_, index) => `cam${index}`);
  await using many = await startGstreamerCameras(Object.fromEntries(names.map((name) => [name, clip])));
  await using crowd = await Site.open();
  const recorded = await crowd.addRecording(many.urls, 60_000);
  await Promise.all(names.map((name) => many.drop(name)));
  for (const camera of recorded) {
    await until('all away', 20_000, async () => (await crowd.stateOf(camera)).kind === 'waiting');
  }
  await pause(isLong ? 30_000 : 1_000);
  const returnedMs = Date.now();
  await Promise.all(names.map((name) => many.bringBack(name)));
  const tookMs = await timed(() => crowd.recording(recorded, 120_000, returnedMs));
  expectAtMost('32 cameras back at once', 'all recorded after', tookMs, isLong ? 60_000 : 15_000, 'ms');
  const pids = new Set(crowd.recorders());
  expect(pids.size).toBe(32);
  expect(await crowd.stop()).toBe(0);
  expect(crowd.broken()).toEqual([]);
});
