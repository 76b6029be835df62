// What the operator is told about volumes that cannot be used.

import type { VolumeStatus } from '../../recorder/segments/volumes.ts';
import type { VolumeRow } from '../catalog/volumes.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';

/** Raises and clears the alarms of every volume, by what is known of it now. */
export function tellOfVolumes(
  alarms: AlarmBoard,
  statuses: readonly VolumeStatus[],
  rows: readonly VolumeRow[],
): void {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const inUse = statuses.filter(({ isRetired }) => !isRetired);
  for (const { id, state, refusal, keepsDeleted, isRetired } of statuses) {
    const detail = { name: names.get(id) ?? '' };
    const set = (kind: 'volume-missing' | 'volume-refused' | 'volume-failing', stands: boolean) => {
      if (stands && !isRetired) alarms.raise(kind, id, detail);
      else alarms.clear(kind, id);
    };
    set('volume-missing', state === 'missing');
    set('volume-refused', state === 'swapped' || state === 'unreadable');
    set('volume-failing', state === 'ready' && (refusal === 'disk-error' || keepsDeleted));
  }
  const isNone = inUse.every(({ state }) => state !== 'ready' && state !== 'unseen');
  if (isNone) alarms.raise('no-volume', '');
  else alarms.clear('no-volume', '');
}
