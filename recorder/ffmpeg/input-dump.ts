// Reads from FFmpeg's own words what the input carries: the `Input #0 …  Stream #0:1: Audio: pcm_alaw, …` lines it
// prints before it writes anything (av_dump_format in libavformat/dump.c, the same shape since FFmpeg 0.x).

import type { StreamSource, TrackPlan } from './source.ts';

/** FFmpeg's names of the codecs, e.g. `h264`, `hevc`, `mjpeg`, `pcm_alaw`, `aac`. */
export interface InputTracks {
  readonly video: { readonly codec: string; readonly width: number; readonly height: number } | undefined;
  readonly audio:
    | { readonly codec: string; readonly sampleRate: number; readonly channels: number }
    | undefined;
}

/** A line longer than this is not one of the lines we look for. */
const lineLimitBytes = 4_096;

const streamLine = /Stream #0:\d+[^:]*: (Video|Audio): ([\w-]+)(.*)$/;
const size = /, (\d{1,5})x(\d{1,5})/;
const rate = /, (\d+) Hz/;
const layouts: Readonly<Record<string, number>> = { mono: 1, stereo: 2, '5.1': 6, '7.1': 8 };

function audioTrack(codec: string, rest: string): NonNullable<InputTracks['audio']> {
  const [, sampleRate] = rate.exec(rest) ?? [];
  const layout = / Hz, ([\w.]+)/.exec(rest)?.[1] ?? '';
  const counted = /, (\d+) channels/.exec(rest)?.[1];
  return { codec, sampleRate: Number(sampleRate ?? 0), channels: layouts[layout] ?? Number(counted ?? 1) };
}

/** Fed with stderr as it comes; knows the tracks when FFmpeg has listed its input and goes on to what it makes of it. */
export class InputDump {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #inInput = false;
  #video: InputTracks['video'];
  #audio: InputTracks['audio'];
  #tracks: InputTracks | undefined;

  get tracks(): InputTracks | undefined {
    return this.#tracks;
  }

  /** Returns the tracks once they are known. */
  push(chunk: Uint8Array): InputTracks | undefined {
    if (this.#tracks !== undefined) return this.#tracks;
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    this.#rest = (lines.pop() ?? '').slice(0, lineLimitBytes);
    for (const line of lines) this.#line(line);
    return this.#tracks;
  }

  #line(line: string): void {
    if (line.startsWith('[info] Input #0, ')) {
      this.#inInput = true;
      return;
    }
    if (!this.#inInput || this.#tracks !== undefined) return;
    // Everything about the input is indented; the next heading (`Output #0`, `Stream mapping:`) or complaint is not.
    if (!line.startsWith('[info]  ')) {
      this.#tracks = { video: this.#video, audio: this.#audio };
      return;
    }
    const [, type, codec = '', rest = ''] = streamLine.exec(line) ?? [];
    if (type === 'Video' && this.#video === undefined) {
      const [, width, height] = size.exec(rest) ?? [];
      this.#video = { codec, width: Number(width ?? 0), height: Number(height ?? 0) };
    }
    if (type === 'Audio') this.#audio ??= audioTrack(codec, rest);
  }
}

/** Codecs whose packets go into the file as they are (product R1). */
const copiedVideo = new Set(['h264', 'hevc']);
const copiedAudio = new Set(['aac']);

/**
 * The plan that fits what the camera really sends, or undefined when `plan` does. Sound that was left out stays out; a
 * plan for sound that is not there changes nothing, so a microphone switched on later is heard. `alwaysEncode`: the video
 * is encoded although it need not be, to be made smaller.
 */
export function betterPlan(
  source: StreamSource,
  plan: TrackPlan,
  tracks: InputTracks,
  alwaysEncode = false,
): TrackPlan | undefined {
  const mayCopy = !alwaysEncode && source.kind === 'rtsp';
  const video = mayCopy && copiedVideo.has(tracks.video?.codec ?? '') ? 'copy' : 'encode';
  const audio = plan.audio === 'none' ? 'none' : fittingSound(plan.audio, tracks.audio?.codec);
  return video === plan.video && audio === plan.audio ? undefined : { ...plan, video, audio };
}

function fittingSound(planned: TrackPlan['audio'], codec: string | undefined): TrackPlan['audio'] {
  if (codec === undefined) return planned;
  // A format that FFmpeg cannot name would end the session when a decoder is looked for.
  if (codec === 'none' || codec === 'unknown') return 'none';
  return copiedAudio.has(codec) ? 'copy' : 'encode';
}
