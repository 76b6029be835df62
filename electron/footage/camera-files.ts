// What lies beside the footage and says whose it is: `<volume>/<camera>/camera.json`, and `volumes.json` in the data folder.
// From these and the footage alone the catalog can be made again (product S5).

import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CameraId, isId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { codeOf, makeFolders, replaceFile, storeFiles } from '../../recorder/segments/durable.ts';
import type { Volume } from '../../recorder/segments/volume.ts';
import {
  CameraDescription,
  describeCameras,
  describeStation,
  StationDescription,
} from '../catalog/descriptions.ts';
import type { Catalog } from '../catalog/open.ts';

const cameraFile = 'camera.json';
const stationFile = 'volumes.json';
/** A description is a few hundred bytes; one with thousands of locks some megabytes. */
const limitBytes = 16 * 2 ** 20;
const about = 'Lookout makes its catalog anew from this and the footage beside it; it holds no password.';

export interface CameraFilesParts {
  readonly catalog: Catalog;
  readonly dataFolder: string;
  readonly volumes: () => readonly Volume[];
  readonly log: Log;
}

export class CameraFiles {
  readonly #parts: CameraFilesParts;
  /** What was last written, by file. */
  readonly #written = new Map<string, string>();
  #writing: Promise<void> = Promise.resolve();
  #isWanted = false;

  constructor(parts: CameraFilesParts) {
    this.#parts = parts;
  }

  /**
   * Something about a camera, a lock or a volume changed, or a volume came back. Resolves when the files say so; never rejects:
   * a catalog that cannot be read is its keeper's business, and the files say what they said before.
   */
  write(): Promise<void> {
    if (!this.#isWanted) {
      this.#isWanted = true;
      this.#writing = this.#writing
        .then(() => this.#writeAll())
        .catch((error: unknown) => {
          this.#parts.log.warn({ err: error }, 'What the cameras are could not be read from the catalog');
        });
    }
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    this.#isWanted = false;
    const { catalog, dataFolder, volumes } = this.#parts;
    const cameras = describeCameras(catalog);
    await this.#put(dataFolder, stationFile, describeStation(catalog));
    for (const volume of volumes()) {
      for (const description of cameras) await this.#putCamera(volume, description);
    }
  }

  async #putCamera(volume: Volume, description: CameraDescription): Promise<void> {
    const id = String(description.camera['id']);
    const folder = path.join(volume.folder, id);
    try {
      // Where a removed camera has no footage it needs no folder.
      const isRemoved = description.camera['removed_ms'] !== null;
      if (isRemoved && !(await exists(folder))) return;
      if (!this.#written.has(path.join(folder, cameraFile))) await makeFolders(storeFiles, volume.folder, id);
    } catch (error) {
      this.#parts.log.warn({ err: error, cameraId: id }, 'The folder of a camera could not be made');
      return;
    }
    await this.#put(folder, cameraFile, description);
  }

  async #put(folder: string, name: string, value: object): Promise<void> {
    const file = path.join(folder, name);
    const text = `${JSON.stringify({ about, ...value }, undefined, 1)}\n`;
    try {
      if (!this.#written.has(file)) this.#written.set(file, await readText(file));
      if (this.#written.get(file) === text) return;
      await replaceFile(storeFiles, folder, name, text);
      this.#written.set(file, text);
    } catch (error) {
      this.#written.delete(file);
      this.#parts.log.warn(
        { err: error, file: name },
        'What the footage says of itself could not be written',
      );
    }
  }
}

async function exists(folder: string): Promise<boolean> {
  return lstat(folder).then(
    () => true,
    () => false,
  );
}

/** '' when there is no such file, or none of ours. */
async function readText(file: string): Promise<string> {
  try {
    const status = await lstat(file);
    return status.isFile() && status.size <= limitBytes ? await readFile(file, 'utf8') : '';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(file));
  } catch {
    return undefined;
  }
}

export async function readStationFile(dataFolder: string): Promise<StationDescription | undefined> {
  return StationDescription.safeParse(await readJson(path.join(dataFolder, stationFile))).data;
}

/** A folder of footage of which no description is left. */
export interface NamelessCamera {
  readonly id: CameraId;
  readonly roles: readonly string[];
}

export interface FoundCameras {
  readonly described: readonly CameraDescription[];
  readonly nameless: readonly NamelessCamera[];
}

/** The cameras that have a folder on a volume. Fails with an error of the file system. */
export async function readCameras(volumeFolder: string): Promise<FoundCameras> {
  const described: CameraDescription[] = [];
  const nameless: NamelessCamera[] = [];
  for (const entry of await readdir(volumeFolder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !isId(entry.name)) continue;
    const folder = path.join(volumeFolder, entry.name);
    const found = CameraDescription.safeParse(await readJson(path.join(folder, cameraFile)));
    if (found.success && found.data.camera['id'] === entry.name) {
      described.push(found.data);
      continue;
    }
    const roles = (await readdir(folder)).filter((role) => role === 'main' || role === 'sub');
    nameless.push({ id: entry.name as CameraId, roles });
  }
  return { described, nameless };
}
