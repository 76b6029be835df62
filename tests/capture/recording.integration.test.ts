// Real cameras recorded by real FFmpeg: what is stored, what is live, and what is said when there is nothing.

import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { continuously, notAtAll } from '../../recorder/model/modes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import type { CaptureStation } from './station.ts';
import { openCaptureStation, rtspSource, until } from './station.ts';

const password = "S3cr3t!Cam@:/#?%'\\ \u00e9";
const small = { width: 320, height: 180, fps: 15, gopFrames: 15, kilobits: 200 } as const;
const plans = {
  plain: { kind: 'h264', ...small, audio: 'pcma' },
  h265: { kind: 'h265', ...small, audio: 'aac' },
  mjpeg: { kind: 'mjpeg', width: 320, height: 180, fps: 10 },
  guarded: { kind: 'h264', ...small, digest: { user: 'admin', password } },
  sound: { kind: 'audio', audio: 'pcma' },
} as const;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

interface Stream {
  codec_name: string;
  codec_type: string;
}

/** What ffprobe finds in a stored file after reading all of it; fails on any complaint. */
async function probe(file: string) {
  const what = ['-count_packets', '-show_entries', 'stream=codec_type,codec_name,nb_read_packets'];
  const { stdout, stderr } = await promisify(execFile)('ffprobe', [
    '-v',
    'error',
    ...what,
    '-of',
    'json',
    file,
  ]);
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { streams: Stream[] }).streams.map((s) => `${s.codec_type} ${s.codec_name}`);
}

/** Every stored moment is covered once, gaps fill the rest, and each ends where the footage begins. */
function expectWholeStory({ ledger }: CaptureStation) {
  const rows = [
    ...ledger.segments.map(({ segment: { startMs, endMs } }) => ({ startMs, endMs })),
    ...ledger.gaps.map(({ startMs, endMs }) => ({ startMs, endMs })),
  ].sort((a, b) => a.startMs - b.startMs);
  expect(rows.slice(1).map(({ startMs }) => startMs)).toEqual(rows.slice(0, -1).map(({ endMs }) => endMs));
}

describe('recording', () => {
  const kinds = [
    ['plain', 'tcp', ['video h264', 'audio aac']],
    ['plain', 'udp', ['video h264', 'audio aac']],
    ['h265', 'tcp', ['video hevc', 'audio aac']],
    ['mjpeg', 'tcp', ['video h264']],
  ] as const;

  it.each(kinds)('stores and shows %s over %s', async (name, transport, tracks) => {
    await using station = await openCaptureStation({ segmentMs: 1_000 });
    station.set(rtspSource(cameras.urls[name], transport));
    await station.running();
    await until('three closed segments', 20_000, () => station.ledger.segments.length >= 3);
    await station.recorders.stopAll();

    const { segments } = station.ledger;
    for (const { segment } of segments)
      expect(await probe(join(station.volume.folder, segment.path))).toEqual(tracks);
    expectWholeStory(station);
    expect(station.ledger.gaps.map(({ reason }) => reason)).toEqual(['starting', 'program-stopped']);
    // One run, and every fragment was shown live, the first with a keyframe.
    expect(new Set(segments.map(({ segment }) => segment.runStartMs)).size).toBe(1);
    expect(station.fragments[0]).toMatchObject({ keyframe: true, startMs: segments[0]?.segment.startMs });
    expect(station.fragments.filter(({ skipped }) => skipped)).toEqual([]);
    expect(Date.now() - (segments.at(-1)?.segment.endMs ?? 0)).toBeLessThan(5_000);
  });

  it('copies AAC as it is, and remembers for the next time', async () => {
    await using station = await openCaptureStation();
    station.set(rtspSource(cameras.urls.h265));
    await station.running();
    // 16 kHz as the camera sends it; one connection was thrown away to learn that, the file keeps it.
    expect(station.picture()?.audio).toMatchObject({ codec: 'mp4a.40.2', sampleRate: 16_000 });
    expect(station.learned().plan).toEqual({ video: 'copy', audio: 'copy' });
  });

  it('records the test pattern', async () => {
    await using station = await openCaptureStation();
    station.set({ kind: 'test-pattern' });
    await station.running();
    expect(station.picture()?.video).toMatchObject({ width: 1280, height: 720 });
  });

  it('switches recording off and on without a new connection', async () => {
    await using station = await openCaptureStation();
    const source = rtspSource(cameras.urls.plain);
    station.set(source);
    await station.running();
    await until('stored', 5_000, () => station.newestMs() > 0);
    const pid = station.ffmpegPid();
    station.set(source, notAtAll);
    await until('a gap', 5_000, () => station.ledger.gaps.at(-1)?.reason === 'recording-off');
    expect(station.state()).toMatchObject({ kind: 'running', recording: false });
    const shown = station.fragments.length;
    await until('live goes on', 5_000, () => station.fragments.length > shown + 5);
    station.set(source, continuously);
    await until('the gap is closed', 5_000, () => station.ledger.gaps.at(-1)?.endMs !== undefined);
    expect(station.state()).toMatchObject({ kind: 'running', recording: true });
    expect(station.ffmpegPid()).toBe(pid);
    await station.recorders.stopAll();
    expect(station.ledger.gaps.map(({ reason }) => reason)).toEqual([
      'starting',
      'recording-off',
      'program-stopped',
    ]);
    // One before and one after; a segment also ends on the minute.
    expect(station.ledger.segments.length).toBeGreaterThanOrEqual(2);
    expectWholeStory(station);
  });

  it('tells a killed program from a stopped one', async () => {
    await using station = await openCaptureStation();
    const killedAtMs = Date.now() - 60_000;
    station.ledger.gaps = [{ startMs: killedAtMs - 1_000, endMs: killedAtMs, reason: 'unreachable' }];
    station.set(rtspSource(cameras.urls.plain));
    await station.running();
    await until('stored', 5_000, () => station.newestMs() > 0);
    expect(station.ledger.gaps.map(({ reason }) => reason)).toEqual([
      'unreachable',
      'program-killed',
      'starting',
    ]);
    await station.recorders.stopAll();
    expectWholeStory(station);
  });
});

