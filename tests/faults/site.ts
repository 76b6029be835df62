// A real station on a folder of its own, with what a fault test needs of it: starts and ends, waits, and its store seen from outside.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openCatalog } from '../../electron/catalog/open.ts';
import { SettingRows } from '../../electron/catalog/settings.ts';
import type { StationInfo } from '../../electron/contract/health.ts';
import type { Camera, Timeline } from '../../electron/contract/shapes.ts';
import { readRecorderFile, recorderFile } from '../../recorder/capture/recorder-file.ts';
import { runningIn } from '../driver/processes.ts';
import { type StationProcess, type StationSurroundings, startStation } from '../driver/station-process.ts';
import * as audit from './store-audit.ts';

const pollMs = 20;
const migrationsFolder = path.resolve(import.meta.dirname, '../../migrations');

/** Asks again and again until there is an answer; says what was missing when there is none within the limit. */
export async function until<Answer>(
  what: string,
  limitMs: number,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  everyMs = pollMs,
): Promise<Answer> {
  const began = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() - began > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await pause(everyMs);
  }
}

export interface SiteOptions {
  /** Rows of the catalog's settings, there before the first start; names as in `electron/settings`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly surroundings?: StationSurroundings;
  /** Where to see the volume when the station runs in a mount namespace of its own. */
  readonly seenAt?: (file: string) => string;
  /** A folder that is there already (a disk that was made for the test); else a temporary one. */
  readonly dataFolder?: string;
}

export class Site implements AsyncDisposable {
  /** All of the site's files; taken away at the end. */
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lookout-faults-')));
  readonly data: string;
  /** The station's folder for temporary files: the recorders run in it, and nobody else on this machine. */
  readonly temporary: string;
  readonly #options: SiteOptions;
  #station: StationProcess | undefined;

  static async open(options: SiteOptions = {}): Promise<Site> {
    const site = new Site(options);
    try {
      await site.start();
      return site;
    } catch (error) {
      await site[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Not started yet. */
  constructor(options: SiteOptions = {}) {
    this.#options = options;
    this.data = options.dataFolder ?? path.join(this.folder, 'data');
    this.temporary = path.join(this.folder, 'tmp');
    mkdirSync(this.temporary);
    if (options.settings !== undefined) this.setSettings(options.settings);
  }

  get station(): StationProcess {
    if (this.#station === undefined) throw new Error('the station does not run');
    return this.#station;
  }

  get client(): StationProcess['client'] {
    return this.station.client;
  }

  get catalogFile(): string {
    return path.join(this.data, 'catalog/lookout.db');
  }

  get footage(): string {
    return (this.#options.seenAt ?? ((file) => file))(path.join(this.data, 'footage'));
  }

  /** While the station is stopped: it reads them when it starts. */
  setSettings(settings: Readonly<Record<string, string>>): void {
    mkdirSync(path.dirname(this.catalogFile), { recursive: true });
    const catalog = openCatalog(this.catalogFile, { migrationsFolder });
    const rows = new SettingRows(catalog);
    for (const [name, value] of Object.entries(settings)) rows.set(name, value);
    catalog.close();
  }

  async start(): Promise<StationProcess> {
    const { surroundings = {} } = this.#options;
    const environment = { TMPDIR: this.temporary, ...surroundings.environment };
    this.#station = await startStation(this.data, [], { ...surroundings, environment });
    return this.#station;
  }

  /** SIGKILL of the program and all its recorders at once, or of the program alone. */
  async kill(whole: 'station' | 'tree'): Promise<void> {
    await this.station.kill(whole);
    this.#station = undefined;
  }

  /** Launches the program and kills it, and all it started, before or after it is ready. */
  async killWhileStarting(afterMs: number): Promise<void> {
    const args = [path.join(import.meta.dirname, '../../electron/headless.ts'), '--data', this.data];
    const env = { ...process.env, TMPDIR: this.temporary };
    const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore', env });
    const ended = once(child, 'exit');
    await pause(afterMs);
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }

  async stop(): Promise<number | null> {
    const code = await this.station.stop();
    this.#station = undefined;
    return code;
  }

  /** Adds cameras that record, and waits until footage of each is on the disk. */
  async addRecording(urls: Readonly<Record<string, string>>, limitMs = 15_000): Promise<Camera[]> {
    const cameras = [];
    for (const [name, url] of Object.entries(urls))
      cameras.push(await this.client.cameras.add({ name, url }));
    await this.recording(cameras, limitMs);
    return cameras;
  }

  async addTestPattern(name = 'Pattern'): Promise<Camera> {
    const camera = await this.client.cameras.addTestPattern({ name });
    await this.recording([camera]);
    return camera;
  }

  /** Waits until footage of `sinceMs` and later is stored of all of these. */
  async recording(cameras: readonly Camera[], limitMs = 15_000, sinceMs = 0): Promise<void> {
    for (const camera of cameras) {
      await until(`${camera.name} records`, limitMs, async () => {
        const { newestMs = 0 } = await this.timeline(camera);
        return newestMs > sinceMs && (await this.stateOf(camera)).kind === 'running';
      });
    }
  }

  async stateOf(camera: Camera): Promise<Camera['state']> {
    const found = (await this.client.cameras.list()).find(({ id }) => id === camera.id);
    if (found === undefined) throw new Error(`there is no camera ${camera.name}`);
    return found.state;
  }

  /** The last day and the next minute. */
  timeline({ streamId }: Camera): Promise<Timeline> {
    const nowMs = Date.now();
    return this.client.timeline.range({ streamId, startMs: nowMs - 86_400_000, endMs: nowMs + 60_000 });
  }

  info(): Promise<StationInfo> {
    return this.client.station.info();
  }

  /** The FFmpeg that runs for a camera now. */
  ffmpegPid({ streamId }: Camera): number {
    const pid = readRecorderFile(recorderFile(path.join(this.data, 'recorders'), streamId)).process?.pid;
    if (pid === undefined) throw new Error('no FFmpeg runs');
    return pid;
  }

  /** Every FFmpeg of this site, whoever is its parent by now. */
  recorders(): number[] {
    return runningIn(this.temporary);
  }

  log(): string {
    return readFileSync(path.join(this.data, 'logs/lookout.log'), 'utf8');
  }

  rows(): audit.SegmentRow[] {
    return audit.segmentRows(this.catalogFile);
  }

  gaps(): audit.GapRow[] {
    return audit.gapRows(this.catalogFile);
  }

  /** Everything that breaks an invariant of the store; the station is stopped. */
  broken(): string[] {
    const rows = this.rows();
    return [
      ...audit.brokenFiles(this.footage, rows),
      ...audit.unnamedFiles(this.footage, rows),
      ...audit.brokenTimes(rows, this.gaps()),
    ];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#station?.[Symbol.asyncDispose]();
    for (const pid of this.recorders()) process.kill(pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What of a timeline is neither covered nor explained, and what is both; empty when it tells the whole story once. */
export function untold({ coverage, gaps }: Timeline): string[] {
  const pieces = [
    ...coverage.map(({ startMs, endMs }) => ({ startMs, endMs, what: 'coverage' })),
    ...gaps.map(({ startMs, endMs = Number.POSITIVE_INFINITY, reason }) => ({
      startMs,
      endMs,
      what: reason,
    })),
  ].toSorted((one, other) => one.startMs - other.startMs);
  return pieces.flatMap((piece, index) => {
    const before = pieces[index - 1];
    if (before === undefined || before.endMs === piece.startMs) return [];
    return [`${piece.startMs - before.endMs} ms between ${before.what} and ${piece.what}`];
  });
}
