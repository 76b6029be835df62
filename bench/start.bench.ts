// From the start of the program until all of 16 cameras record, with an empty store and with many segments in it.

import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type StationClient, startStation } from '../tests/driver/station-process.ts';
import { relayClip } from '../tests/peers/clips.ts';
import { relayCamera, startGstreamerCameras } from '../tests/peers/gstreamer.ts';
import { inFolder } from './in-folder.ts';
import { type Bench, type Figure, median } from './report.ts';

const cameras = 16;
const recordingLimitMs = 60_000;
/** Links to one file that ext4 allows: 65,000. */
const linksPerFile = 60_000;
const pollMs = 20;

async function untilAllRecord(client: StationClient): Promise<void> {
  const deadline = performance.now() + recordingLimitMs;
  for (;;) {
    const list = await client.cameras.list();
    if (list.length === cameras && list.every(({ state }) => state.kind === 'running' && state.recording))
      return;
    if (performance.now() > deadline) throw new Error('not all cameras record');
    await delay(pollMs);
  }
}

/** Starts the station on the folder and stops it again; ms until the link, and until all record. */
async function once(folder: string): Promise<{ linkMs: number; allMs: number }> {
  const began = performance.now();
  await using station = await startStation(folder);
  const linkMs = performance.now() - began;
  await untilAllRecord(station.client);
  return { linkMs, allMs: performance.now() - began };
}

/** Rows with their files, one a minute before the first recorded one, as a station of some weeks has them. */
function addHistory(folder: string, segments: number): void {
  const database = new Database(path.join(folder, 'catalog/lookout.db'));
  try {
    const streams = database
      .prepare(
        `SELECT streams.number, cameras.id AS camera, streams.role, volumes.folder, volumes.number AS volume,
           (SELECT number FROM inits WHERE stream_number = streams.number LIMIT 1) AS init,
           (SELECT min(start_ms) FROM segments WHERE stream_number = streams.number) AS firstMs
         FROM streams JOIN cameras ON cameras.id = streams.camera_id, volumes`,
      )
      .all() as StreamRow[];
    const insert = database.prepare(
      `INSERT INTO segments (stream_number, start_ms, end_ms, run_start_ms, size_bytes, volume_number, init_number, sha256)
       VALUES (?, ?, ?, ?, 64, ?, ?, ?)`,
    );
    const each = Math.ceil(segments / streams.length);
    const files = new LinkedFiles(folder);
    database.transaction(() => {
      for (const stream of streams) {
        for (let index = each; index >= 1; index--) {
          const startMs = stream.firstMs - index * 60_000;
          insert.run(
            stream.number,
            startMs,
            startMs + 60_000,
            startMs,
            stream.volume,
            stream.init,
            Buffer.alloc(32),
          );
          files.add(stream, startMs);
        }
      }
    })();
  } finally {
    database.close();
  }
}

interface StreamRow {
  readonly number: number;
  readonly camera: string;
  readonly role: string;
  readonly folder: string;
  readonly volume: number;
  readonly init: number;
  readonly firstMs: number;
}

/** Files in their places as hard links: half a million directory entries without half a million contents. */
class LinkedFiles {
  readonly #folder: string;
  readonly #made = new Set<string>();
  #count = 0;
  #source = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  add({ folder, camera, role }: StreamRow, startMs: number): void {
    const [year = '', month = '', day = ''] = new Date(startMs).toISOString().slice(0, 10).split('-');
    const place = path.join(folder, camera, role, year, month, day);
    if (!this.#made.has(place)) {
      mkdirSync(place, { recursive: true });
      this.#made.add(place);
    }
    if (this.#count++ % linksPerFile === 0) {
      this.#source = path.join(this.#folder, `source-${this.#count}`);
      writeFileSync(this.#source, Buffer.alloc(64));
    }
    linkSync(this.#source, path.join(place, `${startMs}.mp4`));
  }
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const rounds = short ? 1 : 5;
    const history = short ? 20_000 : 500_000;
    const camera = relayCamera(await relayClip());
    const plans = Object.fromEntries(
      Array.from({ length: cameras }, (_, index) => [`camera${index + 1}`, camera]),
    );
    await using server = await startGstreamerCameras(plans);
    {
      await using station = await startStation(folder);
      for (const [name, url] of Object.entries(server.urls)) {
        await station.client.cameras.add({ name, url, transport: 'tcp', recording: true });
      }
      await untilAllRecord(station.client);
    }
    const figuresOf = async (label: string, aimMs: number): Promise<Figure[]> => {
      const readings = [];
      for (let round = 0; round < rounds; round++) readings.push(await once(folder));
      const allMs = median(readings.map((one) => one.allMs));
      return [
        { name: `${label}: to the link`, value: median(readings.map((one) => one.linkMs)), unit: 'ms' },
        {
          name: `${label}: to 16 cameras recording`,
          value: allMs,
          unit: 'ms',
          aim: `≤ ${aimMs} ms`,
          met: allMs <= aimMs,
        },
      ];
    };
    const few = await figuresOf('nearly empty store', 3_000);
    addHistory(folder, history);
    const many = await figuresOf(`${history} segments`, 5_000);
    return {
      conditions: { cameras, rounds, history, ...(short ? { short: 'yes' } : {}) },
      figures: [...few, ...many],
    };
  });
