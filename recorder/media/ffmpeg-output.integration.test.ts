// The cutter and the codec strings on what FFmpeg's muxer really writes: H.264 and H.265, with and without sound.
import { spawn } from 'node:child_process';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { type CutItem, FragmentCutter } from './fragment-cutter.ts';
import { joined } from './made-footage.ts';

const muxer =
  '-movflags +frag_keyframe+empty_moov+default_base_moof -frag_duration 100000 -write_prft wallclock -f mp4 pipe:1';

async function mux(encoding: string): Promise<CutItem[]> {
  const sources = '-f lavfi -i testsrc2=s=320x180:r=25:d=3 -f lavfi -i sine=r=48000:d=3';
  const args = `-v error -nostdin ${sources} ${encoding} ${muxer}`.split(' ');
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const cutter = new FragmentCutter();
  const items: CutItem[] = [];
  for await (const piece of ffmpeg.stdout) items.push(...cutter.push(piece as Uint8Array));
  return items;
}

const fragmentsOf = (items: readonly CutItem[]) =>
  items.flatMap((item) => (item.kind === 'fragment' ? [item.fragment] : []));

describe('FragmentCutter on FFmpeg', () => {
  it.each([
    [
      'H.264 with AAC',
      '-c:v libx264 -preset ultrafast -g 25 -c:a aac -ac 1',
      /^avc1\.[0-9a-f]{6}$/,
      { trackId: 2, codec: 'mp4a.40.2', sampleRate: 48_000, channels: 1, timescale: 48_000 },
    ],
    [
      'H.265 without sound',
      '-an -c:v libx265 -x265-params log-level=none:keyint=25 -preset ultrafast',
      /^hev1\.1\.6\.L\d+\.90$/,
      undefined,
    ],
    [
      'H.265 as hvc1',
      '-an -c:v libx265 -tag:v hvc1 -x265-params log-level=none:keyint=25 -preset ultrafast',
      /^hvc1\.1\.6\.L\d+\.90$/,
      undefined,
    ],
  ])(
    '%s: every frame, every second a keyframe, times without holes',
    async (_name, encoding, video, audio) => {
      const before = Date.now();
      const items = await mux(encoding);
      const [init] = items;
      if (init?.kind !== 'init') throw new Error('no init section first');
      expect(init.layout.video).toMatchObject({ width: 320, height: 180 });
      expect(init.layout.video.codec).toMatch(video);
      expect(init.layout.audio).toEqual(audio);

      const fragments = fragmentsOf(items);
      expect(fragments.reduce((sum, fragment) => sum + fragment.videoFrames, 0)).toBe(75);
      expect(fragments.filter((fragment) => fragment.startsWithKeyframe)).toHaveLength(3);
      expect(fragments[0]?.startsWithKeyframe).toBe(true);
      const starts = fragments.map(({ startTicks }) => startTicks);
      const ends = fragments.map(({ startTicks, durationTicks }) => startTicks + durationTicks);
      expect(starts.slice(1)).toEqual(ends.slice(0, -1));
      for (const { muxedAtMs } of fragments) {
        expect(muxedAtMs).toBeGreaterThanOrEqual(before - 1);
        expect(muxedAtMs).toBeLessThanOrEqual(Date.now() + 1);
      }
      const last = fragments.at(-1);
      const seconds = ((last?.startTicks ?? 0) + (last?.durationTicks ?? 0)) / init.layout.video.timescale;
      expect(seconds).toBeCloseTo(3, 1);

      const file = joined([init.bytes, ...fragments.map(({ bytes }) => bytes)]);
      const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(file) });
      const track = await input.getPrimaryVideoTrack();
      // Another reader's word for the codec; whether parameter sets may lie in band (hev1, avc3) it does not tell apart.
      const named = await track?.getCodecParameterString();
      expect(named?.slice(4)).toBe(init.layout.video.codec.slice(4));
    },
  );
});
