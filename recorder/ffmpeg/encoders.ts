// The encoders FFmpeg may have, and how each is told to encode for recording and live: no B-frames, a keyframe where it is
// asked for, nothing held back. Options are those of FFmpeg 5.1 (`ffmpeg -h encoder=…`) and were not renamed since.

import type { EncodedCodec, EncoderKind, StorageSaver } from '../model/encoding.ts';

export interface Encoder {
  readonly kind: EncoderKind;
  readonly codec: EncodedCodec;
  /** FFmpeg's name of it. */
  readonly name: string;
  /** The render node of the graphics card, for VAAPI. */
  readonly device?: string | undefined;
}

/** What the pictures are to be; all that is left out stays as it comes. */
export type EncodeSettings = Partial<Omit<StorageSaver, 'codec'>>;

/** When keyframes come: every so many seconds, or where the input has them. */
export type Keyframes = { readonly everyS: number } | 'as-input';

/** For encoders that have no notion of quality alone: a 1080p camera of usual sharpness. */
const usualKilobits = 4_000;

const names: Readonly<Record<EncodedCodec, Readonly<Record<EncoderKind, string>>>> = {
  h264: {
    nvenc: 'h264_nvenc',
    qsv: 'h264_qsv',
    vaapi: 'h264_vaapi',
    videotoolbox: 'h264_videotoolbox',
    amf: 'h264_amf',
    software: 'libx264',
  },
  h265: {
    nvenc: 'hevc_nvenc',
    qsv: 'hevc_qsv',
    vaapi: 'hevc_vaapi',
    videotoolbox: 'hevc_videotoolbox',
    amf: 'hevc_amf',
    software: 'libx265',
  },
};

const onPlatform: Readonly<Record<string, readonly EncoderKind[]>> = {
  linux: ['nvenc', 'qsv', 'vaapi'],
  win32: ['nvenc', 'qsv', 'amf'],
  darwin: ['videotoolbox'],
};

export function softwareEncoder(codec: EncodedCodec): Encoder {
  return { kind: 'software', codec, name: names[codec].software };
}

/** The hardware encoders worth a trial, the preferred first. `devices` are the render nodes of the machine. */
export function hardwareEncoders(
  platform: string,
  codec: EncodedCodec,
  devices: readonly string[],
): readonly Encoder[] {
  const kinds = onPlatform[platform] ?? [];
  return kinds.flatMap((kind): Encoder[] => {
    const encoder = { kind, codec, name: names[codec][kind] };
    return kind === 'vaapi' ? devices.map((device) => ({ ...encoder, device })) : [encoder];
  });
}

/** What stands before the inputs. */
export function encoderSetup({ kind, device }: Encoder): string[] {
  return kind === 'vaapi' && device !== undefined ? ['-vaapi_device', device] : [];
}

/** The filters in front of an encoder, as one chain; empty when it needs none. */
function filters({ kind }: Encoder, { heightLimit, fpsLimit }: EncodeSettings): string {
  const chain: string[] = [];
  // Leaves pictures out and never makes any, which FFmpeg's `fps` filter would. A camera's clock may jitter by a tenth.
  if (fpsLimit !== undefined) {
    chain.push(`select='isnan(prev_selected_t)+gte(t-prev_selected_t,${(0.9 / fpsLimit).toFixed(4)})'`);
  }
  // Even numbers, as 4:2:0 wants them.
  if (heightLimit !== undefined) chain.push(`scale=-2:'trunc(min(${heightLimit},ih)/2)*2'`);
  if (kind === 'vaapi') chain.push('format=nv12', 'hwupload');
  return chain.join(',');
}

function rate(kilobits: number): string[] {
  return ['-b:v', `${kilobits}k`, '-maxrate', `${kilobits}k`, '-bufsize', `${kilobits * 2}k`];
}

