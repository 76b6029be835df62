// Golden argument lists: what FFmpeg is told for each kind of camera.

import { describe, expect, it } from 'vitest';
import { captureArguments } from './arguments.ts';
import type { StreamSource } from './source.ts';
import { defaultPlan, firstPlan, withoutPictures } from './source.ts';

const url = 'rtsp://10.0.0.9/Streaming/Channels/101';
const signIn = { username: 'admin', password: 'S3cr3t!Cam' };
const rtsp: StreamSource = { kind: 'rtsp', url, transport: 'tcp', signIn };
const line = (args: readonly string[]) => args.join(' ');

const footage =
  '-max_interleave_delta 500000 -f mp4 -movflags +frag_keyframe+empty_moov+default_base_moof+skip_trailer+frag_discont ' +
  '-use_editlist 0 -avoid_negative_ts make_non_negative ' +
  '-frag_duration 100000 -write_prft wallclock -flush_packets 1 pipe:1';
const pictures =
  '-map [grey] -fps_mode passthrough -threads 1 -c:v rawvideo -f nut -write_index 0 -flush_packets 1 pipe:3 ' +
  '-map [thumbnails] -fps_mode passthrough -threads 1 -c:v mjpeg -q:v 6 -f nut -write_index 0 -flush_packets 1 pipe:4';
const output = `${footage} ${pictures}`;
const every = (seconds: number) =>
  `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${seconds})+lt(t,prev_selected_t)'`;
const filters = (seconds: number) =>
  `-filter_complex_threads 1 -filter_complex [0:v:0]${every(seconds)},scale=320:180:force_original_aspect_ratio=decrease` +
  ':force_divisible_by=2:flags=fast_bilinear,split=2[small][smaller];[smaller]scale=80:45:flags=bilinear,format=gray[grey];' +
  `[small]${every(9.5)},format=yuvj420p[thumbnails]`;
const keyframes = '-skip_frame nokey -skip_loop_filter all -threads 1';
const encoder =
  '-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -threads 1 -sc_threshold 0 ' +
  '-force_key_frames expr:gte(t,n_forced*2) -fps_mode passthrough';

describe('captureArguments', () => {
  it('copies the video of an RTSP camera and encodes its sound until it is known to be AAC', () => {
    expect(line(captureArguments(rtsp, defaultPlan))).toBe(
      `-hide_banner -nostats -loglevel level+info ${keyframes} -protocol_whitelist pipe,fd,rtp,udp,tcp -fpsprobesize 0 ` +
        `-f concat -safe 0 -i pipe:0 ${filters(0.45)} ` +
        '-map 0:v:0 -map 0:a:0? -c:a aac -aac_coder fast -b:a 48k ' +
        '-ac 1 -ar 32000 -dn -sn -c:v copy ' +
        output,
    );
  });

  it('copies AAC', () => {
    expect(line(captureArguments(rtsp, { video: 'copy', audio: 'copy' }))).toBe(
      `-hide_banner -nostats -loglevel level+info ${keyframes} -protocol_whitelist pipe,fd,rtp,udp,tcp -fpsprobesize 0 ` +
        `-f concat -safe 0 -i pipe:0 ${filters(0.45)} ` +
        '-map 0:v:0 -map 0:a:0? -c:a copy -dn -sn -c:v copy ' +
        output,
    );
  });

  it('opens TLS for RTSPS and says nothing about the transport: that stands in the list', () => {
    const args = line(captureArguments({ ...rtsp, url: 'rtsps://10.0.0.9/live' }, defaultPlan));
    expect(args).toContain('-protocol_whitelist pipe,fd,rtp,udp,tcp,tls,srtp ');
    expect(line(captureArguments({ ...rtsp, transport: 'udp' }, defaultPlan))).toBe(
      line(captureArguments(rtsp, defaultPlan)),
    );
  });

  it('encodes MJPEG over HTTP, with a keyframe every 2 s', () => {
    const source: StreamSource = { kind: 'http', url: 'http://10.0.0.9/video.mjpg' };
    expect(line(captureArguments(source, firstPlan(source)))).toBe(
      '-hide_banner -nostats -loglevel level+info -protocol_whitelist pipe,fd,http,https,tls,tcp -fpsprobesize 0 ' +
        `-f concat -safe 0 -i pipe:0 ${filters(1.95)} -map 0:v:0 -an -dn -sn ${encoder} ${output}`,
    );
  });

  it('makes the test pattern at the pace of a camera', () => {
    const source: StreamSource = { kind: 'test-pattern' };
    expect(line(captureArguments(source, firstPlan(source)))).toBe(
      '-hide_banner -nostats -loglevel level+info -re -f lavfi -protocol_whitelist pipe ' +
        `-i testsrc2=size=1280x720:rate=15 ${filters(1.95)} -map 0:v:0 -an -dn -sn ${encoder} ${output}`,
    );
  });

  it('makes no pictures when they are not wanted', () => {
    expect(line(captureArguments(rtsp, withoutPictures({ video: 'copy', audio: 'none' })))).toBe(
      '-hide_banner -nostats -loglevel level+info -protocol_whitelist pipe,fd,rtp,udp,tcp -fpsprobesize 0 ' +
        `-f concat -safe 0 -i pipe:0 -map 0:v:0 -an -dn -sn -c:v copy ${footage}`,
    );
  });

  it('holds neither address nor sign-in', () => {
    const args = line(captureArguments(rtsp, defaultPlan));
    for (const word of ['10.0.0.9', 'admin', 'S3cr3t', 'Streaming']) expect(args).not.toContain(word);
  });
});
