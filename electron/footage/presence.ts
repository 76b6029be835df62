// Writes off rows whose files are gone, as after the catalog was put back from a copy older than the last deletions. A brake
// keeps it from writing off a volume that is only half mounted: then nothing is, and somebody has to look.

import type { EpochMs, WallClock } from '../../recorder/model/clock.ts';
import type { CameraId, StreamId, VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { Volume } from '../../recorder/segments/volume.ts';
import type { DamageRows } from '../catalog/damages.ts';
import { fromTheBegin, type StoredFile, type StoredFiles } from '../catalog/stored-files.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';
import { inspect } from './inspect.ts';

const pageLimit = 256;
const batchLimit = 256;

export interface PresenceParts {
  readonly files: StoredFiles;
  readonly damages: DamageRows;
  readonly alarms: AlarmBoard;
  readonly volumeName: (id: VolumeId) => string;
  readonly clock: WallClock;
  readonly log: Log;
}

interface OfCamera {
  looked: number;
  readonly missing: StoredFile[];
  /** Start of the oldest file that is there, by stream. */
  readonly oldestThere: Map<StreamId, EpochMs>;
}

/** True when so many of what was looked at are not as they were that the disk is to be doubted, not the rows. */
export function mustBrake({ looked, bad }: { readonly looked: number; readonly bad: number }): boolean {
  return bad * 2 > looked;
}

/**
 * Looks whether the file of every row of a volume is there. Rows without one are written off: silently where they are
 * older than all footage of their stream that is there, because then retention has deleted it; as a gap `damaged` anywhere
 * else. Where more than half of a camera's footage is missing, and where it is locked, rows stay.
 */
export async function writeOffMissing(
  volume: Volume,
  parts: PresenceParts,
  isStopping: () => boolean,
): Promise<{ readonly writtenOff: number }> {
  const cameras = new Map<CameraId, OfCamera>();
  let position = fromTheBegin;
  for (;;) {
    const { files, next } = parts.files.page(volume.id, position, pageLimit);
    if (files.length === 0) break;
    position = next;
    for (const file of files) await look(volume, file, cameras);
    if (isStopping()) return { writtenOff: 0 };
  }
  let writtenOff = 0;
  let isDoubtful = false;
  for (const [cameraId, { looked, missing, oldestThere }] of cameras) {
    if (missing.length === 0) continue;
    if (mustBrake({ looked, bad: missing.length })) {
      isDoubtful = true;
      const subject = { volumeId: volume.id, cameraId, looked, missing: missing.length };
      parts.log.error(subject, 'Most files of a camera are missing: nothing is written off');
      continue;
    }
    const open = missing.filter(({ isLocked }) => !isLocked);
    const isDeleted = ({ streamId, startMs }: StoredFile) =>
      startMs < (oldestThere.get(streamId) ?? Number.POSITIVE_INFINITY);
    for (const asGap of [false, true]) {
      const some = open.filter((file) => isDeleted(file) !== asGap);
      for (let at = 0; at < some.length; at += batchLimit) {
        parts.damages.writeOff(some.slice(at, at + batchLimit), parts.clock.nowMs(), asGap);
      }
    }
    for (const file of missing) if (file.isLocked) parts.damages.add(file, 'missing', parts.clock.nowMs());
    writtenOff += open.length;
    parts.log.warn({ cameraId, missing: missing.length }, 'Rows without a file were written off');
  }
  if (isDoubtful) parts.alarms.raise('footage-vanished', volume.id, { name: parts.volumeName(volume.id) });
  return { writtenOff };
}

async function look(volume: Volume, file: StoredFile, cameras: Map<CameraId, OfCamera>): Promise<void> {
  const of: OfCamera = cameras.get(file.cameraId) ?? { looked: 0, missing: [], oldestThere: new Map() };
  cameras.set(file.cameraId, of);
  of.looked += 1;
  if ((await inspect(volume.folder, file, false)) === 'missing') of.missing.push(file);
  else if (!of.oldestThere.has(file.streamId)) of.oldestThere.set(file.streamId, file.startMs);
}
