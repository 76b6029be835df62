// Footage whose every picture carries its number, muxed by FFmpeg as for a camera, so that a player's picture can be named.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type CutItem, type Fragment, FragmentCutter } from '../../recorder/media/fragment-cutter.ts';

const run = promisify(execFile);

export const fps = 25;
/** The number stands in the top strip as ten cells, black or white, the highest bit first. */
export const numberBits = 10;
const encodeLimitMs = 60_000;
const footageLimitBytes = 64 * 1024 * 1024;

export interface NumberedFootage {
  readonly init: Extract<CutItem, { kind: 'init' }>;
  readonly fragments: readonly Fragment[];
}

/** 320×180 H.264 with AAC sound, a keyframe every `gopFrames`; the first picture has the number `firstNumber`. */
export async function encodeNumbered(
  seconds: number,
  firstNumber: number,
  gopFrames: number,
): Promise<NumberedFootage> {
  const cells = Array.from({ length: numberBits }, (_, cell) => {
    const isOne = `mod(floor((n+${firstNumber})/${2 ** (numberBits - 1 - cell)}),2)`;
    const place = `x=${cell * 32}:y=0:w=32:h=32:t=fill`;
    return `drawbox=${place}:color=black,drawbox=${place}:color=white:enable='${isOne}'`;
  });
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', `testsrc2=s=320x180:r=${fps}:d=${seconds}`],
      // The sound's priming would begin before 0, and the muxer stretch the first picture by as much.
      ...['-itsoffset', '0.1', '-f', 'lavfi', '-i', `sine=r=48000:d=${seconds}`, '-vf', cells.join(',')],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
      ...['-g', String(gopFrames), '-keyint_min', String(gopFrames), '-sc_threshold', '0', '-c:a', 'aac'],
      ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '200000'],
      ...['-write_prft', 'wallclock', '-f', 'mp4', 'pipe:1'],
    ],
    { encoding: 'buffer', timeout: encodeLimitMs, maxBuffer: footageLimitBytes },
  );
  const items = new FragmentCutter().push(stdout);
  const [init] = items;
  if (init?.kind !== 'init') throw new Error('FFmpeg sent no init section first');
  return { init, fragments: items.flatMap((item) => (item.kind === 'fragment' ? [item.fragment] : [])) };
}
