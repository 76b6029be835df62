// Catalogs in temporary folders, for tests: a real file, one camera with its stream, one volume.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CameraId, newId, type StreamId, type VolumeId } from '../../recorder/model/ids.ts';
import { CameraRows } from './cameras.ts';
import { type Catalog, openCatalog } from './open.ts';
import { VolumeRows } from './volumes.ts';

export const migrationsFolder = path.resolve(import.meta.dirname, '../../migrations');

export interface MadeCatalog {
  readonly catalog: Catalog;
  readonly file: string;
  readonly folder: string;
  readonly cameraId: CameraId;
  readonly streamId: StreamId;
  readonly volumeId: VolumeId;
  /** Closes the catalog and removes its folder. */
  remove(): void;
}

export function madeFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'lookout-catalog-'));
}

export function madeCatalog(): MadeCatalog {
  const folder = madeFolder();
  const file = path.join(folder, 'lookout.db');
  const catalog = openCatalog(file, { migrationsFolder });
  const volumeId = newId<VolumeId>();
  new VolumeRows(catalog).register({ id: volumeId, folder: path.join(folder, 'footage'), nowMs: 1 });
  const { cameraId, streamId } = addCamera(catalog, 'Gate');
  const remove = () => {
    catalog.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { catalog, file, folder, cameraId, streamId, volumeId, remove };
}

export function addCamera(catalog: Catalog, name: string): { cameraId: CameraId; streamId: StreamId } {
  const cameraId = newId<CameraId>();
  const streamId = newId<StreamId>();
  const stream = {
    id: streamId,
    role: 'main',
    source: 'rtsp',
    url: 'rtsp://camera/',
    transport: 'tcp',
  } as const;
  new CameraRows(catalog).add({ id: cameraId, name, recording: true, createdMs: 1, stream }, 1_000);
  return { cameraId, streamId };
}
