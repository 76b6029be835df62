// Proof: four real cameras of two servers are recorded, and everything they sent is stored and plays everywhere.
// `node tests/proofs/four-cameras.ts [seconds, 180 when left out]` prints a table and what is wrong, if anything is.

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Site, until, untold } from '../faults/site.ts';
import { brokenTimes, type SegmentRow } from '../faults/store-audit.ts';
import { decodeBurntClock } from '../peers/burnt-clock.ts';
import { movie } from '../peers/clips.ts';
import { pullPictures } from '../peers/ffmpeg-client.ts';
import { startGstreamerCameras } from '../peers/gstreamer.ts';
import { startVlcCamera } from '../peers/vlc.ts';
import { countFrames, decodingComplaints, frameHashes, vlcComplaints } from './players.ts';

const fps = 15;
const gopFrames = 30;
const frameMs = 1_000 / fps;
const encoded = { width: 640, height: 360, fps, gopFrames, kilobits: 600 } as const;
const plans = {
  gate: { kind: 'h264', ...encoded, audio: 'pcma' },
  yard: { kind: 'h265', ...encoded },
} as const;
/** Clocks are read from pictures scaled down to this. */
const clockSize = { width: 160, height: 90 };
/** A recorder that is switched off has this long to close its segment. */
const closingLimitMs = 5_000;

/** What a camera has sent so far, and whether what was stored of it goes on without a hole. */
interface Witness {
  readonly what: string;
  sent(): Promise<number>;
  /** Frames that are missing between the first and the last stored one. */
  missing(files: readonly string[]): Promise<number>;
}

interface Line {
  readonly camera: string;
  readonly what: string;
  readonly files: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly sent: number;
  readonly stored: number;
  readonly missing: number;
}

export interface Proof {
  readonly lines: readonly Line[];
  /** Everything that is not as it has to be. */
  readonly problems: readonly string[];
}

/** Cameras that count their frames and burn the time of each into it. */
function gstreamerWitness(what: string, framesSent: () => Promise<number>): Witness {
  return {
    what,
    sent: framesSent,
    async missing(files) {
      let missing = 0;
      let before: number | undefined;
      for (const file of files) {
        for (const picture of await pullPictures(file, clockSize)) {
          const clock = decodeBurntClock(picture, clockSize.width, clockSize.height);
          if (clock === undefined) throw new Error(`a picture without a clock in ${file}`);
          if (before !== undefined) missing += Math.abs(Math.round((clock - before) / frameMs) - 1);
          before = clock;
        }
      }
      return missing;
    },
  };
}

/** Cameras that repeat a clip: each stored picture is the one that follows in the clip. */
async function clipWitness(what: string, clip: string): Promise<Witness> {
  const hashes = await frameHashes(clip);
  const places = new Map(hashes.map((hash, at) => [hash, at]));
  if (places.size !== hashes.length) throw new Error('two pictures of the clip are the same');
  return {
    what,
    sent: () => Promise.resolve(Math.round(performance.now() / frameMs)),
    async missing(files) {
      let missing = 0;
      let before: number | undefined;
      for (const file of files) {
        for (const hash of await frameHashes(file)) {
          const at = places.get(hash);
          if (at === undefined) throw new Error(`a picture that is not of the clip in ${file}`);
          if (before !== undefined) missing += (at - before - 1 + hashes.length) % hashes.length;
          before = at;
        }
      }
      return missing;
    },
  };
}

