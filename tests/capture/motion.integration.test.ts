// Motion and thumbnails of real cameras: told at the keyframes at which something is in the picture, and true to their moment.

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { outputs } from '../../recorder/ffmpeg/arguments.ts';
import { continuously } from '../../recorder/model/modes.ts';
import { readHeatMap } from '../../recorder/motion/heat-map.ts';
import { defaultMotionSettings } from '../../recorder/motion/stream-motion.ts';
import { readThumbnail } from '../../recorder/segments/thumbnail-file.ts';
import { decodeBurntClock } from '../peers/burnt-clock.ts';
import { passing, passingClip } from '../peers/clips.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { type CaptureStation, openCaptureStation, rtspSource, until } from './station.ts';

const run = promisify(execFile);
const gopMs = 1_000;
const frameMs = 1_000 / 15;
const grey = { width: 64, height: 36 } as const;
/** All but the cell in the lower right corner, which alone never counts as movement. */
const nearlyAll = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 0.88 },
  { x: 0.93, y: 0.88 },
  { x: 0.93, y: 1 },
  { x: 0, y: 1 },
] as const;

interface Seen {
  readonly atMs: number;
  /** Brightest of the picture: the box is white, everything else grey. */
  readonly brightest: number;
}

/** Every frame that was stored, decoded, with its wall time. */
async function framesOf(station: CaptureStation): Promise<Seen[]> {
  const frames: Seen[] = [];
  for (const { segment } of station.ledger.segments) {
    const file = join(station.volume.folder, segment.path);
    const size = `scale=${grey.width}:${grey.height},format=gray`;
    const decoded = await run('ffmpeg', ['-v', 'error', '-i', file, '-vf', size, '-f', 'rawvideo', '-'], {
      encoding: 'buffer',
      maxBuffer: 64 * 1024 * 1024,
    });
    const bytes = grey.width * grey.height;
    for (let at = 0; at + bytes <= decoded.stdout.length; at += bytes) {
      const atMs = segment.startMs + (at / bytes) * frameMs;
      frames.push({ atMs, brightest: Math.max(...decoded.stdout.subarray(at, at + bytes)) });
    }
  }
  return frames;
}

