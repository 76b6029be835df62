// After the catalog was put back or made anew: what lies beside the footage becomes rows again, before anything is recorded.

import path from 'node:path';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { openVolume } from '../../recorder/segments/volume.ts';
import { adoptCameras, adoptNameless, adoptVolumes } from '../catalog/descriptions.ts';
import type { Catalog } from '../catalog/open.ts';
import type { Restored } from '../catalog/restore.ts';
import { VolumeRows } from '../catalog/volumes.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';
import { readCameras, readStationFile } from './camera-files.ts';

export interface Adoption {
  readonly cameras: number;
  readonly locks: number;
  readonly withoutSignIn: readonly string[];
}

/** Volumes that the data folder tells of, and the one in it. Never makes anything on a disk. */
export async function adoptStation(
  catalog: Catalog,
  dataFolder: string,
  nowMs: EpochMs,
): Promise<VolumeId[]> {
  const described = await readStationFile(dataFolder);
  if (described !== undefined) adoptVolumes(catalog, described);
  const rows = new VolumeRows(catalog);
  const folder = path.join(dataFolder, 'footage');
  if (rows.list().every((row) => row.folder !== folder)) {
    const found = await readCameras(folder).catch(() => undefined);
    const opened = found === undefined ? undefined : await openVolume(folder);
    if (opened?.ok === true) rows.register({ ...opened.volume, nowMs });
  }
  return rows.list().map(({ id }) => id);
}

/** Rows for the cameras whose footage lies on a volume; what the catalog knows stays as it is. */
export async function adoptVolume(
  catalog: Catalog,
  volumeFolder: string,
  nowMs: EpochMs,
  log: Log,
): Promise<Adoption> {
  const { described, nameless } = await readCameras(volumeFolder);
  const adopted = adoptCameras(catalog, described);
  let cameras = adopted.cameras;
  for (const { id, roles } of nameless) {
    if (adoptNameless(catalog, id, roles, nowMs)) cameras += 1;
  }
  if (cameras + adopted.locks > 0) {
    log.warn(
      { cameras, locks: adopted.locks },
      'Cameras and locks were taken over from beside their footage',
    );
  }
  return { ...adopted, cameras };
}

/** Says to the operator what happened to the catalog. */
export function tellOfRestoring(
  alarms: AlarmBoard,
  { cause, takenMs, isNew }: Restored,
  withoutSignIn: readonly string[],
): void {
  const lost = cause === 'catalog-damaged' ? 'was damaged' : 'was lost';
  const since =
    takenMs === undefined
      ? ''
      : new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(takenMs);
  const what = isNew
    ? `The catalog ${lost} and is made anew from the footage.`
    : cause === 'journal-lost'
      ? 'The newest entries of the catalog were lost. Footage is read in again from its files.'
      : `The catalog ${lost} and was put back as of ${since}. Newer footage is read in again from its files.`;
  const again =
    withoutSignIn.length === 0
      ? ''
      : ` User and password are lost of: ${withoutSignIn.join(', ')}. Give them again: Cameras, Change address.`;
  const hint = isNew
    ? `Marks, tags, views and settings are lost; all footage stays.${again}`
    : `Marks made since may be lost; no footage is.${again}`;
  alarms.raise('catalog-restored', '', { what, hint });
}
