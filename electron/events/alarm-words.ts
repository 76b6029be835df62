// What an alarm says to the operator, and whether it stands until somebody has read it.

import type { AlarmKind } from '../contract/alarms.ts';

interface Words {
  readonly message: string;
  readonly hint?: string;
}

type Detail = Readonly<Record<string, string | number>>;

/** These tell of something that happened and is over; the others end with their cause. */
const tellsOfThePast: ReadonlySet<AlarmKind> = new Set([
  'footage-damaged',
  'footage-vanished',
  'clock-jumped',
  'catalog-restored',
]);

export function standsUntilRead(kind: AlarmKind): boolean {
  return tellsOfThePast.has(kind);
}

export function alarmWords(kind: AlarmKind, detail: Detail): Words {
  const name = `“${detail['name'] ?? ''}”`;
  switch (kind) {
    case 'disk-full':
      return {
        message: 'The disks for recordings are full. Recording has stopped.',
        hint: 'Make room on them, release evidence locks, or add a volume.',
      };
    case 'only-locked-left':
      return {
        message:
          'Only locked footage is left to delete. Recording will stop when the rest of the room is used.',
        hint: 'Export and release evidence locks, or add a volume.',
      };
    case 'volume-missing':
      return {
        message: `The volume ${name} is missing.`,
        hint: 'Connect its disk. It is used again by itself.',
      };
    case 'volume-refused':
      return {
        message: `The volume ${name} is refused: another disk lies in its place, or it cannot be read.`,
        hint: 'Connect the right disk. It is used again by itself. The log says more.',
      };
    case 'volume-failing':
      return {
        message: `The volume ${name} does not take footage, or keeps what was deleted: it reports errors or is too slow.`,
        hint: 'Have its disk checked. Other volumes are used in its place.',
      };
    case 'no-volume':
      return {
        message: 'There is no disk to record on. Nothing is recorded.',
        hint: 'Connect a disk for recordings, or add a volume.',
      };
    case 'footage-vanished':
      return {
        message: `Most of the footage looked at on the volume ${name} is missing or damaged. Nothing was written off.`,
        hint: 'Check that this is the right disk and that nobody deleted files on it.',
      };
    case 'footage-damaged':
      return {
        message: `${detail['count'] ?? 'Some'} recorded files of ${name} are missing or not what they were.`,
        hint: 'The timeline shows where. Have the disk checked.',
      };
    case 'clock-jumped':
      return {
        message: `The clock of this computer jumped by ${jumpWords(Number(detail['minutes'] ?? 0))}. Nothing is deleted for its age until it has been steady for as long.`,
        hint: 'Check date and time. If they are right, acknowledge this.',
      };
    case 'catalog-restored':
      return { message: String(detail['what'] ?? ''), hint: String(detail['hint'] ?? '') };
    case 'catalog-backup-failed':
      return {
        message: 'The catalog could not be copied.',
        hint: 'Check that the disk of the data folder is writable and not full.',
      };
    case 'footage-ahead': {
      const count = Number(detail['cameras'] ?? 0);
      return {
        message: `The recordings of ${count} ${count === 1 ? 'camera' : 'cameras'} lie ${jumpWords(Number(detail['minutes'] ?? 0))} ahead of the clock, and new ones follow behind them, under times that are yet to come.`,
        hint: 'Check date and time. If they are right, remove the camera and add it again: then it is recorded under the right time, and its older recordings stay.',
      };
    }
  }
}

function jumpWords(minutes: number): string {
  const length = Math.abs(minutes);
  if (length < 120) return `${length} minutes`;
  return length < 2 * 24 * 60 ? `${Math.round(length / 60)} hours` : `${Math.round(length / (24 * 60))} days`;
}
