// Where a volume may lie, decided by where a folder really is: links and `..` lead past what its name says.

import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { LookoutError } from '../contract/errors.ts';

export interface FolderRules {
  /** Of the volumes there are. */
  readonly taken: readonly string[];
  readonly dataFolder: string;
  /** The one folder of the data folder in which footage may lie. */
  readonly defaultFolder: string;
}

/**
 * Absolute, a folder or to be made in one, not among the station's own files, and neither inside another volume nor around
 * one; returns it without `..`. Throws LookoutError.
 */
export async function checkFolder(text: string, rules: FolderRules): Promise<string> {
  if (!path.isAbsolute(text)) {
    throw refusedFolder('A folder is given with its whole path.', 'For example /mnt/disk2/lookout.');
  }
  const folder = path.resolve(text);
  const place = await stat(folder).catch(() => stat(path.dirname(folder)).catch(() => undefined));
  const real = await realFolder(folder);
  if ([folder, real].some((each) => path.dirname(each) === path.parse(each).root)) {
    throw refusedFolder('A volume does not lie at the top of a disk.', 'Choose a folder on it.');
  }
  for (const other of rules.taken) {
    const realOther = await realFolder(other);
    if (other !== folder && (isInside(real, realOther) || isInside(realOther, real))) {
      throw refusedFolder('This folder and another volume lie inside each other.');
    }
  }
  const isOwn = isInside(real, await realFolder(rules.dataFolder));
  if (isOwn && real !== (await realFolder(rules.defaultFolder))) {
    throw refusedFolder('Lookout keeps its own files in this folder.', 'Choose a folder outside of it.');
  }
  if (place?.isDirectory() !== true) {
    throw refusedFolder('There is no such folder.', 'Make it, or check that its disk is mounted.');
  }
  return folder;
}

/** Without links; of what is not there, as far as it is. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(await realFolder(parent), path.basename(folder));
  }
}

function isInside(inner: string, outer: string): boolean {
  return `${inner}${path.sep}`.startsWith(`${outer}${path.sep}`);
}

export function refusedFolder(message: string, hint?: string): LookoutError {
  return new LookoutError('INVALID_INPUT', message, {
    field: 'folder',
    ...(hint === undefined ? {} : { hint }),
  });
}
