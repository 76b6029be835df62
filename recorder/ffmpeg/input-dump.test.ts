// FFmpeg's words about its input, as 5.1 and 7.1 say them, and the plan that follows.

import { describe, expect, it } from 'vitest';
import { betterPlan, InputDump } from './input-dump.ts';
import type { StreamSource } from './source.ts';
import { defaultPlan } from './source.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const hikvision = `[rtsp @ 0x1] [warning] max delay reached. need to consume packet
[info] Input #0, concat, from 'pipe:0':
[info]   Duration: N/A, start: 0.000000, bitrate: N/A
[info]   Stream #0:0: Video: h264 (Main), yuvj420p(pc, bt709, progressive), 1920x1080 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 90k tbn
[info]   Stream #0:1: Audio: pcm_alaw, 8000 Hz, mono, s16, 64 kb/s
[info]   Stream #0:2: Data: none
[info] Stream mapping:
[info]   Stream #0:0 -> #0:0 (copy)
`;
const newer = `[info] Input #0, concat, from 'pipe:0':
[info]   Duration: N/A, start: 0.000000, bitrate: N/A
[info]   Stream #0:0[0x1](und): Video: hevc (Main) (hev1 / 0x31766568), yuv420p(tv), 3840x2160, 20 fps, 20 tbr, 90k tbn, start 0.04
[info]   Stream #0:1: Audio: aac (LC), 16000 Hz, stereo, fltp
[warning] something
`;

describe('InputDump', () => {
  it('reads tracks, however the words are cut', () => {
    for (const step of [1, 7, 10_000]) {
      const dump = new InputDump();
      for (let at = 0; at < hikvision.length; at += step) dump.push(bytes(hikvision.slice(at, at + step)));
      expect(dump.tracks).toEqual({
        video: { codec: 'h264', width: 1920, height: 1080 },
        audio: { codec: 'pcm_alaw', sampleRate: 8000, channels: 1 },
      });
    }
  });

  it('reads the words of newer versions', () => {
    expect(new InputDump().push(bytes(newer))).toEqual({
      video: { codec: 'hevc', width: 3840, height: 2160 },
      audio: { codec: 'aac', sampleRate: 16000, channels: 2 },
    });
  });

  it('knows nothing before FFmpeg goes on to its output', () => {
    const dump = new InputDump();
    dump.push(bytes(hikvision.slice(0, hikvision.indexOf('[info] Stream mapping'))));
    expect(dump.tracks).toBeUndefined();
  });

  it('keeps its memory small when no line ends', () => {
    const dump = new InputDump();
    for (let n = 0; n < 100; n++) dump.push(new Uint8Array(100_000).fill(0x41));
    expect(dump.push(bytes(`\n${hikvision}`))?.video?.codec).toBe('h264');
  });
});

describe('betterPlan', () => {
  const rtsp: StreamSource = { kind: 'rtsp', url: 'rtsp://h/', transport: 'tcp' };
  const tracks = (video: string, audio?: string) => ({
    video: { codec: video, width: 1, height: 1 },
    audio: audio === undefined ? undefined : { codec: audio, sampleRate: 8000, channels: 1 },
  });

  it('keeps a plan that fits', () => {
    expect(betterPlan(rtsp, defaultPlan, tracks('h264', 'pcm_mulaw'))).toBeUndefined();
    expect(betterPlan(rtsp, defaultPlan, tracks('hevc'))).toBeUndefined();
    expect(betterPlan(rtsp, { video: 'copy', audio: 'copy' }, tracks('h264'))).toBeUndefined();
  });

  it('copies AAC, and encodes what is no AAC any more', () => {
    expect(betterPlan(rtsp, defaultPlan, tracks('h264', 'aac'))).toEqual({ video: 'copy', audio: 'copy' });
    expect(betterPlan(rtsp, { video: 'copy', audio: 'copy' }, tracks('h264', 'pcm_alaw'))).toEqual(
      defaultPlan,
    );
    expect(betterPlan(rtsp, defaultPlan, tracks('h264', 'aac_latm'))).toBeUndefined();
  });

  it('encodes video that is neither H.264 nor H.265', () => {
    expect(betterPlan(rtsp, defaultPlan, tracks('mjpeg', 'pcm_alaw'))).toEqual({
      video: 'encode',
      audio: 'encode',
    });
    expect(betterPlan(rtsp, { video: 'encode', audio: 'encode' }, tracks('h264'))).toEqual(defaultPlan);
  });

  it('leaves out sound that FFmpeg cannot name, or that was found to be silent', () => {
    expect(betterPlan(rtsp, defaultPlan, tracks('h264', 'none'))).toEqual({ video: 'copy', audio: 'none' });
    expect(betterPlan(rtsp, { video: 'copy', audio: 'none' }, tracks('h264', 'aac'))).toBeUndefined();
  });

  it('always encodes HTTP and the test pattern', () => {
    const http: StreamSource = { kind: 'http', url: 'http://h/' };
    expect(betterPlan(http, { video: 'encode', audio: 'none' }, tracks('mjpeg'))).toBeUndefined();
    expect(
      betterPlan({ kind: 'test-pattern' }, { video: 'encode', audio: 'none' }, tracks('rawvideo')),
    ).toBeUndefined();
  });
});
