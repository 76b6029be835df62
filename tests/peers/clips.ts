// Pre-encoded clips for test cameras that must not cost an encoder; made once by FFmpeg and kept.
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The slowest clip takes 2 s on two free cores. */
const ENCODE_LIMIT_MS = 60_000;
const LOOP_SECONDS = 10;
const LONG_SECONDS = 900;

/** Outside of git, gone with the packages. */
export const clipCache = join(import.meta.dirname, '../../node_modules/.cache/lookout-clips');

/** Elementary streams for a relay that loops them (see relayCamera): one file per GOP, so that a loop holds little memory. */
export interface RelayClip {
  /** printf pattern of the Annex B files, from 000. */
  readonly pictures: string;
  readonly codec: 'h264' | 'h265';
  readonly fps: number;
  /** G.711 A-law, 8 kHz, as raw bytes; exactly as long as the pictures. */
  readonly sound: string;
}

/** H.264 or H.265, 640×360, 15 fps, one slice and no B-frames, a key frame every 1 s or 2 s, no sound; 10 s, or the same again and
 * again for 15 minutes (`-long`, ca. 40 MB) for servers that do not loop without a step in their timestamps. */
export type MovieName = 'h264-gop1s' | 'h264-gop2s' | 'h265-gop2s' | 'h264-gop2s-long' | 'h265-gop2s-long';

