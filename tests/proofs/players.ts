// Players nobody here wrote, as judges of stored files: ffprobe, FFmpeg's decoders, VLC.

import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { startPeer } from '../peers/peer-process.ts';

const run = promisify(execFile);
const judgeLimitMs = 120_000;
const options = { timeout: judgeLimitMs, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 } as const;

/** Video packets of a file; what ffprobe complains of goes to `problems`. */
export async function countFrames(file: string, problems: string[]): Promise<number> {
  const what = ['-select_streams', 'v', '-count_packets', '-show_entries', 'stream=nb_read_packets'];
  const { stdout, stderr } = await run('ffprobe', ['-v', 'error', ...what, '-of', 'csv=p=0', file], options);
  if (stderr !== '') problems.push(`ffprobe, ${file}: ${stderr}`);
  return Number.parseInt(stdout, 10);
}

/**
 * What FFmpeg says while it decodes all of a file: nothing, when all is well. Times are compared in the file's own ticks: left
 * to itself FFmpeg rounds them to whole frames, and complains of two pictures in one where a camera's clock trembles.
 */
export async function decodingComplaints(file: string): Promise<string[]> {
  const asStored = ['-fps_mode', 'passthrough', '-enc_time_base', '-1'];
  const { stderr } = await run(
    'ffmpeg',
    ['-nostdin', '-v', 'error', '-i', file, ...asStored, '-f', 'null', '-'],
    options,
  );
  return stderr === '' ? [] : [`ffmpeg, ${file}: ${stderr}`];
}

/** A hash of each decoded picture of a file, in order. */
export async function frameHashes(file: string): Promise<string[]> {
  const args = ['-nostdin', '-v', 'error', '-i', file, '-map', '0:v', '-f', 'framemd5', 'pipe:1'];
  const { stdout } = await run('ffmpeg', args, options);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/** Fast, so that the proof does not take as long as the recording; VLC decodes every picture all the same. */
const vlcRate = 8;
/**
 * VLC without a desktop: not about the file. And its remark, no error, that the fragments of a file are not counted from 0:
 * the count goes on from file to file of a run (ISO/IEC 14496-12, `mfhd`, asks only that it rises).
 */
const harmless =
  /no suitable interface module|interface "globalhotkeys|using the dummy interface|end of playlist|demux: Fragment sequence discontinuity detected \d+ != 0$/;

/** What VLC says while it plays a file of so many seconds, and whether it did not play all of it. */
export async function vlcComplaints(file: string, seconds: number): Promise<string[]> {
  const opened = await open(file, 'r');
  const began = performance.now();
  // VLC refuses root, so it may run as nobody, who need not be able to open our files: it gets this one opened.
  await using vlc = startPeer({
    command: 'vlc',
    args: [
      ...['--intf=dummy', '--no-dbus', '--no-media-library', '--vout=vdummy', '--aout=adummy'],
      ...[`--rate=${vlcRate}`, '--play-and-exit', 'fd://3'],
    ],
    env: { HOME: '/nonexistent' },
    fd: opened.fd,
    unprivileged: true,
  });
  await opened.close();
  const ended = new Promise<number | null>((resolve) => vlc.child.once('close', resolve));
  const late = setTimeout(() => void vlc.stop(), judgeLimitMs);
  const code = await ended;
  clearTimeout(late);
  const took = (performance.now() - began) / 1_000;
  const said = vlc
    .stderrTail()
    .split('\n')
    .filter((line) => line.trim() !== '' && !harmless.test(line));
  if (code !== 0) said.push(`ended with ${code}`);
  if (took < seconds / vlcRate) said.push(`played only ${took.toFixed(1)} s of ${seconds / vlcRate}`);
  return said.map((line) => `VLC, ${file}: ${line}`);
}