async function clockOf(
  jpeg: Uint8Array,
  folder: string,
): Promise<{ epochMs: number | undefined; size: string }> {
  const file = join(folder, 'thumbnail.jpg');
  await writeFile(file, jpeg);
  const probe = ['-v', 'error', '-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', file];
  const { stdout: size } = await run('ffprobe', probe);
  const [, width, height] = size.trim().split(',').map(Number);
  const decode = ['-v', 'error', '-i', file, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'];
  const { stdout } = await run('ffmpeg', decode, { encoding: 'buffer', maxBuffer: 4 * 1024 * 1024 });
  return { epochMs: decodeBurntClock(stdout, width ?? 0, height ?? 0), size: size.trim() };
}

/** FFmpeg ends as a decoder ends it that meets what it was not made for. */
async function crash(station: CaptureStation): Promise<void> {
  const pid = station.ffmpegPid() ?? 0;
  process.kill(pid, 'SIGSEGV');
  await until('another FFmpeg', 10_000, () => (station.ffmpegPid() ?? pid) !== pid);
  await station.running();
}

async function recording(station: CaptureStation): Promise<void> {
  await until('recording', 10_000, () => {
    const state = station.state();
    return state.kind === 'running' && state.recording;
  });
}

// Side by side: they wait for a camera's own time to pass, and hardly for the machine.
describe.concurrent('motion', () => {
  it.each(['h264', 'h265'] as const)(
    'of %s is told from the keyframe at which something comes to the last that shows it',
    async (codec) => {
      await using cameras = await startGstreamerCameras({
        gate: { kind: 'relay', ...(await passingClip(codec)) },
      });
      await using station = await openCaptureStation({ segmentMs: 5_000, motion: defaultMotionSettings });
      station.set(rtspSource(cameras.urls.gate));
      await station.running();
      const ended = await until('an event that is over', (passing.loopS + 15) * 1_000, () =>
        station.motion.find((news) => news.kind === 'ended'),
      );
      await station.recorders.stopAll();
      expect(ended.isKept).toBe(true);

      const { startMs, endMs } = ended.event;
      const shown = (await framesOf(station)).filter(({ brightest }) => brightest > 200);
      // The clip may have begun in its middle: the event's own pass is the one around its peak.
      const around = shown.filter(({ atMs }) => Math.abs(atMs - ended.event.peakMs) < 6_000);
      const [first, last] = [around[0], around.at(-1)];
      if (first === undefined || last === undefined) throw new Error('nothing white was stored');
      expect(last.atMs - first.atMs).toBeGreaterThan(3_000);
      expect(startMs).toBeGreaterThanOrEqual(first.atMs - frameMs);
      expect(startMs).toBeLessThanOrEqual(first.atMs + gopMs + frameMs);
      expect(endMs).toBeLessThanOrEqual(last.atMs + gopMs + frameMs);
      expect(endMs).toBeGreaterThanOrEqual(last.atMs - gopMs - frameMs);

      // Told at once, and not when it was over.
      expect(station.motion.findIndex(({ kind }) => kind === 'began')).toBeLessThan(
        station.motion.indexOf(ended),
      );
      const moved: number[] = [];
      for (const news of station.motion) {
        if (news.kind !== 'heat-map') continue;
        expect(station.ledger.segments.some(({ segment }) => segment.startMs === news.segmentStartMs)).toBe(
          true,
        );
        readHeatMap(news.blob, news.segmentStartMs, (atMs) => moved.push(atMs));
      }
      const ofEvent = moved.filter((atMs) => atMs >= startMs && atMs <= endMs);
      expect([ofEvent[0], ofEvent.at(-1)]).toEqual([startMs, endMs]);
    },
  );

  it.each(['mjpeg', 'test-pattern'] as const)('of %s, which is encoded, is seen as well', async (kind) => {
    await using cameras = await startGstreamerCameras({
      mjpeg: { kind: 'mjpeg', width: 640, height: 360, fps: 10 },
    });
    await using station = await openCaptureStation({ motion: defaultMotionSettings });
    station.set(kind === 'mjpeg' ? rtspSource(cameras.urls.mjpeg) : { kind });
    await station.running();
    const began = await until('motion', 30_000, () => station.motion.find((news) => news.kind === 'began'));
    const newest = await until(
      'footage',
      10_000,
      () => station.newestMs() > began.event.startMs && station.newestMs(),
    );
    expect(Math.abs(newest - began.event.startMs)).toBeLessThan(10_000);
  });

  it('is found after a crash, and when it cannot be after a second one, everything is kept', async () => {
    const still = { ...defaultMotionSettings, masks: [nearlyAll] };
    await using station = await openCaptureStation({ motion: still });
    const decodes = () => station.ffmpegArgs().some((arg) => arg.includes('gray'));
    station.set({ kind: 'test-pattern' }, { ...continuously, kind: 'motion' });
    await station.running();
    await crash(station);
    expect(decodes()).toBe(true);
    expect(station.state()).toMatchObject({ kind: 'running', recording: false, idle: 'no-motion' });
    await crash(station);
    expect(decodes()).toBe(false);
    await recording(station);
    expect(station.recorders.health(station.streamId)).toMatchObject({ isBlind: true, interruptions: 2 });
  });

  it('that is not looked for has everything kept, and is waited for again when it is', async () => {
    await using station = await openCaptureStation({ motion: { ...defaultMotionSettings, enabled: false } });
    station.set({ kind: 'test-pattern' }, { ...continuously, kind: 'motion', postRollMs: 0 });
    await station.running();
    await recording(station);
    station.recorders.setMotion(station.streamId, { ...defaultMotionSettings, masks: [nearlyAll] });
    await expect.poll(() => station.state()).toMatchObject({ kind: 'running', idle: 'no-motion' });
  });

  it('that cannot be found in the pictures that come has everything kept, in the same session', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lookout-babbling-'));
    try {
      const ffmpeg = join(folder, 'ffmpeg');
      const babble = `printf 'long enough to be seen as no picture' >&${outputs.grey}`;
      await writeFile(ffmpeg, `#!/bin/sh\n${babble}\nexec ffmpeg "$@" ${outputs.grey}>/dev/null\n`);
      await chmod(ffmpeg, 0o755);
      await using station = await openCaptureStation({ motion: defaultMotionSettings, ffmpeg });
      station.set({ kind: 'test-pattern' }, { ...continuously, kind: 'motion' });
      await station.running();
      await recording(station);
      expect(station.recorders.health(station.streamId)).toMatchObject({ isBlind: true, interruptions: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe.concurrent('thumbnails', () => {
  it.each(['h264', 'h265', 'mjpeg'] as const)('of %s show the moment they say, as JPEG', async (kind) => {
    const size = { width: 640, height: 360, fps: 15 } as const;
    await using cameras = await startGstreamerCameras({
      gate: kind === 'mjpeg' ? { kind, ...size } : { kind, ...size, gopFrames: 15, kilobits: 1_000 },
    });
    await using station = await openCaptureStation({ segmentMs: 5_000, motion: defaultMotionSettings });
    station.set(rtspSource(cameras.urls.gate));
    await station.running();
    const { segments } = station.ledger;
    await until(
      'footage of 16 s',
      40_000,
      () => (segments.at(-1)?.segment.endMs ?? 0) - (segments[0]?.segment.startMs ?? 0) > 16_000,
    );
    await station.recorders.stopAll();

    const found = await Promise.all(
      segments.map(({ segment }) => readThumbnail(station.volume.folder, segment.path, segment.endMs)),
    );
    const thumbnails = found.filter((one) => one !== undefined);
    expect(thumbnails.length).toBeGreaterThan(1);
    const times = thumbnails.map(({ atMs }) => atMs);
    for (const apartMs of times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))) {
      expect(apartMs).toBeGreaterThan(9_000);
      expect(apartMs).toBeLessThan(11_500);
    }
    for (const { atMs, jpeg } of thumbnails) {
      const { epochMs, size: described } = await clockOf(jpeg, station.folder);
      expect(described).toBe('mjpeg,320,180');
      // From the camera's clock to ours: its encoder, the network, and what FFmpeg holds back.
      expect(atMs - (epochMs ?? 0)).toBeGreaterThan(-50);
      expect(atMs - (epochMs ?? 0)).toBeLessThan(500);
      expect(jpeg.length).toBeLessThan(20_000);
    }
  });
});
