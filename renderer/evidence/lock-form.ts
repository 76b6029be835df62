// How long an evidence lock holds, as it is chosen. Pure.
import { dayMs, type EpochMs } from '../../recorder/model/clock.ts';
import { readCount } from '../words/amounts.ts';

/** Days, or until somebody releases it, or a number of days that is typed. */
export const lockTerms = ['released', '30', '90', '365', 'days'] as const;
export type LockTerm = (typeof lockTerms)[number];

/** Ten years; longer is until it is released. */
export const lockDaysLimit = 3_660;

/** When the lock ends: undefined for until it is released, `wrong` when the typed days are no such number. */
export function expiryOf(term: LockTerm, typedDays: string, nowMs: EpochMs): EpochMs | undefined | 'wrong' {
  if (term === 'released') return undefined;
  const days = readCount(term === 'days' ? typedDays : term);
  return days === undefined || days < 1 || days > lockDaysLimit ? 'wrong' : nowMs + days * dayMs;
}
