// FFmpeg's argument lists as pure functions. Nothing a user typed stands in them: addresses and sign-ins go into the
// list on stdin (input-list.ts), so neither `ps` nor an option injected into an address can reach the command line.

import type { StreamSource, TrackPlan } from './source.ts';

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

function video(plan: TrackPlan): string[] {
  if (plan.video === 'copy') return ['-c:v', 'copy'];
  return [
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-tune',
      'zerolatency',
      '-pix_fmt',
      'yuv420p',
      '-threads',
      '1',
    ],
    // By time and not by frames: the frame rate of MJPEG over HTTP is unknown and changes.
    ...['-force_key_frames', `expr:gte(t,n_forced*${encodedGopS})`, '-sc_threshold', '0'],
    ...['-fps_mode', 'passthrough'],
  ];
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

/**
 * The arguments of a recorder: fragmented MP4 on stdout, each fragment with a `prft` of the wall clock.
 * Proven with FFmpeg 5.1; only options that 5.1 and later know.
 */
export function captureArguments(source: StreamSource, plan: TrackPlan): readonly string[] {
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'level+info'],
    ...input(source),
    // Data and subtitle tracks (ONVIF metadata) stay where they are.
    ...['-map', '0:v:0', ...audio(plan), '-dn', '-sn'],
    ...video(plan),
    ...['-max_interleave_delta', String(interleaveLimitUs)],
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer'],
    ...['-frag_duration', String(fragmentUs), '-write_prft', 'wallclock', '-flush_packets', '1'],
    'pipe:1',
  ];
}
