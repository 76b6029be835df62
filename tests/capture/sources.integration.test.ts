// Sources other than plain RTSP, and cameras that change their picture while they are watched.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../peers/certificate.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { startMjpegCamera } from '../peers/mjpeg-camera.ts';
import { type CaptureStation, openCaptureStation, rtspSource, until } from './station.ts';

const small = { width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const signIn = { user: 'desk', password: 'p@ss:/#w%rd' } as const;

async function startCameras() {
  const tls = await selfSignedCertificate();
  return startGstreamerCameras({
    encrypted: { kind: 'h264', ...small, audio: 'pcma', tls },
    h264: { kind: 'h264', ...small },
    h265: { kind: 'h265', ...small },
  });
}

let cameras: Awaited<ReturnType<typeof startCameras>>;
let mjpeg: Awaited<ReturnType<typeof startMjpegCamera>>;
beforeAll(async () => {
  cameras = await startCameras();
  mjpeg = await startMjpegCamera({ width: 320, height: 240, fps: 10, signIn });
});
afterAll(async () => {
  await cameras?.stop();
  await mjpeg?.stop();
});

/** Width and height of every picture of a stored file, each once; reading it must bring up no complaint. */
async function sizes(station: CaptureStation, path: string): Promise<string[]> {
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'frame=width,height',
    '-of',
    'csv=p=0',
  ];
  const { stdout, stderr } = await promisify(execFile)('ffprobe', [
    ...args,
    join(station.volume.folder, path),
  ]);
  expect(stderr).toBe('');
  return [
    ...new Set(
      stdout
        .trim()
        .split(/\s+/)
        .map((line) => line.replace(/,$/, '')),
    ),
  ];
}

const httpSource = (password: string) => ({
  kind: 'http' as const,
  url: mjpeg.url,
  signIn: { username: signIn.user, password },
});

describe('RTSPS', () => {
  it('is recorded with sound', async () => {
    await using station = await openCaptureStation({ segmentMs: 1_000 });
    const source = rtspSource(cameras.urls.encrypted);
    expect(source.url).toMatch(/^rtsps:/);
    station.set(source);
    await station.running();
    await until('two closed segments', 15_000, () => station.ledger.segments.length >= 2);
    expect(station.picture()).toMatchObject({ video: { width: 320 }, audio: { codec: 'mp4a.40.2' } });
    expect(station.ffmpegArgs().join(' ')).toContain('tls');
  });
});

describe('motion JPEG over HTTP', () => {
  it('is recorded at its own pace, with a keyframe every two seconds', async () => {
    await using station = await openCaptureStation({ segmentMs: 2_000 });
    station.set(httpSource(signIn.password));
    await station.running();
    await until('three closed segments', 20_000, () => station.ledger.segments.length >= 3);
    const { segment, spans } = station.ledger.segments[1] ?? { segment: undefined, spans: [] };
    expect(await sizes(station, segment?.path ?? '')).toEqual(['320,240']);
    expect(spans[0]?.startsWithKeyframe).toBe(true);
    const seconds = ((segment?.endMs ?? 0) - (segment?.startMs ?? 0)) / 1_000;
    expect(Math.abs(seconds - 2)).toBeLessThan(0.5);
  });

  it('is given up when it stalls, and found again', async () => {
    await using station = await openCaptureStation();
    station.set(httpSource(signIn.password));
    await station.running();
    mjpeg.stall();
    await until('stall seen', 12_000, () => station.state().kind === 'waiting');
    expect(station.state()).toMatchObject({ reason: 'stalled' });
    mjpeg.resume();
    await station.running(30_000);
  });

  it('names a wrong password and shows it to nobody', async () => {
    await using station = await openCaptureStation();
    station.set(httpSource('Wr0ngS3cr3t#1'));
    await until('waiting', 10_000, () => station.state().kind === 'waiting');
    expect(station.state()).toMatchObject({ reason: 'wrong-password' });
    expect(JSON.stringify([station.states, station.lines])).not.toContain('Wr0ngS3cr3t');
  });
});

describe('a camera that changes its size', () => {
  it.each(['h264', 'h265'] as const)('goes on in a new run with its own init section (%s)', async (name) => {
    await using station = await openCaptureStation();
    await cameras.resize(name, 320, 180);
    station.set(rtspSource(cameras.urls[name]));
    await station.running();
    await until('stored', 10_000, () => station.newestMs() > 0);
    const changedMs = Date.now();
    await cameras.resize(name, 640, 360);
    await until('the new size', 20_000, () => station.picture()?.video.width === 640);
    await until('stored again', 10_000, () => station.newestMs() > changedMs + 2_000);
    await station.recorders.stopAll();
    const { segments, gaps, inits } = station.ledger;
    const stored = await Promise.all(segments.map(({ segment }) => sizes(station, segment.path)));
    // No file holds pictures of two sizes: a player could not show them.
    const bySize = stored.filter((held, index) => String(held) !== String(stored[index - 1]));
    // A minute may end meanwhile: then the files of one size are two.
    expect(bySize).toEqual([['320,180'], ['640,360']]);
    expect(new Set(inits.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(2);
    const gap = gaps.find(({ reason }) => reason === 'stream-changed');
    expect((gap?.endMs ?? 0) - (gap?.startMs ?? 0)).toBeLessThan(5_000);
  });
});
