// GStreamer's test cameras as FFmpeg sees them: every kind plays, every fault does what it says, nothing is left behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { decodeBurntClock } from './burnt-clock.ts';
import { relayClip } from './clips.ts';
import { probePackets, probeStreams, pullPictures } from './ffmpeg-client.ts';
import { relayCamera, standardCameras, startGstreamerCameras } from './gstreamer.ts';
import { rtspStatus } from './peer-process.ts';

const password = 'p@ss:w/rd %41';
const start = async () =>
  startGstreamerCameras({ ...standardCameras(password), relay: relayCamera(await relayClip()) });
type Cameras = Awaited<ReturnType<typeof start>>;

let cameras: Cameras;
beforeAll(async () => {
  cameras = await start();
});
afterAll(() => cameras.stop());

const within = { timeout: 15_000, interval: 100 };

/** FFmpeg copying a camera to a file; the camera's `drop` ends it with a complete file. */
async function record(url: string) {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-peers-'));
  const file = join(folder, 'recorded.mkv');
  const args = ['-rtsp_transport', 'tcp', '-i', url, '-c', 'copy', '-flush_packets', '1', file];
  const child = spawn('ffmpeg', ['-nostdin', '-v', 'error', ...args], { stdio: 'ignore' });
  onTestFinished(async () => {
    if (isRunning(child)) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await rm(folder, { recursive: true });
  });
  const bytes = () =>
    stat(file).then(
      ({ size }) => size,
      () => 0,
    );
  return { child, file, bytes };
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

/** NaN, which fails every comparison, for a picture without a clock. */
const clockOf = (pixels: Uint8Array, { width, height }: { width: number; height: number }) =>
  decodeBurntClock(pixels, width, height) ?? NaN;

/** Waits until the camera has sent `more` pictures from now. */
async function untilSent(name: 'clock' | 'relay', more: number): Promise<number> {
  const before = await cameras.framesSent(name);
  return vi.waitUntil(async () => {
    const sent = await cameras.framesSent(name);
    return sent >= before + more && sent;
  }, within);
}

describe('every camera plays', () => {
  it.each([
    ['main', ['h264 1280x720', 'pcm_alaw']],
    ['sub', ['h264 320x180', 'pcm_alaw']],
    ['clock', ['h264 640x360', 'pcm_alaw']],
    ['h265', ['hevc 640x360', 'aac']],
    ['mjpeg', ['mjpeg 640x360']],
    ['guarded', ['h264 640x360']],
    ['audioOnly', ['pcm_alaw']],
    ['relay', ['h264 1920x1080', 'pcm_alaw']],
  ] as const)('%s over TCP', async (name, streams) => {
    expect(await probeStreams(cameras.urls[name], 'tcp')).toEqual(streams);
  });

  it('over UDP', async () => {
    expect(await probeStreams(cameras.urls.sub, 'udp')).toEqual(['h264 320x180', 'pcm_alaw']);
  });

  it('guarded only with its password, which no process shows', async () => {
    const wrong = cameras.urls.guarded.replace(/\/\/[^@]*@/, '//admin:wrong@');
    await expect(probeStreams(wrong, 'tcp')).rejects.toThrow('401 Unauthorized');
    const ps = spawn('ps', ['-ewwo', 'args'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let listed = '';
    ps.stdout.on('data', (text: Buffer) => (listed += text.toString()));
    await once(ps, 'close');
    expect(listed).toContain('gstreamer-cameras.py');
    expect(listed).not.toContain(password);
  });
});

describe('the burnt-in clock', () => {
  it.each([
    ['main', 640, 360, 40],
    ['sub', 320, 180, 1000 / 15],
    ['h265', 640, 360, 1000 / 15],
    ['mjpeg', 320, 180, 100],
  ] as const)(
    'of %s decodes from every picture and moves by its frame time',
    async (name, width, height, frameMs) => {
      const startedMs = Date.now();
      const pictures = await pullPictures(cameras.urls[name], { count: 12, width, height });
      const endedMs = Date.now();
      const times = pictures.map((pixels) => clockOf(pixels, { width, height }));
      expect(times).toHaveLength(12);
      for (const time of times) {
        expect(time).toBeGreaterThan(startedMs - 1_000);
        expect(time).toBeLessThanOrEqual(endedMs);
      }
      for (const [at, time] of times.slice(1).entries()) {
        expect(Math.abs(time - (times[at] ?? NaN) - frameMs)).toBeLessThan(2);
      }
    },
  );
});

describe('the relay', () => {
  it('goes on over the seam of its loop with even timestamps', async () => {
    const packets = await probePackets(cameras.urls.relay, { seconds: 12, transport: 'tcp' });
    for (const [stream, stepSeconds, least] of [
      [0, 0.04, 290],
      [1, 0.02, 580],
    ] as const) {
      const times = packets.filter((packet) => packet.stream === stream).map(({ ptsSeconds }) => ptsSeconds);
      expect(times.length).toBeGreaterThan(least);
      const uneven = times
        .slice(1)
        .filter((time, at) => Math.abs(time - (times[at] ?? NaN) - stepSeconds) > 0.001);
      expect(uneven).toEqual([]);
    }
  });
});

describe('faults on command', () => {
  it('stall stops the data and keeps the connection, resume goes on, and every picture sent arrives', async () => {
    const sentBefore = await cameras.framesSent('clock');
    const recording = await record(cameras.urls.clock);
    await untilSent('clock', 60);
    await cameras.stall('clock');
    const sentAtStall = await cameras.framesSent('clock');
    // Another camera's pictures are the measure of time passing.
    await pullPictures(cameras.urls.sub, { count: 30, width: 32, height: 18 });
    expect(await cameras.framesSent('clock')).toBe(sentAtStall);
    expect(isRunning(recording.child)).toBe(true);
    expect(await rtspStatus(cameras.port, '/clock')).toBe(200);

    await cameras.resume('clock');
    await untilSent('clock', 30);
    await cameras.stall('clock');
    const sent = (await cameras.framesSent('clock')) - sentBefore;
    await cameras.drop('clock');
    await vi.waitUntil(() => !isRunning(recording.child), within);
    await cameras.bringBack('clock');
    await cameras.resume('clock');
    const size = { width: 320, height: 180 };
    const times = (await pullPictures(recording.file, size)).map((pixels) => clockOf(pixels, size));
    // FFmpeg 5.1 loses the picture it still holds when a gap or the end comes, each time or not.
    expect(sent - times.length).toBeGreaterThanOrEqual(0);
    expect(sent - times.length).toBeLessThanOrEqual(2);
    const steps = times.slice(1).map((time, at) => time - (times[at] ?? NaN));
    expect(steps.filter((step) => !(step < 300))).toHaveLength(1);
    expect(Math.max(...steps)).toBeGreaterThan(1_500);
  });

  it.each(['h265', 'relay'] as const)(
    '%s, stalled, lets new viewers in and sends them a first picture at most',
    async (name) => {
      await cameras.stall(name);
      const sentBefore = await cameras.framesSent(name);
      const recording = await record(cameras.urls[name]);
      await pullPictures(cameras.urls.sub, { count: 45, width: 32, height: 18 });
      expect(isRunning(recording.child)).toBe(true);
      // PLAY is answered once the first picture came through; a second one may be on the way behind it.
      expect((await cameras.framesSent(name)) - sentBefore).toBeLessThanOrEqual(2);
      await cameras.resume(name);
      await vi.waitUntil(async () => (await recording.bytes()) > 5_000, within);
    },
  );

  it('drop ends the viewers and refuses new ones, other cameras go on, bringBack lets them in', async () => {
    const recording = await record(cameras.urls.relay);
    const other = await record(cameras.urls.clock);
    await untilSent('relay', 50);
    await cameras.drop('relay');
    await vi.waitUntil(() => !isRunning(recording.child), within);
    await expect(probeStreams(cameras.urls.relay, 'tcp')).rejects.toThrow('404 Not Found');
    await untilSent('clock', 15);
    expect(isRunning(other.child)).toBe(true);

    await cameras.bringBack('relay');
    expect(await probeStreams(cameras.urls.relay, 'tcp')).toEqual(['h264 1920x1080', 'pcm_alaw']);
  });

  it('an unknown camera is an error', async () => {
    await expect(cameras.stall('nobody' as 'main')).rejects.toThrow('no camera /nobody');
  });
});

describe('the end', () => {
  const isThere = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('leaves no process and no open port', async () => {
    const own = await start();
    expect(isThere(own.pid)).toBe(true);
    await own.stop();
    expect(isThere(own.pid)).toBe(false);
    expect(await rtspStatus(own.port, '/main')).toBeUndefined();
    await own.stop();
    await expect(own.framesSent('main')).rejects.toThrow('ended with SIGKILL');
  });

  it('comes by itself when the test is killed', async () => {
    const script = `import { standardCameras, startGstreamerCameras } from './gstreamer.ts';
      const { pid } = await startGstreamerCameras(standardCameras());
      console.log(pid);`;
    const test = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(test.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isThere(pid)).toBe(true);
    test.kill('SIGKILL');
    await vi.waitUntil(() => !isThere(pid), within);
  });
});
