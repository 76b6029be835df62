// Says that recordings lie ahead of the clock: it was wrong for a while, and was put right. What is recorded since goes on behind
// them, under times that are yet to come (architecture.md, Time).

import type { WallClock } from '../../recorder/model/clock.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import type { RetentionRows } from '../catalog/retention.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';

/** A clock that is set right by seconds is not worth a word; between the two, what was said holds. */
const saidFromMinutes = 10;
const saidUntilMinutes = 5;

export interface AheadParts {
  readonly rows: Pick<RetentionRows, 'cameras'>;
  readonly ledger: Pick<FootageLedger, 'lastSegmentEndMs'>;
  readonly alarms: AlarmBoard;
  readonly clock: WallClock;
}

/** Raises and clears the alarm, by the newest footage of every camera and what the clock says now. */
export function tellIfAhead({ rows, ledger, alarms, clock }: AheadParts): void {
  const nowMs = clock.nowMs();
  const isSaid = alarms.detailOf('footage-ahead', '') !== undefined;
  const leastMinutes = isSaid ? saidUntilMinutes : saidFromMinutes;
  const ahead = rows
    .cameras()
    .filter(({ isRemoved }) => !isRemoved)
    .map(({ streamIds }) => {
      const newestMs = Math.max(...streamIds.map((id) => ledger.lastSegmentEndMs(id) ?? 0));
      return Math.floor((newestMs - nowMs) / 60_000);
    })
    .filter((minutes) => minutes >= leastMinutes);
  if (ahead.length === 0) alarms.clear('footage-ahead', '');
  else alarms.raise('footage-ahead', '', { cameras: ahead.length, minutes: Math.max(...ahead) });
}
