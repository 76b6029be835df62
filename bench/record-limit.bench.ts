// How many cameras this machine records: more and more, until one loses a fragment or is late, and what gave way first.

import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { StationEvent } from '../electron/contract/events.ts';
import { type StationClient, startStation } from '../tests/driver/station-process.ts';
import { inFolder } from './in-folder.ts';
import { cpuSeconds, privateBytes, tree } from './process-tree.ts';
import { startReplayCameras } from './replay-cameras.ts';
import type { Bench } from './report.ts';

interface Plan {
  readonly first: number;
  readonly step: number;
  readonly most: number;
  /** Watched for this long at each step, after all cameras of it record. */
  readonly holdS: number;
  /** No step begins after this. */
  readonly untilS: number;
}

const full: Plan = { first: 16, step: 8, most: 256, holdS: 20, untilS: 3_600 };
const brief: Plan = { first: 16, step: 32, most: 256, holdS: 3, untilS: 25 };
const startLimitMs = 20_000;
const settleMs = 3_000;
const lateLimitMs = 2_000;
/** The station says at most once a second how far footage reaches. */
const toldEveryMs = 1_000;
const gopMs = 2_000;
/** A thread that works more than this waits for nothing but itself. */
const busyThread = 0.9;
const idleMachine = 0.1;

interface StreamSeen {
  newestMs: number;
  toldMs: number;
  isRunning: boolean;
}

/** What the station tells of its streams, and the first thing that went wrong. */
class Watch {
  readonly #streams = new Map<string, StreamSeen>();
  #isHeld = false;
  #failure: string | undefined;
  mostLateMs = 0;

  async follow(client: StationClient, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of await client.events.watch(undefined, { signal })) this.#take(event);
    } catch (error) {
      if (!signal.aborted) this.#fail(`the events ended: ${String(error)}`);
    }
  }

  get running(): number {
    return [...this.#streams.values()].filter(({ isRunning, newestMs }) => isRunning && newestMs > 0).length;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  /** From now on nothing may go wrong. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld) this.mostLateMs = 0;
  }

  /** To be asked every second: a stream that tells nothing is late, too. */
  look(): void {
    for (const { toldMs, newestMs } of this.#streams.values()) {
      if (newestMs > 0) this.#late(Date.now() - toldMs - toldEveryMs - gopMs);
    }
  }

  #take(event: StationEvent): void {
    if (event.kind === 'footage') {
      const stream = this.#stream(event.streamId);
      stream.newestMs = event.newestMs;
      stream.toldMs = Date.now();
      this.#late(stream.toldMs - event.newestMs - toldEveryMs);
    } else if (event.kind === 'stream-state') {
      this.#stream(event.streamId).isRunning = event.state.kind === 'running' && event.state.recording;
      if (event.state.kind === 'waiting') this.#fail(`a camera was lost: ${event.state.reason}`);
    } else if (event.kind === 'gap' && event.gap.reason !== 'starting') {
      this.#fail(`footage was lost: ${event.gap.reason}`);
    }
  }

  #late(byMs: number): void {
    if (!this.#isHeld) return;
    this.mostLateMs = Math.max(this.mostLateMs, byMs);
    if (byMs > lateLimitMs) this.#fail(`footage was late by ${Math.round(byMs)} ms`);
  }

  #fail(words: string): void {
    if (this.#isHeld) this.#failure ??= words;
  }

  #stream(id: string): StreamSeen {
    const seen = this.#streams.get(id) ?? { newestMs: 0, toldMs: Date.now(), isRunning: false };
    this.#streams.set(id, seen);
    return seen;
  }
}

interface Load {
  /** Cores: the station's own process, its FFmpegs, the cameras. */
  readonly station: number;
  readonly recorders: number;
  readonly cameras: number;
  /** Share of all cores. */
  readonly idle: number;
  readonly privateMb: number;
}

function idleSeconds(): number {
  return os.cpus().reduce((sum, { times }) => sum + times.idle, 0) / 1_000;
}

