// CPU and memory of recording N real RTSP cameras, beside a bare `ffmpeg -c copy -f segment` per camera.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startStation } from '../tests/driver/station-process.ts';
import { relayClip } from '../tests/peers/clips.ts';
import { relayCamera, startGstreamerCameras } from '../tests/peers/gstreamer.ts';
import { inFolder } from './in-folder.ts';
import { cpuSeconds, privateBytes, tree } from './process-tree.ts';
import { type Bench, type Figure, median } from './report.ts';

interface Plan {
  readonly counts: readonly number[];
  /** Of these, where cameras with sound are measured as well. */
  readonly withSound: readonly number[];
  readonly rounds: number;
  readonly windowS: number;
}

const full: Plan = { counts: [1, 8, 32, 64], withSound: [8, 32], rounds: 5, windowS: 12 };
const brief: Plan = { counts: [8], withSound: [8], rounds: 1, windowS: 8 };
/** From the last camera's start until the figures are taken: connections, first GOPs, caches. */
const settleS = 5;
const connectLimitMs = 60_000;

interface Reading {
  /** Cores per camera. */
  readonly cores: number;
  readonly privateMb: number;
}

async function measure(roots: readonly number[], count: number, windowS: number): Promise<Reading> {
  const pids = roots.flatMap(tree);
  const began = performance.now();
  const before = cpuSeconds(pids);
  await delay(windowS * 1_000);
  const seconds = (performance.now() - began) / 1_000;
  return {
    cores: (cpuSeconds(pids) - before) / seconds / count,
    privateMb: privateBytes(pids) / 1e6 / count,
  };
}

async function ours(urls: readonly string[], windowS: number, folder: string): Promise<Reading> {
  await using station = await startStation(folder);
  for (const [index, url] of urls.entries()) {
    await station.client.cameras.add({ name: `Camera ${index + 1}`, url, transport: 'tcp', recording: true });
  }
  const deadline = performance.now() + connectLimitMs;
  for (;;) {
    const cameras = await station.client.cameras.list();
    if (cameras.every(({ state }) => state.kind === 'running')) break;
    if (performance.now() > deadline) throw new Error(`not all of ${urls.length} cameras record`);
    await delay(200);
  }
  await delay(settleS * 1_000);
  return await measure([station.pid], urls.length, windowS);
}

/** Matroska, because MP4 has no place for G.711; the copy costs the same. */
function bareRecorder(url: string, folder: string, index: number): ChildProcess {
  return spawn(
    'ffmpeg',
    [
      ...[
        '-hide_banner',
        '-loglevel',
        'error',
        '-rtsp_transport',
        'tcp',
        '-i',
        url,
        '-c',
        'copy',
        '-map',
        '0',
      ],
      ...['-f', 'segment', '-segment_time', '60', '-segment_atclocktime', '1', '-segment_format', 'matroska'],
      path.join(folder, `${index}-%d.mkv`),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], shell: false },
  );
}

async function bare(urls: readonly string[], windowS: number, folder: string): Promise<Reading> {
  const recorders = urls.map((url, index) => bareRecorder(url, folder, index));
  try {
    await delay(2_000 + settleS * 1_000);
    return await measure(
      recorders.flatMap(({ pid }) => (pid === undefined ? [] : [pid])),
      urls.length,
      windowS,
    );
  } finally {
    await Promise.all(
      recorders.map((child) => {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        return ended;
      }),
    );
  }
}

async function compare(count: number, sound: boolean, plan: Plan): Promise<Figure[]> {
  const { sound: soundFile, ...pictures } = await relayClip();
  const camera = sound
    ? relayCamera({ ...pictures, sound: soundFile })
    : ({ kind: 'relay', ...pictures } as const);
  const plans = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`camera${index + 1}`, camera]),
  );
  await using server = await startGstreamerCameras(plans);
  const urls = Object.values(server.urls);
  const readings: { ours: Reading; bare: Reading }[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    readings.push({
      ours: await inFolder((folder) => ours(urls, plan.windowS, folder)),
      bare: await inFolder((folder) => bare(urls, plan.windowS, folder)),
    });
  }
  const of = (side: 'ours' | 'bare', field: keyof Reading) => median(readings.map((one) => one[side][field]));
  const label = `N=${count}${sound ? ' with G.711 to AAC' : ''}`;
  const cores = of('ours', 'cores');
  const otherCores = of('bare', 'cores');
  const aim = sound ? 1.8 : 1.3;
  const memory = of('ours', 'privateMb');
  return [
    {
      name: `${label}: cores per camera`,
      value: cores,
      unit: 'cores',
      other: otherCores,
      ratio: cores / otherCores,
      ...(count === 32 ? { aim: `≤ ${aim}×`, met: cores / otherCores <= aim } : {}),
    },
    {
      name: `${label}: private memory per camera`,
      value: memory,
      unit: 'MB',
      other: of('bare', 'privateMb'),
      ratio: memory / of('bare', 'privateMb'),
      aim: '≤ 30 MB',
      met: memory <= 30,
    },
  ];
}

export const bench: Bench = async ({ short }) => {
  const plan = short ? brief : full;
  const figures: Figure[] = [];
  for (const count of plan.counts) {
    figures.push(...(await compare(count, false, plan)));
    if (plan.withSound.includes(count)) figures.push(...(await compare(count, true, plan)));
  }
  return {
    conditions: {
      cameras:
        '1080p25 H.264 4 Mbit/s, keyframe every 2 s, with and without G.711, looped by GStreamer over RTSP/TCP',
      ours: 'headless station: recording, live hub, motion and thumbnails; no window open',
      other: 'one ffmpeg -c copy -f segment per camera',
      rounds: plan.rounds,
      windowS: plan.windowS,
      ...(short ? { short: 'yes' } : {}),
    },
    figures,
  };
};
