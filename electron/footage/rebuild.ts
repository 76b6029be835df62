// `rebuild`: makes the catalog of a station that is not running anew from its footage alone (product S5).

import path from 'node:path';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { recoverVolume } from '../../recorder/segments/recovery.ts';
import { openVolume, type Volume } from '../../recorder/segments/volume.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { explainHoles } from '../catalog/holes.ts';
import { catalogFile } from '../catalog/kept-catalog.ts';
import { createLedger } from '../catalog/ledger.ts';
import type { Catalog } from '../catalog/open.ts';
import { makeAnew } from '../catalog/restore.ts';
import { VolumeRows } from '../catalog/volumes.ts';
import { adoptStation, adoptVolume } from './restoration.ts';
import { VolumesToRead } from './volumes-to-read.ts';

export interface RebuildOptions {
  readonly dataFolder: string;
  /** Folders of volumes that the data folder does not tell of. */
  readonly volumes: readonly string[];
  readonly migrationsFolder: string;
  readonly clocks: Clocks;
  readonly log: Log;
  readonly onProgress: (done: { files: number; bytes: number }) => void;
}

export interface RebuildReport {
  readonly cameras: number;
  readonly locks: number;
  readonly segments: number;
  readonly bytes: number;
  readonly quarantined: readonly string[];
  /** What could not be read. */
  readonly left: readonly string[];
  /** Folders of volumes that are not there. */
  readonly missing: readonly string[];
  readonly withoutSignIn: readonly string[];
}

/**
 * The catalog that was there is put aside, not deleted. The data folder must be ours alone. Volumes that are not there, and
 * those that were not read through, are left to the station, which reads them as soon as it finds them.
 */
export async function rebuildCatalog(options: RebuildOptions): Promise<RebuildReport> {
  const { dataFolder, migrationsFolder, clocks, log } = options;
  const catalog = makeAnew(catalogFile(dataFolder), {
    ...{ migrationsFolder, clock: clocks.wall, log },
    hasFootage: true,
  });
  try {
    return await fill(catalog, options);
  } finally {
    catalog.close();
  }
}

async function fill(catalog: Catalog, options: RebuildOptions): Promise<RebuildReport> {
  const { dataFolder, clocks, log, onProgress } = options;
  const nowMs = clocks.wall.nowMs();
  await adoptStation(catalog, dataFolder, nowMs);
  const rows = new VolumeRows(catalog);
  const missing: string[] = [];
  for (const folder of options.volumes) {
    const opened = await openVolume(path.resolve(folder));
    if (opened.ok) rows.register({ ...opened.volume, nowMs });
    else missing.push(folder);
  }
  // First of all: what this run does not come to, however it ends, is not taken for read.
  const toRead = new VolumesToRead(catalog);
  toRead.add(rows.list().map(({ id }) => id));
  const sum = { cameras: 0, locks: 0, segments: 0, bytes: 0 };
  const lists = { quarantined: [] as string[], left: [] as string[], withoutSignIn: [] as string[] };
  const there: Volume[] = [];
  for (const { id, folder } of rows.list()) {
    const opened = await openVolume(folder, id);
    if (!opened.ok) {
      missing.push(folder);
      continue;
    }
    there.push(opened.volume);
    const adopted = await adoptVolume(catalog, folder, nowMs, log);
    sum.cameras += adopted.cameras;
    sum.locks += adopted.locks;
    lists.withoutSignIn.push(...adopted.withoutSignIn);
  }
  const places = new CameraRows(catalog).streamPlaces();
  for (const volume of there) {
    const report = await recoverVolume(volume, places, createLedger(catalog), log, {
      reach: 'all',
      onSegment: ({ sizeBytes }) => {
        sum.segments += 1;
        sum.bytes += sizeBytes;
        onProgress({ files: sum.segments, bytes: sum.bytes });
      },
    });
    lists.quarantined.push(...report.quarantined);
    lists.left.push(...report.left);
    if (report.left.length === 0) toRead.drop(volume.id);
  }
  explainHoles(catalog);
  return { ...sum, ...lists, missing };
}