/** Records for so long, stops, and looks at everything that is stored. */
export async function proveFourCameras(
  seconds: number,
  segmentSeconds: number,
  say: (line: string) => void,
): Promise<Proof> {
  await using cameras = await startGstreamerCameras(plans);
  await using h264 = await startVlcCamera(await movie('h264-gop2s-long'));
  await using h265 = await startVlcCamera(await movie('h265-gop2s-long'));
  await using site = await Site.open({ settings: { segmentSeconds: String(segmentSeconds) } });
  const witnesses = new Map<string, Witness>([
    ['gate', gstreamerWitness('GStreamer, H.264, G.711, TCP', () => cameras.framesSent('gate'))],
    ['yard', gstreamerWitness('GStreamer, H.265, TCP', () => cameras.framesSent('yard'))],
    ['door', await clipWitness('VLC, H.264, UDP', await movie('h264-gop2s'))],
    ['hall', await clipWitness('VLC, H.265, UDP', await movie('h265-gop2s'))],
  ]);
  const added: Camera[] = [];
  for (const [name, url] of Object.entries(cameras.urls))
    added.push(await site.client.cameras.add({ name, url, recording: false }));
  for (const [name, { url }] of Object.entries({ door: h264, hall: h265 }))
    added.push(await site.client.cameras.add({ name, url, transport: 'udp', recording: false }));
  for (const camera of added) {
    await until(
      `${camera.name} is there`,
      20_000,
      async () => (await site.stateOf(camera)).kind === 'running',
    );
  }

  const counts = () => Promise.all(added.map(async ({ name }) => witnesses.get(name)?.sent() ?? 0));
  const switchAll = (recording: boolean) =>
    Promise.all(added.map(({ id }) => site.client.cameras.setRecording({ cameraId: id, recording })));
  const sentBefore = await counts();
  await switchAll(true);
  say(`recording ${added.length} cameras for ${seconds} s`);
  await pause(seconds * 1_000);
  const sentAfter = await counts();
  await switchAll(false);
  const rows = await until('all segments are closed', closingLimitMs, async () => {
    const timelines = await Promise.all(added.map((camera) => site.timeline(camera)));
    const isOver = timelines.every(({ gaps }) => {
      const last = gaps.at(-1);
      return last?.reason === 'recording-off' && last.endMs === undefined;
    });
    return isOver && site.rows();
  });

  const lines: Line[] = [];
  const problems = brokenTimes(rows, site.gaps());
  for (const [index, camera] of added.entries()) {
    problems.push(...untold(await site.timeline(camera)));
    const witness = witnesses.get(camera.name) as Witness;
    const own = rows.filter(({ streamId }) => streamId === camera.streamId);
    say(`looking at ${own.length} files of ${camera.name}`);
    const found = await lineOf({ site, camera, witness, rows: own });
    const sent = (sentAfter[index] ?? 0) - (sentBefore[index] ?? 0);
    lines.push({ ...found.line, sent });
    problems.push(...found.problems);
    if (found.line.missing > 0) problems.push(`${camera.name}: ${found.line.missing} frames are missing`);
    if (Math.abs(sent - found.line.stored) > 2 * gopFrames)
      problems.push(`${camera.name}: ${sent} frames sent, ${found.line.stored} stored`);
  }
  await site.stop();
  return { lines, problems: [...problems, ...site.broken()] };
}

interface Stored {
  readonly site: Site;
  readonly camera: Camera;
  readonly witness: Witness;
  readonly rows: readonly SegmentRow[];
}

async function lineOf({ site, camera, witness, rows }: Stored): Promise<{
  line: Omit<Line, 'sent'>;
  problems: string[];
}> {
  const files = rows.map((row) => path.join(site.footage, row.path));
  const problems: string[] = [];
  let stored = 0;
  for (const file of files) {
    stored += await countFrames(file, problems);
    problems.push(...(await decodingComplaints(file)));
  }
  const complained = await Promise.all(
    rows.map(({ startMs, endMs }, at) => vlcComplaints(files[at] ?? '', (endMs - startMs) / 1_000)),
  );
  problems.push(...complained.flat());
  const missing = await witness.missing(files);
  const bytes = rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const seconds = rows.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1_000;
  const line = { camera: camera.name, what: witness.what, files: files.length, stored, missing };
  return { line: { ...line, megabytes: bytes / 1e6, seconds }, problems };
}

/** The lines as a table. */
export function tableOf({ lines, problems }: Proof): string {
  const head =
    '| camera | server | files | MB | s | frames sent | stored | missing inside |\n|---|---|---|---|---|---|---|---|';
  const rows = lines.map(
    ({ camera, what, files, megabytes, seconds, sent, stored, missing }) =>
      `| ${camera} | ${what} | ${files} | ${megabytes.toFixed(1)} | ${seconds.toFixed(1)} | ${sent} | ${stored} | ${missing} |`,
  );
  const sum =
    problems.length === 0
      ? 'Every file plays in ffprobe, FFmpeg and VLC without a complaint; no two rows overlap; no moment is without a word.'
      : `Wrong:\n${problems.join('\n')}`;
  return [head, ...rows, '', sum].join('\n');
}

if (import.meta.main) {
  const seconds = Number(process.argv[2] ?? 180);
  const proof = await proveFourCameras(seconds, 60, console.log);
  console.log(`\n${tableOf(proof)}`);
  process.exitCode = proof.problems.length === 0 ? 0 : 1;
}
