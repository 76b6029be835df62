// Golden argument lists of every encoder, and what FFmpeg says when one fails.

import { describe, expect, it } from 'vitest';
import {
  type Encoder,
  encoderArguments,
  encoderFailure,
  encoderSetup,
  hardwareEncoders,
  softwareEncoder,
  trialArguments,
} from './encoders.ts';

const every2 = { everyS: 2 } as const;
const line = (args: readonly string[]) => args.join(' ');
const keyframes = '-force_key_frames expr:gte(t,n_forced*2) -fps_mode passthrough';
const node = '/dev/dri/renderD128';

function encoder(platform: string, codec: 'h264' | 'h265', kind: Encoder['kind']): Encoder {
  const found = hardwareEncoders(platform, codec, [node]).find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} on ${platform}`);
  return found;
}

describe('hardwareEncoders', () => {
  it('are those of the system, the preferred first, VAAPI once for each card', () => {
    const names = (platform: string, devices: string[]) =>
      hardwareEncoders(platform, 'h264', devices).map(({ name, device }) => [name, device].join(' ').trim());
    expect(names('linux', [node, '/dev/dri/renderD129'])).toEqual([
      'h264_nvenc',
      'h264_qsv',
      `h264_vaapi ${node}`,
      'h264_vaapi /dev/dri/renderD129',
    ]);
    expect(names('linux', [])).toEqual(['h264_nvenc', 'h264_qsv']);
    expect(names('win32', [])).toEqual(['h264_nvenc', 'h264_qsv', 'h264_amf']);
    expect(names('darwin', [])).toEqual(['h264_videotoolbox']);
    expect(names('freebsd', [])).toEqual([]);
  });
});

describe('encoderArguments', () => {
  const usual = '-b:v 4000k -maxrate 4000k -bufsize 8000k';
  it.each([
    [
      encoder('linux', 'h264', 'nvenc'),
      `-c:v h264_nvenc -preset p4 -tune ll -zerolatency 1 -delay 0 -forced-idr 1 -pix_fmt yuv420p -bf 0 ${usual}`,
    ],
    [
      encoder('linux', 'h265', 'nvenc'),
      `-c:v hevc_nvenc -preset p4 -tune ll -zerolatency 1 -delay 0 -forced-idr 1 -pix_fmt yuv420p -bf 0 ${usual}`,
    ],
    [
      encoder('win32', 'h264', 'qsv'),
      `-c:v h264_qsv -preset veryfast -async_depth 1 -forced_idr 1 -pix_fmt nv12 -bf 0 ${usual}`,
    ],
    [
      encoder('win32', 'h265', 'qsv'),
      `-c:v hevc_qsv -preset veryfast -async_depth 1 -forced_idr 1 -pix_fmt nv12 -bf 0 ${usual}`,
    ],
    [
      encoder('linux', 'h264', 'vaapi'),
      `-vf format=nv12,hwupload -c:v h264_vaapi -idr_interval 0 -bf 0 ${usual}`,
    ],
    [
      encoder('linux', 'h265', 'vaapi'),
      `-vf format=nv12,hwupload -c:v hevc_vaapi -idr_interval 0 -bf 0 ${usual}`,
    ],
    [
      encoder('darwin', 'h264', 'videotoolbox'),
      `-c:v h264_videotoolbox -realtime 1 -allow_sw 0 -pix_fmt nv12 -bf 0 ${usual}`,
    ],
    [
      encoder('darwin', 'h265', 'videotoolbox'),
      `-c:v hevc_videotoolbox -realtime 1 -allow_sw 0 -pix_fmt nv12 -bf 0 ${usual}`,
    ],
    [
      encoder('win32', 'h264', 'amf'),
      `-c:v h264_amf -usage lowlatency -quality speed -pix_fmt nv12 -bf 0 ${usual}`,
    ],
    [
      encoder('win32', 'h265', 'amf'),
      `-c:v hevc_amf -usage lowlatency -quality speed -pix_fmt nv12 -bf 0 ${usual}`,
    ],
    [
      softwareEncoder('h264'),
      '-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -threads 1 -sc_threshold 0',
    ],
    [
      softwareEncoder('h265'),
      '-c:v libx265 -preset ultrafast -tune zerolatency -pix_fmt yuv420p ' +
        '-x265-params log-level=error:pools=1:frame-threads=1:scenecut=0 -forced-idr 1',
    ],
  ] as const)('of $name ($codec)', (each, expected) => {
    expect(line(encoderArguments(each, {}, every2))).toBe(`${expected} ${keyframes}`);
  });

  it('make pictures smaller and fewer, and keep to the bit rate', () => {
    const saver = { heightLimit: 720, fpsLimit: 10, kilobits: 800 };
    const smaller =
      "select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.0900)',scale=-2:'trunc(min(720,ih)/2)*2'";
    expect(line(encoderArguments(softwareEncoder('h264'), saver, every2))).toBe(
      `-vf ${smaller} -c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -threads 1 ` +
        `-sc_threshold 0 -b:v 800k -maxrate 800k -bufsize 1600k ${keyframes}`,
    );
    expect(line(encoderArguments(encoder('linux', 'h265', 'vaapi'), saver, every2))).toBe(
      `-vf ${smaller},format=nv12,hwupload -c:v hevc_vaapi -idr_interval 0 -bf 0 ` +
        `-b:v 800k -maxrate 800k -bufsize 1600k ${keyframes}`,
    );
  });

  it('take keyframes over from the input when asked to', () => {
    expect(line(encoderArguments(softwareEncoder('h264'), {}, 'as-input'))).toContain(
      '-force_key_frames source -fps_mode passthrough',
    );
  });
});

it('a card is named before the inputs', () => {
  expect(encoderSetup(encoder('linux', 'h264', 'vaapi'))).toEqual(['-vaapi_device', node]);
  expect(encoderSetup(softwareEncoder('h264'))).toEqual([]);
  expect(line(trialArguments(encoder('linux', 'h264', 'vaapi')))).toBe(
    `-hide_banner -nostats -loglevel level+error -vaapi_device ${node} -f lavfi ` +
      '-i testsrc2=size=640x360:rate=15 -frames:v 60 -vf format=nv12,hwupload -c:v h264_vaapi -idr_interval 0 -bf 0 ' +
      `-b:v 1000k -maxrate 1000k -bufsize 2000k ${keyframes} ` +
      '-f mp4 -movflags +frag_keyframe+empty_moov+default_base_moof+skip_trailer -write_prft wallclock pipe:1',
  );
});

describe('encoderFailure', () => {
  it.each([
    // FFmpeg 5.1 on machines without the hardware.
    ['[h264_nvenc @ 0x556939aef440] [error] Cannot load libcuda.so.1\n', 'Cannot load libcuda.so.1'],
    [
      '[h264_qsv @ 0x55d0d5f50440] [error] Error initializing an internal MFX session: unsupported (-3)\n',
      'Error initializing an internal MFX session: unsupported (-3)',
    ],
    [
      '[AVHWDeviceContext @ 0x55] [error] No VA display found for device /dev/dri/renderD128.\n' +
        '[error] Device creation failed: -22.\n',
      'Device creation failed: -22.',
    ],
    // A driver that goes away in the middle.
    [
      '[h264_nvenc @ 0x5581] [error] Failed locking bitstream buffer: device lost (6)\n[error] Video encoding failed\n',
      'Failed locking bitstream buffer: device lost (6)',
    ],
    ["[fatal] Unknown encoder 'libx265'\n", "Unknown encoder 'libx265'"],
  ])('reads %j', (words, said) => {
    expect(encoderFailure(words)).toBe(said);
  });

  it.each([
    '[rtsp @ 0x55] [error] method DESCRIBE failed: 401 Unauthorized\n',
    '[mjpeg @ 0x55] [error] overread 8\n[error] pipe:0: Connection timed out\n',
    '[libx264 @ 0x55] [info] using cpu capabilities\n',
    '',
  ])('has nothing to say of %j', (words) => {
    expect(encoderFailure(words)).toBeUndefined();
  });
});
