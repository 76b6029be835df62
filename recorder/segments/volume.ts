// Volumes: a folder that holds footage, and the file in it that says which one it is.

import { lstat, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isId, newId, type VolumeId } from '../model/ids.ts';
import { codeOf, replaceFile, storeFiles } from './durable.ts';

export interface Volume {
  readonly id: VolumeId;
  /** Absolute. */
  readonly folder: string;
}

/**
 * Why a volume is not used. `missing`: the folder or its identity file is not there, as when a disk is not mounted;
 * `swapped`: another volume lies there; `unreadable`: an error of the disk, or an identity file that says nothing.
 */
export type VolumeTrouble = 'missing' | 'swapped' | 'unreadable';

export type OpenVolumeResult =
  | { readonly ok: true; readonly volume: Volume }
  | { readonly ok: false; readonly reason: VolumeTrouble; readonly detail: string };

export const identityFile = '.lookout-volume.json';

/** More than this is no identity file. */
const identityLimitBytes = 4_096;

/**
 * Opens a volume (start step 1). With `known`, exactly that volume must lie in the folder and nothing is made. Without,
 * the folder is used for the first time: an identity found there is taken over, else folder and identity are made; its
 * parent is never made.
 */
export async function openVolume(folder: string, known?: VolumeId): Promise<OpenVolumeResult> {
  const absolute = path.resolve(folder);
  try {
    const found = await readIdentity(absolute);
    if (found === undefined) {
      if (known !== undefined) return refused('missing', `no ${identityFile} in ${absolute}`);
      return { ok: true, volume: { id: await makeIdentity(absolute), folder: absolute } };
    }
    if (!isId(found)) return refused('unreadable', `${identityFile} in ${absolute} names no volume`);
    if (known !== undefined && found !== known) {
      return refused('swapped', `volume ${found} lies in ${absolute}, ${known} was expected`);
    }
    return { ok: true, volume: { id: found as VolumeId, folder: absolute } };
  } catch (error) {
    return refused('unreadable', error instanceof Error ? error.message : String(error));
  }
}

function refused(reason: VolumeTrouble, detail: string): OpenVolumeResult {
  return { ok: false, reason, detail };
}

/** The id in the identity file, '' when it names none, undefined when there is no such file. */
async function readIdentity(folder: string): Promise<string | undefined> {
  const file = path.join(folder, identityFile);
  try {
    const status = await lstat(file);
    if (!status.isFile() || status.size > identityLimitBytes) return '';
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const isIdentity = typeof content === 'object' && content !== null && 'volume' in content;
    return isIdentity && typeof content.volume === 'string' ? content.volume : '';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

async function makeIdentity(folder: string): Promise<VolumeId> {
  await makeFolder(folder);
  const id = newId<VolumeId>();
  const text = `${JSON.stringify({ volume: id, about: 'Lookout keeps footage here; see docs.' })}\n`;
  await replaceFile(storeFiles, folder, identityFile, text);
  await storeFiles.syncFolder(path.dirname(folder));
  return id;
}

/** Only the folder itself: told to make its parents too, Node tries for ever where one is there and nothing can be made in it. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o750 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