const picture = (size: string, fps: number, filter = '') => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${fps}${filter}`],
];

/** One slice per picture: see picture_launch in gstreamer-cameras.py. */
const x264 = (gopFrames: number, bitRate: string) => [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-x264-params', 'sliced-threads=0'],
  ...['-g', `${gopFrames}`, '-keyint_min', `${gopFrames}`, '-sc_threshold', '0', '-pix_fmt', 'yuv420p'],
  ...['-b:v', bitRate, '-maxrate', bitRate, '-bufsize', bitRate],
];
const x265 = (gopFrames: number, bitRate: string) => [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p', '-b:v', bitRate],
  ...[
    '-x265-params',
    `keyint=${gopFrames}:min-keyint=${gopFrames}:scenecut=0:bframes=0:slices=1:log-level=error`,
  ],
];

/** H.264 1920×1080, 25 fps, 4 Mbit/s, a key frame every 2 s, with G.711: the camera of the many-camera benches. */
export async function relayClip(cache = clipCache): Promise<RelayClip> {
  // Noise, because a clean test picture does not need 4 Mbit/s.
  const source = picture('1920x1080', 25, ',noise=alls=12:allf=t');
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=8000'];
  const duration = ['-t', `${LOOP_SECONDS}`];
  const folder = await made('relay-1080p25', cache, [
    [...source, ...duration, ...x264(50, '4M'), '-f', 'h264', 'whole.h264'],
    [
      '-i',
      'whole.h264',
      '-c',
      'copy',
      '-f',
      'segment',
      '-segment_time',
      '2',
      '-segment_format',
      'h264',
      '%03d.h264',
    ],
    [...tone, ...duration, '-c:a', 'pcm_alaw', '-f', 'alaw', 'sound.alaw'],
  ]);
  return { pictures: join(folder, '%03d.h264'), codec: 'h264', fps: 25, sound: join(folder, 'sound.alaw') };
}

/** H.264 320×180, 15 fps, a key frame every 2 s, no sound: a relay of it costs so little that any machine has many. */
export async function smallRelayClip(cache = clipCache): Promise<Omit<RelayClip, 'sound'>> {
  const folder = await made('relay-small', cache, gopFiles('320x180', LOOP_SECONDS, 0));
  return { pictures: join(folder, '%03d.h264'), codec: 'h264', fps: 15 };
}

/** The same, but that its pictures are 640×360 for 6 s, then 320×180 for 6 s. */
export async function changingRelayClip(cache = clipCache): Promise<Omit<RelayClip, 'sound'>> {
  const commands = [...gopFiles('640x360', 6, 0), ...gopFiles('320x180', 6, 3)];
  const folder = await made('relay-changing', cache, commands);
  return { pictures: join(folder, '%03d.h264'), codec: 'h264', fps: 15 };
}

/** Commands for files of one GOP of 2 s each, counted from `first`. Cut from a whole one, they keep their parameter sets. */
function gopFiles(size: string, seconds: number, first: number): string[][] {
  const whole = `whole${first}.h264`;
  const parted = ['-f', 'segment', '-segment_time', '2', '-segment_start_number', `${first}`];
  return [
    [...picture(size, 15), '-t', `${seconds}`, ...x264(30, '200k'), '-f', 'h264', whole],
    ['-i', whole, '-c', 'copy', ...parted, '-segment_format', 'h264', '%03d.h264'],
  ];
}

/** How long the clip of `passingClip` is, and during which part of it something is in the picture; seconds. */
export const passing = { loopS: 20, fromS: 6, untilS: 10 } as const;

/**
 * 640×360, 15 fps, a key frame every second: a white box passes in front of something grey from the left to the right, then
 * nothing moves until the clip begins again.
 */
export async function passingClip(
  codec: 'h264' | 'h265',
  cache = clipCache,
): Promise<Omit<RelayClip, 'sound'>> {
  const { loopS, fromS, untilS } = passing;
  const speed = 640 / (untilS - fromS);
  const box = `overlay=x='(t-${fromS})*${speed}-30':y=150:enable='between(t,${fromS},${untilS})'`;
  const encoder = codec === 'h264' ? x264(15, '600k') : x265(15, '600k');
  const folder = await made(`passing-${codec}`, cache, [
    [
      ...['-f', 'lavfi', '-i', 'color=c=0x707070:s=640x360:r=15,drawgrid=w=80:h=60:c=0x505050'],
      ...['-f', 'lavfi', '-i', 'color=c=white:s=60x120:r=15', '-filter_complex', `[0][1]${box}`],
      ...['-t', `${loopS}`, ...encoder, '-f', codec === 'h264' ? 'h264' : 'hevc', 'whole'],
    ],
    [
      ...['-f', codec === 'h264' ? 'h264' : 'hevc', '-r', '15', '-i', 'whole', '-c', 'copy', '-f', 'segment'],
      ...['-segment_time', '1', '-segment_format', codec === 'h264' ? 'h264' : 'hevc', `%03d.${codec}`],
    ],
  ]);
  return { pictures: join(folder, `%03d.${codec}`), codec, fps: 15 };
}

/** Path of an MP4 file. */
export async function movie(name: MovieName, cache = clipCache): Promise<string> {
  const file = (folder: string) => join(folder, 'movie.mp4');
  const clip = (encoder: readonly string[]) =>
    made(name, cache, [[...picture('640x360', 15), '-t', `${LOOP_SECONDS}`, ...encoder, 'movie.mp4']]);
  switch (name) {
    case 'h264-gop1s':
      return file(await clip(x264(15, '300k')));
    case 'h264-gop2s':
      return file(await clip(x264(30, '300k')));
    case 'h265-gop2s':
      return file(await clip(x265(30, '300k')));
    case 'h264-gop2s-long':
      return file(await long(name, await movie('h264-gop2s', cache), cache));
    case 'h265-gop2s-long':
      return file(await long(name, await movie('h265-gop2s', cache), cache));
  }
}

function long(name: string, movieFile: string, cache: string): Promise<string> {
  return made(name, cache, [
    ['-stream_loop', `${LONG_SECONDS / LOOP_SECONDS - 1}`, '-i', movieFile, '-c', 'copy', 'movie.mp4'],
  ]);
}

/**
 * The folder in which the given FFmpeg commands were run, once for ever: it is named by the commands and appears under its
 * name only when all of them are through, so that two test runs at once and a killed one do no harm.
 */
async function made(name: string, cache: string, commands: readonly (readonly string[])[]): Promise<string> {
  const recipe = createHash('sha256').update(JSON.stringify(commands)).digest('hex').slice(0, 12);
  const folder = join(cache, `${name}-${recipe}`);
  if (await isThere(folder)) return folder;
  const workshop = join(cache, `.making-${randomUUID()}`);
  await mkdir(workshop, { recursive: true });
  try {
    for (const args of commands) {
      const options = { cwd: workshop, timeout: ENCODE_LIMIT_MS, killSignal: 'SIGKILL' as const };
      await run('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', ...args], options);
    }
    await rename(workshop, folder);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    // Another run was faster: a folder is not renamed onto one that holds files (rename(2), ENOTEMPTY).
    if (!(await isThere(folder))) throw error;
  }
  return folder;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
