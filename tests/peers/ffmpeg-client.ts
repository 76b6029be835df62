// FFmpeg as the client that judges the test cameras: what a URL carries, its packets, its pictures.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Enough to know codec and size; FFmpeg's 5 s are for streams that say less about themselves. */
const ANALYSIS = ['-analyzeduration', '500000'];
const CLIENT_LIMIT_MS = 30_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

export type Transport = 'tcp' | 'udp';

export interface ProbedPacket {
  readonly stream: number;
  readonly ptsSeconds: number;
  readonly isKey: boolean;
}

async function ffprobe(args: readonly string[]): Promise<unknown> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'json', ...args], {
    timeout: CLIENT_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  return JSON.parse(stdout);
}

/** For example `['h264 1280x720', 'pcm_alaw']`. Rejects with FFmpeg's own words when the URL does not play. */
export async function probeStreams(input: string, transport?: Transport): Promise<string[]> {
  const args = [
    '-show_entries',
    'stream=codec_name,width,height',
    ...ANALYSIS,
    ...transportArgs(transport),
    input,
  ];
  const { streams } = (await ffprobe(args)) as {
    streams: { codec_name: string; width?: number; height?: number }[];
  };
  return streams.map(({ codec_name, width, height }) =>
    width === undefined ? codec_name : `${codec_name} ${width}x${height}`,
  );
}

/** Packets in the order they arrived, without those before FFmpeg knows the time; of a file, or of `seconds` of a URL. */
export async function probePackets(
  input: string,
  live?: { seconds: number; transport: Transport },
): Promise<ProbedPacket[]> {
  const interval = live ? ['-read_intervals', `%+${live.seconds}`] : [];
  const entries = ['-show_entries', 'packet=stream_index,pts_time,flags'];
  const { packets } = (await ffprobe([
    ...entries,
    ...interval,
    ...transportArgs(live?.transport),
    input,
  ])) as {
    packets: { stream_index: number; pts_time?: string; flags: string }[];
  };
  return packets.flatMap(({ stream_index, pts_time, flags }) =>
    pts_time === undefined
      ? []
      : [{ stream: stream_index, ptsSeconds: Number(pts_time), isKey: flags.startsWith('K') }],
  );
}

/** Pictures of a file, all of them, or the next `count` of a camera, as RGBA of the given size. */
export async function pullPictures(
  input: string,
  { count, width, height }: { count?: number; width: number; height: number },
): Promise<Uint8Array[]> {
  const live = count === undefined ? [] : [...ANALYSIS, ...transportArgs('tcp')];
  const frames = count === undefined ? [] : ['-frames:v', `${count}`];
  const raw = ['-s', `${width}x${height}`, '-pix_fmt', 'rgba', '-f', 'rawvideo', 'pipe:1'];
  const args = [
    '-nostdin',
    '-v',
    'error',
    ...live,
    '-i',
    input,
    '-an',
    ...frames,
    '-fps_mode',
    'passthrough',
    ...raw,
  ];
  const { stdout } = await run('ffmpeg', args, {
    timeout: CLIENT_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
    encoding: 'buffer',
  });
  const bytes = width * height * 4;
  return Array.from({ length: stdout.length / bytes }, (_, at) =>
    stdout.subarray(at * bytes, (at + 1) * bytes),
  );
}

function transportArgs(transport: Transport | undefined): string[] {
  return transport === undefined ? [] : ['-rtsp_transport', transport];
}
