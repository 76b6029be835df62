// FFmpeg's argument lists as pure functions. Nothing a user typed stands in them: addresses and sign-ins go into the
// list on stdin (input-list.ts), so neither `ps` nor an option injected into an address can reach the command line.

import {
  type Encoder,
  type EncodeSettings,
  encoderArguments,
  encoderSetup,
  softwareEncoder,
} from './encoders.ts';
import { hasPictures, type StreamSource, type TrackPlan } from './source.ts';

/** Longest fragment: one is at most this far from the glass, and each costs a write and a wake-up. */
const fragmentUs = 100_000;
/**
 * A track whose packets do not come holds the others back no longer than this (FFmpeg's default is 10 s, which would
 * freeze the picture of a camera whose microphone is dead).
 */
const interleaveLimitUs = 500_000;
/**
 * Sound is encoded at this rate whatever the camera's: an AAC frame is 1024 samples, one more is looked ahead, and the muxer
 * holds the picture until sound of its time is there. At G.711's 8 kHz that is 280 ms, at 32 kHz nothing that can be
 * measured (arrival after capture: 415 against 135 ms, the same as without sound). The fast coder pays for the samples.
 */
const encodedAudioHz = '32000';
/** Encoded streams get a keyframe this often, like a well configured camera. */
const encodedGopS = 2;

/** The file descriptors of a recorder's outputs; the pictures' are NUT (motion/nut-reader.ts). */
export const outputs = { footage: 1, grey: 3, thumbnails: 4 } as const;
/** What motion is found in (motion/cells.ts). */
const greySize = '80:45';
/** The largest that is still bounded by 20 KB; pictures of another shape get smaller one way. */
const thumbnailSize = '320:180';
/** A little less than the 10 s that are aimed at: keyframes are seldom exactly their interval apart. */
const thumbnailIntervalS = 9.5;
/** Cameras with more keyframes than this are looked at no more often; encoded streams at their keyframes or one frame beside. */
const greyIntervalS = { copy: 0.45, encode: encodedGopS - 0.05 } as const;

/** How a stream is encoded, where its plan says that it is. */
export interface Encoding {
  readonly encoder: Encoder;
  readonly settings: EncodeSettings;
}

export const plainEncoding: Encoding = { encoder: softwareEncoder('h264'), settings: {} };

export const testPattern = { width: 1280, height: 720, fps: 15 } as const;

/** What each kind of input may open; `pipe` and `fd` are the list on stdin in the words of FFmpeg 5 and later ones. */
function protocols(source: Exclude<StreamSource, { kind: 'test-pattern' }>): string {
  const list = ['pipe', 'fd'];
  if (source.kind === 'http') list.push('http', 'https', 'tls', 'tcp');
  else list.push('rtp', 'udp', 'tcp', ...(source.url.startsWith('rtsps:') ? ['tls', 'srtp'] : []));
  return list.join(',');
}

function input(source: StreamSource): string[] {
  if (source.kind === 'test-pattern') {
    const { width, height, fps } = testPattern;
    // `-re`: at the pace of a camera. testsrc2 draws its own clock, so no font is needed.
    return [
      '-re',
      '-f',
      'lavfi',
      '-protocol_whitelist',
      'pipe',
      '-i',
      `testsrc2=size=${width}x${height}:rate=${fps}`,
    ];
  }
  return [
    ...['-protocol_whitelist', protocols(source)],
    // The list's own stream analysis has nothing to add to that of the camera inside it, but would wait for 20 frames.
    ...['-fpsprobesize', '0'],
    ...['-f', 'concat', '-safe', '0', '-i', 'pipe:0'],
  ];
}

function video(plan: TrackPlan, { encoder, settings }: Encoding): string[] {
  if (plan.video === 'copy') return ['-c:v', 'copy'];
  return encoderArguments(encoder, settings, { everyS: encodedGopS });
}

function audio(plan: TrackPlan): string[] {
  switch (plan.audio) {
    case 'copy':
      return ['-map', '0:a:0?', '-c:a', 'copy'];
    case 'encode':
      return [
        '-map',
        '0:a:0?',
        '-c:a',
        'aac',
        '-aac_coder',
        'fast',
        '-b:a',
        '48k',
        '-ac',
        '1',
        '-ar',
        encodedAudioHz,
      ];
    case 'none':
      return ['-an'];
  }
}

/** Lets a picture pass when the last one is `seconds` ago, or lies ahead because the camera's time stepped back. */
function every(seconds: number): string {
  return `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${seconds})+lt(t,prev_selected_t)'`;
}

/**
 * Of a copied stream the keyframes alone are decoded, without smoothing the edges of their blocks, which no picture of
 * ours is large enough to show. With more than one thread a decoder or an encoder of single frames
 * holds back a frame for each.
 */
function decoding(plan: TrackPlan): string[] {
  return hasPictures(plan) && plan.video === 'copy'
    ? ['-skip_frame', 'nokey', '-skip_loop_filter', 'all', '-threads', '1']
    : [];
}

function filters(plan: TrackPlan): string[] {
  if (!hasPictures(plan)) return [];
  const chains = [
    `[0:v:0]${every(greyIntervalS[plan.video])},scale=${thumbnailSize}:force_original_aspect_ratio=decrease` +
      ':force_divisible_by=2:flags=fast_bilinear,split=2[small][smaller]',
    `[smaller]scale=${greySize}:flags=bilinear,format=gray[grey]`,
    `[small]${every(thumbnailIntervalS)},format=yuvj420p[thumbnails]`,
  ];
  return ['-filter_complex_threads', '1', '-filter_complex', chains.join(';')];
}

function pictures(plan: TrackPlan): string[] {
  if (!hasPictures(plan)) return [];
  const common = ['-fps_mode', 'passthrough', '-threads', '1'];
  const nut = ['-f', 'nut', '-write_index', '0', '-flush_packets', '1'];
  return [
    ...['-map', '[grey]', ...common, '-c:v', 'rawvideo', ...nut, `pipe:${outputs.grey}`],
    ...['-map', '[thumbnails]', ...common, '-c:v', 'mjpeg', '-q:v', '6', ...nut],
    `pipe:${outputs.thumbnails}`,
  ];
}

/**
 * The arguments of a recorder: fragmented MP4 on stdout, each fragment with a `prft` of the wall clock, and beside it the
 * small pictures that the plan asks for. Proven with FFmpeg 5.1; only options that 5.1 and later know.
 */
export function captureArguments(
  source: StreamSource,
  plan: TrackPlan,
  encoding: Encoding = plainEncoding,
): readonly string[] {
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'level+info'],
    ...(plan.video === 'encode' ? encoderSetup(encoding.encoder) : []),
    ...decoding(plan),
    ...input(source),
    ...filters(plan),
    // Data and subtitle tracks (ONVIF metadata) stay where they are.
    ...['-map', '0:v:0', ...audio(plan), '-dn', '-sn'],
    ...video(plan, encoding),
    ...['-max_interleave_delta', String(interleaveLimitUs)],
    // One time line for all outputs and tracks: without the second line each muxer would move its first packet to 0.
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer+frag_discont'],
    ...['-use_editlist', '0', '-avoid_negative_ts', 'make_non_negative'],
    ...['-frag_duration', String(fragmentUs), '-write_prft', 'wallclock', '-flush_packets', '1'],
    `pipe:${outputs.footage}`,
    ...pictures(plan),
  ];
}