async function loadDuring(station: number, cameras: number, work: () => Promise<void>): Promise<Load> {
  const recorders = tree(station).filter((pid) => pid !== station);
  const read = () => ({
    station: cpuSeconds([station]),
    recorders: cpuSeconds(recorders),
    cameras: cpuSeconds([cameras]),
    idle: idleSeconds(),
  });
  const [began, before] = [performance.now(), read()];
  await work();
  const seconds = (performance.now() - began) / 1_000;
  const after = read();
  const cores = (of: keyof typeof before) => (after[of] - before[of]) / seconds;
  return {
    station: cores('station'),
    recorders: cores('recorders'),
    cameras: cores('cameras'),
    idle: cores('idle') / os.availableParallelism(),
    privateMb: privateBytes([station, ...recorders]) / 1e6,
  };
}

function whatGaveWay({ station, cameras, idle }: Load): string {
  if (cameras > busyThread) return 'the cameras of this bench: the limit is higher';
  if (station > busyThread) return `the station's own thread (${station.toFixed(2)} cores)`;
  if (idle < idleMachine) return `the processor (${Math.round(idle * 100)} % idle)`;
  return `neither processor (${Math.round(idle * 100)} % idle) nor thread: the disk or the network`;
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const plan = short ? brief : full;
    const began = performance.now();
    await using cameras = await startReplayCameras();
    await using station = await startStation(folder);
    const watch = new Watch();
    const stopping = new AbortController();
    const following = watch.follow(station.client, stopping.signal);
    let [count, held, why] = [0, 0, 'nothing: the plan ended'];
    let load: Load | undefined;
    for (let wanted = plan.first; wanted <= plan.most; wanted += plan.step) {
      for (; count < wanted; count += 1) {
        await station.client.cameras.add({ name: `Camera ${count + 1}`, url: cameras.url(count + 1) });
      }
      const deadline = performance.now() + startLimitMs;
      while (watch.running < wanted && performance.now() < deadline) await delay(100);
      await delay(settleMs);
      const isThere = watch.running === wanted;
      watch.hold(true);
      load = await loadDuring(station.pid, cameras.pid, async () => {
        for (let second = 0; second < plan.holdS && watch.failure === undefined; second += 1) {
          await delay(1_000);
          watch.look();
        }
      });
      watch.hold(false);
      if (!isThere || watch.failure !== undefined) {
        why = `${whatGaveWay(load)}; ${watch.failure ?? `only ${watch.running} of ${wanted} came to record`}`;
        break;
      }
      held = wanted;
      if (performance.now() - began > plan.untilS * 1_000) break;
    }
    stopping.abort();
    // The iterator may only notice with its next event, which a station that ends sends for certain.
    await station.stop();
    await following;
    const cores = os.availableParallelism();
    const aim = cores * 50;
    return {
      conditions: {
        cameras: '1080p25 H.264 4 Mbit/s over RTSP/TCP, keyframe every 2 s, cut into packets beforehand',
        station: 'headless: recording, live hub, motion and thumbnails; one window that hears events',
        limit: 'a fragment lost, or more than 2 s late',
        steps: `${plan.first}, then ${plan.step} more, each held for ${plan.holdS} s`,
        gaveWay: why,
        ...(short ? { short: 'yes: ends after half a minute, whether the limit is reached or not' } : {}),
      },
      figures: [
        {
          name: 'cameras recorded without a loss',
          value: held,
          unit: 'cameras',
          aim: `≥ ${aim} (100 on 2 cores)`,
          met: held >= aim,
        },
        { name: 'footage late at most, at the last step', value: watch.mostLateMs, unit: 'ms' },
        { name: 'station, at the last step', value: load?.station ?? 0, unit: 'cores' },
        { name: 'FFmpeg, at the last step', value: load?.recorders ?? 0, unit: 'cores' },
        { name: 'cameras of the bench, at the last step', value: load?.cameras ?? 0, unit: 'cores' },
        { name: 'private memory, at the last step', value: load?.privateMb ?? 0, unit: 'MB' },
      ],
    };
  });
