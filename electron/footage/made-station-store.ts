// A data folder with a catalog and real footage files of two cameras, for tests of what happens when either is lost.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readInitSection } from '../../recorder/media/init-section.ts';
import { madeFragment, madeInit } from '../../recorder/media/made-footage.ts';
import { type Clocks, type EpochMs, systemClocks } from '../../recorder/model/clock.ts';
import { type CameraId, newId, type StreamId } from '../../recorder/model/ids.ts';
import type { Loss } from '../../recorder/segments/footage-events.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { StreamWriter } from '../../recorder/segments/stream-writer.ts';
import { AlarmRows } from '../catalog/alarms.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { type KeptCatalog, openKeptCatalog } from '../catalog/kept-catalog.ts';
import { createLedger } from '../catalog/ledger.ts';
import { migrationsFolder } from '../catalog/made-catalog.ts';
import { AlarmBoard } from '../events/alarm-board.ts';
import { silentLog } from './made-upkeep.ts';
import { composeUpkeep, type Upkeep } from './upkeep.ts';

/** Ticks and milliseconds are the same in made footage. */
const initBytes = madeInit({ timescale: 1_000 });
const init = { bytes: initBytes, layout: readInitSection(initBytes).layout };

export interface MadePlace {
  readonly streamId: StreamId;
  readonly cameraId: CameraId;
  readonly role: 'main';
  readonly name: string;
}

export interface RowSummary {
  readonly stream: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What runs on the folder while it is open. */
export interface OpenStore {
  readonly kept: KeptCatalog;
  readonly upkeep: Upkeep;
  readonly alarms: AlarmBoard;
  /** Writes footage [fromMs, toMs) of a camera in fragments of half a second, with files of 4 s; returns what was lost. */
  record(place: MadePlace, fromMs: number, toMs: number, fragmentBytes?: number): Promise<Loss[]>;
  rows(): RowSummary[];
  /** As a kill would: nothing is closed that a station closes. */
  kill(): void;
  close(): Promise<void>;
}

export class MadeStationStore {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'lookout-station-'));
  readonly dataFolder = path.join(this.#folder, 'data');
  readonly clocks: Clocks;
  #cameras = 0;

  constructor(clocks: Clocks = systemClocks) {
    this.clocks = clocks;
    mkdirSync(this.dataFolder);
  }

  /** Where other volumes may lie: the data folder itself takes none. */
  beside(name: string): string {
    return path.join(this.#folder, name);
  }

  get catalogFile(): string {
    return path.join(this.dataFolder, 'catalog', 'lookout.db');
  }

  get footageFolder(): string {
    return path.join(this.dataFolder, 'footage');
  }

  /** Opens it as a station does, up to start step 5. */
  async open(): Promise<OpenStore> {
    const { dataFolder, clocks } = this;
    const kept = openKeptCatalog({ dataFolder, migrationsFolder, clocks, log: silentLog });
    const { catalog } = kept;
    const ledger = createLedger(catalog);
    const alarms = new AlarmBoard({
      rows: new AlarmRows(catalog),
      board: { publish: () => {} },
      clock: clocks.wall,
      log: silentLog,
    });
    const upkeep = composeUpkeep({
      ...{ catalog, ledger, alarms, dataFolder, clocks, log: silentLog },
      backupMs: () => kept.backupMs(),
    });
    if (kept.restored !== undefined) await upkeep.restore(kept.restored);
    await upkeep.volumes.look();
    return {
      kept,
      upkeep,
      alarms,
      record: (place, fromMs, toMs, fragmentBytes) =>
        recordMade({ upkeep, ledger, clocks }, place, { fromMs, toMs, fragmentBytes }),
      rows: () =>
        catalog.database
          .prepare<[], RowSummary>(
            `SELECT streams.id AS stream, start_ms AS startMs, end_ms AS endMs, size_bytes AS sizeBytes,
               lower(hex(sha256)) AS sha256
             FROM segments JOIN streams ON number = stream_number ORDER BY streams.id, start_ms`,
          )
          .all(),
      kill: () => catalog.database.close(),
      close: async () => {
        await upkeep.stop();
        await kept.close();
      },
    };
  }

  addCamera(store: OpenStore, name: string): MadePlace {
    const cameraId = newId<CameraId>();
    const streamId = newId<StreamId>();
    const stream = {
      id: streamId,
      role: 'main',
      source: 'rtsp',
      url: `rtsp://${name}/`,
      transport: 'tcp',
    } as const;
    const sealed = name === 'Gate' ? { sealed: Uint8Array.of(1, 2, 3) } : {};
    const row = {
      id: cameraId,
      name,
      recording: true,
      createdMs: (this.#cameras += 1),
      stream: { ...stream, ...sealed },
    };
    new CameraRows(store.kept.catalog).add(row, 100);
    return { streamId, cameraId, role: 'main', name };
  }

  /** Every file below the volume's folder, `/` on every system, with its bytes' length. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.footageFolder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(this.footageFolder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'),
      )
      .toSorted();
  }

  read(relative: string): Promise<Buffer> {
    return readFile(path.join(this.footageFolder, relative));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Stretch {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** Left out, a fragment is as small as it can be. */
  readonly fragmentBytes: number | undefined;
}

async function recordMade(
  { upkeep, ledger, clocks }: { upkeep: Upkeep; ledger: FootageLedger; clocks: Clocks },
  place: MadePlace,
  { fromMs, toMs, fragmentBytes }: Stretch,
): Promise<Loss[]> {
  const losses: Loss[] = [];
  const listener = {
    onBegin: () => {},
    onFootage: () => {},
    onSegment: () => upkeep.retention.wake(),
    onLost: (loss: Loss) => losses.push(loss),
  };
  const { volumes } = upkeep.volumes;
  const parts = { volumes, ledger, clocks, log: silentLog, listener };
  const writer = new StreamWriter(place, parts, { segmentMs: 4_000 });
  writer.beginRun(init);
  for (let atMs = fromMs; atMs < toMs; atMs += 500) {
    const time = { startTicks: atMs - fromMs, durationTicks: 500 };
    const isKeyframe = atMs % 1_000 === 0;
    const size = fragmentBytes === undefined ? {} : { sizeBytes: fragmentBytes };
    const bytes = madeFragment({ ...time, frames: 5, keyframe: isKeyframe, ...size });
    const fragment = { bytes, muxedAtMs: atMs, ...time, startsWithKeyframe: isKeyframe, videoFrames: 5 };
    writer.append(fragment, atMs);
  }
  await writer.close();
  return losses;
}
