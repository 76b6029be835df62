// The store with FFmpeg's own footage: every file plays from its begin to its end, and a full disk is a real one.
import { execFile, spawn } from 'node:child_process';
import { mkdir, truncate } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FragmentCutter } from '../media/fragment-cutter.ts';
import { firstDayMs, MadeStore } from './made-store.ts';
import type { StreamWriter } from './stream-writer.ts';
import { openVolume } from './volume.ts';

const run = promisify(execFile);
const framesPerSecond = 25;
const muxer =
  '-movflags +frag_keyframe+empty_moov+default_base_moof -frag_duration 100000 -write_prft wallclock -f mp4';

let store: MadeStore;
beforeEach(async () => {
  store = await MadeStore.make();
});
afterEach(() => store.remove());

/** Sends `seconds` of FFmpeg's footage to the writer as one run that begins at `fromMs`; returns where it ends. */
async function film(
  writer: StreamWriter,
  encoding: string,
  seconds: number,
  fromMs: number,
): Promise<number> {
  const sources = `-f lavfi -i testsrc2=s=320x180:r=${framesPerSecond}:d=${seconds} -f lavfi -i sine=d=${seconds}`;
  const args = `-v error -nostdin ${sources} ${encoding} ${muxer} pipe:1`.split(' ');
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const cutter = new FragmentCutter();
  let timescale = 1;
  for await (const piece of ffmpeg.stdout) {
    for (const item of cutter.push(piece as Uint8Array)) {
      if (item.kind === 'init') {
        timescale = item.layout.video.timescale;
        writer.beginRun(item);
      } else {
        writer.append(item.fragment, fromMs + Math.round((item.fragment.startTicks * 1000) / timescale));
      }
    }
  }
  await writer.endRun();
  return writer.notBeforeMs;
}

/** What FFmpeg says while it decodes a file, and how many frames it finds. */
async function decode(file: string): Promise<{ words: string; frames: number }> {
  const { stderr: words } = await run('ffmpeg', ['-v', 'warning', '-i', file, '-f', 'null', '-']);
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-count_packets'],
    ...['-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0', file],
  ]);
  return { words, frames: Number.parseInt(stdout, 10) };
}

describe('stored files', () => {
  it.each([
    ['H.264 with AAC', '-c:v libx264 -preset ultrafast -g 25 -c:a aac'],
    ['H.265', '-an -c:v libx265 -x265-params log-level=none:keyint=25 -preset ultrafast'],
  ])('of %s hold every frame and decode without a word', async (_name, encoding) => {
    const writer = store.writer();
    const endMs = await film(writer, encoding, 10, firstDayMs + 1_000);
    await film(writer, encoding, 3, endMs + 5_000);
    await writer.close();
    // FFmpeg moves pictures by the few milliseconds that AAC needs before its first sample.
    expect(store.rows.map(([startMs]) => Math.floor((startMs - firstDayMs) / 1000))).toEqual([1, 4, 8, 16]);
    let frames = 0;
    for (const { path } of store.segments) {
      const decoded = await decode(store.at(path));
      expect(decoded.words).toBe('');
      frames += decoded.frames;
    }
    expect(frames).toBe(13 * framesPerSecond);
    expect(await store.brokenInvariants()).toEqual([]);
  });

  it('that were torn anywhere are segments that decode', async () => {
    const writer = store.writer(undefined, { segmentMs: 60_000 });
    await film(writer, '-c:v libx264 -preset ultrafast -g 25 -c:a aac', 4, firstDayMs);
    await writer.close();
    const [whole] = store.segments;
    const sizeBytes = whole?.sizeBytes ?? 0;
    for (const part of [0.97, 0.7, 0.31]) {
      store.ledger.rows.splice(0);
      await truncate(store.at(whole?.path ?? ''), Math.floor(sizeBytes * part));
      await store.recover();
      const [segment] = store.segments;
      expect((await decode(store.at(segment?.path ?? ''))).words).toBe('');
      expect((segment?.endMs ?? 0) - firstDayMs).toBeGreaterThan(4_000 * part - 700);
      expect(await store.brokenInvariants()).toEqual([]);
    }
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.runIf(canMount)('a disk that is really full', () => {
  it('leaves whole segments, says so, and records again when there is room', async () => {
    const folder = store.at('disk');
    await mkdir(folder);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', folder]);
    try {
      const opened = await openVolume(folder);
      if (!opened.ok) throw new Error(opened.detail);
      const small = store.on(opened.volume);
      const writer = small.writer();
      const encoding = '-an -c:v libx264 -preset ultrafast -g 25';
      await film(writer, encoding, 12, firstDayMs);
      expect(small.losses[0]).toMatchObject({ reason: 'disk-full', untilMs: undefined });
      expect(small.segments.length).toBeGreaterThan(0);
      expect(small.segments.at(-1)?.endMs).toBe(small.losses[0]?.fromMs);
      expect(await small.brokenInvariants()).toEqual([]);
      for (const { path } of small.segments) expect((await decode(small.at(path))).words).toBe('');

      await run('mount', ['-o', 'remount,size=20m', folder]);
      await film(writer, encoding, 2, firstDayMs + 20_000);
      await writer.close();
      expect(small.told.findLast(([what]) => what === 'begin')).toEqual(['begin', firstDayMs + 20_000]);
      expect(await small.brokenInvariants()).toEqual([]);
    } finally {
      await run('umount', [folder]);
    }
  });
});
