// Where a segment lies below its volume's folder: `<camera>/<role>/<YYYY>/<MM>/<DD>/<start ms>.mp4`, all in UTC.

import type { EpochMs } from '../model/clock.ts';
import type { StreamPlace } from './ledger.ts';

/** The folder of a stream, with `/` on every system. */
export function streamFolder({ cameraId, role }: StreamPlace): string {
  return `${cameraId}/${role}`;
}

/** The folder of the day a segment begins on, with `/` on every system. */
export function dayFolder(place: StreamPlace, startMs: EpochMs): string {
  const [year, month, day] = new Date(startMs).toISOString().slice(0, 10).split('-');
  return `${streamFolder(place)}/${year}/${month}/${day}`;
}

/** The path of a segment below the volume's folder; RangeError for a time that no date can hold. */
export function segmentPath(place: StreamPlace, startMs: EpochMs): string {
  return `${dayFolder(place, startMs)}/${startMs}.mp4`;
}

/** The start a file's name tells, or undefined for a name that no recorder of ours writes. */
export function startOfName(fileName: string): EpochMs | undefined {
  const match = /^(0|[1-9]\d{0,13})\.mp4$/.exec(fileName);
  return match === null ? undefined : Number(match[1]);
}
