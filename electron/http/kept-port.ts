// The port of the last time: a window that was left open finds the station where it was.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../../recorder/model/log.ts';
import { type Door, type DoorOptions, openDoor } from './door.ts';

const fileIn = (dataFolder: string) => path.join(dataFolder, 'port');

/** Undefined at first, or when what is kept is no port. */
function keptPort(dataFolder: string): number | undefined {
  try {
    const words = readFileSync(fileIn(dataFolder), 'utf8').trim();
    return /^\d{1,5}$/.test(words) && Number(words) <= 65_535 ? Number(words) : undefined;
  } catch {
    return undefined;
  }
}

function keepPort(dataFolder: string, port: number, log: Log): void {
  const file = fileIn(dataFolder);
  try {
    writeFileSync(`${file}.new`, `${port}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    log.warn({ err: error }, 'The port cannot be kept for the next start');
  }
}

/**
 * Opens the door on the wanted port; with port 0 on that of the last time, or when that is taken on a free one. Rejects as
 * `openDoor` does.
 */
export async function openDoorAgain(dataFolder: string, options: DoorOptions): Promise<Door> {
  const kept = options.port === 0 ? keptPort(dataFolder) : undefined;
  const again = kept === undefined ? undefined : await openDoor({ ...options, port: kept }).catch(isTaken);
  const door = again ?? (await openDoor(options));
  if (options.port === 0 && door.port !== kept) keepPort(dataFolder, door.port, options.log);
  return door;
}

function isTaken(error: NodeJS.ErrnoException): undefined {
  // A port that only root may open is as good as taken, too.
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
  return undefined;
}
