// The file name of a snapshot: `<camera> <YYYY-MM-DD HH-MM-SS.mmm> <zone>.jpg`, safe on every file system. Pure.
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { LocalTime } from '../timeline/local-time.ts';

/** File systems take 255 bytes; the rest is left to what a browser or a copy adds, such as ` (1)`. */
const longestNameBytes = 200;
/** Refused by Windows, separators, control characters, and what turns the reading around or shows nothing. */
const unsafe = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
/** Devices of Windows, whatever follows their dot (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

const padded = (value: number, length = 2) => String(value).padStart(length, '0');

/** `2026-11-21 14-03-10.250`: sorts by time, and has no colon, which Windows refuses. */
export function fileTime(time: LocalTime, ms: EpochMs): string {
  const { year, month, day, hour, minute, second, millisecond } = time.read(ms);
  const date = `${padded(year, 4)}-${padded(month)}-${padded(day)}`;
  return `${date} ${padded(hour)}-${padded(minute)}-${padded(second)}.${padded(millisecond, 3)}`;
}

/** `UTC+0100`: the same clock reading comes twice a year, its offset tells which. */
export function fileZone(time: LocalTime, ms: EpochMs): string {
  const minutes = time.read(ms).offsetMs / 60_000;
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60))}${padded(Math.floor(size % 60))}`;
}

/** Any camera's name as the begin of a file name; cut between characters, never empty. */
export function safeName(name: string): string {
  const spaced = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(unsafe, ' ')
    .replaceAll(/\s+/gu, ' ')
    // A leading dot hides a file, a leading hyphen is an option to many a program.
    .replace(/^[.\s-]+/u, '');
  let kept = '';
  let bytes = 0;
  const encoder = new TextEncoder();
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(spaced)) {
    bytes += encoder.encode(segment).length;
    if (bytes > longestNameBytes - 50) break;
    kept += segment;
  }
  const trimmed = kept.replace(/[.\s]+$/u, '');
  if (trimmed === '') return 'Camera';
  return device.test(trimmed) ? `_${trimmed}` : trimmed;
}

export function snapshotName(cameraName: string, time: LocalTime, ms: EpochMs): string {
  return `${safeName(cameraName)} ${fileTime(time, ms)} ${fileZone(time, ms)}.jpg`;
}
