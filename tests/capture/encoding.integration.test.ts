// Encoders really tried and really used: storage savers, and a driver that goes away while it is needed.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Encoders } from '../../recorder/capture/encoders.ts';
import { systemClocks } from '../../recorder/model/clock.ts';
import type { StorageSaver } from '../../recorder/model/encoding.ts';
import { continuously } from '../../recorder/model/modes.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { openCardedFfmpeg } from './carded-ffmpeg.ts';
import { type CaptureStation, openCaptureStation, rtspSource, until } from './station.ts';

const plans = {
  h264: { kind: 'h264', width: 640, height: 360, fps: 15, gopFrames: 15, kilobits: 1_000 },
  mjpeg: { kind: 'mjpeg', width: 320, height: 180, fps: 10 },
} as const;

let cameras: Awaited<ReturnType<typeof startGstreamerCameras<typeof plans>>>;
beforeAll(async () => {
  cameras = await startGstreamerCameras(plans);
});
afterAll(() => cameras.stop());

async function probe(station: CaptureStation) {
  const segment = station.ledger.segments.at(-1)?.segment;
  const file = join(station.volume.folder, segment?.path ?? '');
  const entries = 'stream=codec_name,height,nb_read_packets:format=duration';
  const args = [
    '-v',
    'error',
    '-count_packets',
    '-select_streams',
    'v',
    '-show_entries',
    entries,
    '-of',
    'json',
    file,
  ];
  const { stdout, stderr } = await promisify(execFile)('ffprobe', args);
  expect(stderr).toBe('');
  const { streams } = JSON.parse(stdout) as {
    streams: { codec_name: string; height: number; nb_read_packets: string }[];
  };
  const seconds = ((segment?.endMs ?? 0) - (segment?.startMs ?? 0)) / 1_000;
  const [video] = streams;
  return {
    codec: video?.codec_name,
    height: video?.height,
    fps: Number(video?.nb_read_packets) / seconds,
    kilobits: ((segment?.sizeBytes ?? 0) * 8) / 1_000 / seconds,
  };
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ffmpeg = { path: 'ffmpeg', version: 'of this system' };

describe('the encoders of a machine', () => {
  it('are tried once, and what was found is believed as long as nothing changes', async () => {
    await using station = await openCaptureStation();
    const file = join(station.folder, 'encoders.json');
    const first = new Encoders({ clocks: systemClocks, log });
    await first.find({ ffmpeg, file });
    const software = first.trials.filter(({ encoder }) => encoder.kind === 'software');
    expect(software.map(({ encoder, ok }) => `${encoder.name} ${ok}`)).toEqual([
      'libx264 true',
      'libx265 true',
    ]);
    // Whatever the machine has: a trial that failed says why.
    for (const { ok, detail } of first.trials) expect(ok || (detail ?? '').length > 5).toBe(true);

    const kept = await readFile(file, 'utf8');
    // What we would not try ourselves is not taken from a file either: it ends up on a command line.
    await writeFile(file, kept.replaceAll('libx265', '-i'));
    const second = new Encoders({ clocks: systemClocks, log });
    await second.find({ ffmpeg, file });
    expect(second.trials).toEqual(first.trials);
    const third = new Encoders({ clocks: systemClocks, log });
    const began = performance.now();
    await third.find({ ffmpeg, file });
    expect(performance.now() - began).toBeLessThan(50);
    expect(third.trials).toEqual(first.trials);
    await third.find({ ffmpeg: { ...ffmpeg, version: 'another' }, file });
    expect(await readFile(file, 'utf8')).toContain('another');
  });

  it('are the processor until they are known, and x264 where x265 is missing', async () => {
    await using station = await openCaptureStation();
    const file = join(station.folder, 'encoders.json');
    const encoders = new Encoders({ clocks: systemClocks, log });
    expect([encoders.best('h264').name, encoders.best('h265').name]).toEqual(['libx264', 'libx265']);
    await encoders.find({ ffmpeg, file });
    const known = await readFile(file, 'utf8');
    await writeFile(file, known.replace('"name":"libx265"},"ok":true', '"name":"libx265"},"ok":false'));
    const without = new Encoders({ clocks: systemClocks, log });
    await without.find({ ffmpeg, file });
    expect(without.software('h265').name).toBe('libx264');
  });
});

describe('a storage saver', () => {
  const savers = [
    ['h264', { codec: 'h264', heightLimit: 180, fpsLimit: 5, kilobits: 200 }],
    ['hevc', { codec: 'h265', heightLimit: 240, kilobits: 150 }],
  ] as const satisfies readonly (readonly [string, StorageSaver])[];

  it.each(savers)('stores %s as small as it says', async (codec, saver) => {
    await using station = await openCaptureStation({ segmentMs: 4_000 });
    station.set(rtspSource(cameras.urls.h264), continuously, saver);
    await station.running();
    await until('two closed segments', 30_000, () => station.ledger.segments.length >= 2);
    const stored = await probe(station);
    expect(stored).toMatchObject({ codec, height: saver.heightLimit });
    expect(stored.kilobits).toBeLessThan(saver.kilobits * 1.5);
    const fps = 'fpsLimit' in saver ? saver.fpsLimit : 15;
    expect(Math.abs(stored.fps - fps)).toBeLessThan(fps * 0.15);
    expect(station.picture()?.video.height).toBe(saver.heightLimit);
  });

  it('comes and goes without the camera being lost for long', async () => {
    await using station = await openCaptureStation();
    const source = rtspSource(cameras.urls.h264);
    station.set(source);
    await station.running();
    await until('stored', 5_000, () => station.newestMs() > 0);
    station.set(source, continuously, savers[0][1]);
    await until(
      'small',
      10_000,
      () => station.picture()?.video.height === 180 && station.state().kind === 'running',
    );
    station.set(source);
    await until(
      'large',
      10_000,
      () => station.picture()?.video.height === 360 && station.state().kind === 'running',
    );
    await until('the gap is closed', 5_000, () => station.ledger.gaps.at(-1)?.endMs !== undefined);
    for (const { startMs, endMs = 0 } of station.ledger.gaps.slice(1))
      expect(endMs - startMs).toBeLessThan(3_000);
  });
});

describe('a driver', () => {
  it('that fails in the middle of a recording is replaced by the processor, and it is said', async () => {
    await using card = await openCardedFfmpeg();
    await using station = await openCaptureStation({ ffmpeg: card.path });
    await station.encoders.find({
      ffmpeg: { path: card.path, version: 'with a card' },
      file: join(station.folder, 'encoders.json'),
    });
    expect(station.encoders.best('h264')).toMatchObject({ kind: 'nvenc', name: 'h264_nvenc' });
    station.set(rtspSource(cameras.urls.mjpeg));
    await station.running();
    await until('stored', 10_000, () => station.newestMs() > 0);
    expect(station.ffmpegArgs()).toContain('h264_nvenc');

    await card.breakDriver();
    const brokenMs = Date.now();
    const gap = await until('records again', 10_000, () => {
      const last = station.ledger.gaps.at(-1);
      return last !== undefined && last.startMs > brokenMs - 2_000 && last.endMs !== undefined ? last : false;
    });
    expect(gap.reason).toBe('recorder-ended');
    expect((gap.endMs ?? 0) - gap.startMs).toBeLessThan(5_000);
    expect(station.ffmpegArgs()).toContain('libx264');
    expect(station.ffmpegArgs()).not.toContain('h264_nvenc');
    expect(station.encoders.trouble).toMatchObject({
      encoder: { name: 'h264_nvenc' },
      detail: 'Failed locking bitstream buffer: device lost (6)',
    });
    expect(station.lines.join()).toContain('the processor takes over');
  });
});
