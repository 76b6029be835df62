// The clips that FFmpeg makes for the test cameras.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movie, relayClip } from './clips.ts';
import { probePackets, probeStreams } from './ffmpeg-client.ts';

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'lookout-clips-'));
});
afterAll(() => rm(cache, { recursive: true }));

describe('clips', () => {
  it.each([
    ['h264-gop1s', 'h264 640x360', 15],
    ['h264-gop2s', 'h264 640x360', 30],
    ['h265-gop2s', 'hevc 640x360', 30],
  ] as const)('%s has its codec and a key frame where its name says', async (name, stream, gopFrames) => {
    const file = await movie(name, cache);
    expect(await probeStreams(file)).toEqual([stream]);
    const packets = await probePackets(file);
    expect(packets).toHaveLength(150);
    expect(packets.map(({ isKey }) => isKey)).toEqual(packets.map((_, at) => at % gopFrames === 0));
  });

  it('are made once, also by two at the same time, and leave no workshop behind', async () => {
    const [first, second] = await Promise.all([relayClip(cache), relayClip(cache)]);
    expect(second).toEqual(first);
    const folder = dirname(first.sound);
    expect((await readdir(folder)).sort()).toEqual(
      ['000', '001', '002', '003', '004'].map((name) => `${name}.h264`).concat('sound.alaw', 'whole.h264'),
    );
    const { mtimeMs } = await stat(first.sound);
    await relayClip(cache);
    expect((await stat(first.sound)).mtimeMs).toBe(mtimeMs);
    expect((await readFile(first.sound)).length).toBe(10 * 8_000);
    const megabits = ((await stat(join(folder, 'whole.h264'))).size * 8) / 10 / 1e6;
    expect(megabits).toBeGreaterThan(3.8);
    expect(megabits).toBeLessThan(4.2);
    expect((await readdir(cache)).filter((name) => name.startsWith('.making'))).toEqual([]);
  });
});