/** A storage saver is worth more work for a picture; a stream without one is only to be made fit for the file. */
function software({ codec }: Encoder, { kilobits }: EncodeSettings): string[] {
  const preset = kilobits === undefined ? 'ultrafast' : 'veryfast';
  const common = [
    '-preset',
    codec === 'h265' ? 'ultrafast' : preset,
    '-tune',
    'zerolatency',
    '-pix_fmt',
    'yuv420p',
  ];
  const bits = kilobits === undefined ? [] : rate(kilobits);
  if (codec === 'h264') return [...common, '-threads', '1', '-sc_threshold', '0', ...bits];
  return [
    ...common,
    '-x265-params',
    'log-level=error:pools=1:frame-threads=1:scenecut=0',
    '-forced-idr',
    '1',
    ...bits,
  ];
}

function hardware(kind: Exclude<EncoderKind, 'software'>): string[] {
  switch (kind) {
    case 'nvenc':
      return [
        '-preset',
        'p4',
        '-tune',
        'll',
        '-zerolatency',
        '1',
        '-delay',
        '0',
        '-forced-idr',
        '1',
        '-pix_fmt',
        'yuv420p',
      ];
    case 'qsv':
      return ['-preset', 'veryfast', '-async_depth', '1', '-forced_idr', '1', '-pix_fmt', 'nv12'];
    case 'vaapi':
      return ['-idr_interval', '0'];
    case 'videotoolbox':
      return ['-realtime', '1', '-allow_sw', '0', '-pix_fmt', 'nv12'];
    case 'amf':
      return ['-usage', 'lowlatency', '-quality', 'speed', '-pix_fmt', 'nv12'];
  }
}

/** The options of the output: filters, encoder, keyframes. */
export function encoderArguments(encoder: Encoder, settings: EncodeSettings, keyframes: Keyframes): string[] {
  const chain = filters(encoder, settings);
  const own =
    encoder.kind === 'software'
      ? software(encoder, settings)
      : [...hardware(encoder.kind), '-bf', '0', ...rate(settings.kilobits ?? usualKilobits)];
  // By time and not by frames: the frame rate of MJPEG over HTTP is unknown and changes.
  const forced = keyframes === 'as-input' ? 'source' : `expr:gte(t,n_forced*${keyframes.everyS})`;
  return [
    ...(chain === '' ? [] : ['-vf', chain]),
    ...['-c:v', encoder.name],
    ...own,
    ...['-force_key_frames', forced, '-fps_mode', 'passthrough'],
  ];
}

/** Long enough to hold a keyframe that was asked for, and to show an encoder that fails after its first pictures. */
export const trial = { frames: 60, fps: 15, keyframeEveryS: 2 } as const;

/** Encodes a short made-up film the way a camera's is, as fragmented MP4 on stdout. */
export function trialArguments(encoder: Encoder): readonly string[] {
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'level+error'],
    ...encoderSetup(encoder),
    ...['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=${trial.fps}`, '-frames:v', String(trial.frames)],
    ...encoderArguments(encoder, { kilobits: 1_000 }, { everyS: trial.keyframeEveryS }),
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer'],
    ...['-write_prft', 'wallclock', 'pipe:1'],
  ];
}

/** The name of an encoder in brackets before its words, or what FFmpeg says when it could not go on with one. */
const encoderComplaint =
  /\[(?:libx26[45]|(?:h264|hevc)_\w+) @ |Error (?:while opening encoder|initializing output stream|submitting (?:a |video )?(?:packet|frame) to the encoder|encoding a frame)|Video encoding failed|Unknown encoder|hwupload|No device available for filter|Device creation failed|Failed to (?:create|open) .*device/i;

/** FFmpeg's complaint about its encoder, when that is what ended it; undefined when the encoder had no part in it. */
export function encoderFailure(words: string): string | undefined {
  const lines = words.split(/\r?\n/).filter((line) => /\[(?:error|fatal|panic)\]/.test(line));
  const line = lines.find((said) => encoderComplaint.test(said));
  return line
    ?.replace(/^\[[^\]]* @ 0x[0-9a-f]+\] /, '')
    .replace(/^\[\w+\] /, '')
    .trim();
}