describe('cameras that give no pictures', () => {
  it('names a wrong password, does not insist, and lets nothing of it out', async () => {
    await using station = await openCaptureStation();
    const source = rtspSource(cameras.urls.guarded);
    const wrong = 'Wr0ngS3cr3t#1';
    station.set({ ...source, signIn: { username: 'admin', password: wrong } });
    const state = await until('waiting', 10_000, () =>
      station.state().kind === 'waiting' ? station.state() : false,
    );
    expect(state).toMatchObject({ kind: 'waiting', reason: 'wrong-password' });
    const retryAtMs = state.kind === 'waiting' ? state.retryAtMs : 0;
    expect(retryAtMs - Date.now()).toBeGreaterThan(59_000);
    expect(station.ledger.gaps.at(-1)).toMatchObject({ reason: 'wrong-password', endMs: undefined });
    const everything = JSON.stringify([station.states, station.lines, station.ledger.gaps]);
    expect(everything).not.toContain('Wr0ngS3cr3t');
    // The right one takes effect at once.
    station.set(source);
    await station.running();
  });

  it.each([
    ['not-found', () => `rtsp://127.0.0.1:${cameras.port}/no-such-camera`],
    ['no-video', () => cameras.urls.sound],
  ] as const)('names %s', async (reason, address) => {
    await using station = await openCaptureStation();
    station.set(rtspSource(address()));
    await until('waiting', 10_000, () => station.state().kind === 'waiting');
    expect(station.state()).toMatchObject({ reason });
  });

  it('names a port nobody listens on, and one where nobody answers', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await until('listening', 1_000, () => server.listening);
    const { port } = server.address() as { port: number };
    await using silent = await openCaptureStation();
    silent.set(rtspSource(`rtsp://127.0.0.1:${port}/live`));
    await until('given up', 15_000, () => silent.state().kind === 'waiting');
    expect(silent.state()).toMatchObject({ reason: 'timed-out' });
    await silent.recorders.stopAll();
    server.close();

    await using refused = await openCaptureStation();
    refused.set(rtspSource(`rtsp://127.0.0.1:${port}/live`));
    await until('waiting', 10_000, () => refused.state().kind === 'waiting');
    expect(refused.state()).toMatchObject({ reason: 'refused' });
  });

  it('says so when there is no FFmpeg', async () => {
    await using station = await openCaptureStation({ ffmpeg: '/nowhere/ffmpeg' });
    station.set({ kind: 'test-pattern' });
    await until('waiting', 5_000, () => station.state().kind === 'waiting');
    expect(station.state()).toMatchObject({ reason: 'no-recorder' });
  });
});
