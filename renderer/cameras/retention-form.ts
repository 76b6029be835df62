// How long a camera's recordings are kept, as it is typed. Pure.

import type * as z from 'zod';
import {
  keepDaysLimit,
  leastQuotaBytes,
  type RetentionInput as RetentionShape,
} from '../../electron/contract/storage.ts';
import { gigabytesText, readCount, readGigabytes } from '../words/amounts.ts';

export type Retention = z.infer<typeof RetentionShape>;

/** Empty is without a limit of its own. */
export interface RetentionForm {
  readonly days: string;
  readonly gigabytes: string;
}

export function retentionFormOf({ keepDays, quotaBytes }: Retention): RetentionForm {
  return {
    days: keepDays === undefined ? '' : String(keepDays),
    gigabytes: quotaBytes === undefined ? '' : gigabytesText(quotaBytes),
  };
}

/** What is to be told to the station, or the fields that are no numbers it would take. */
export function readRetention(
  form: RetentionForm,
):
  | { readonly ok: true; readonly retention: Retention }
  | { readonly ok: false; readonly wrong: readonly (keyof RetentionForm)[] } {
  const [days, gigabytes] = [form.days.trim(), form.gigabytes.trim()];
  const keepDays = readCount(days);
  const quotaBytes = readGigabytes(gigabytes);
  const isDays = days === '' || (keepDays !== undefined && keepDays >= 1 && keepDays <= keepDaysLimit);
  const isQuota = gigabytes === '' || (quotaBytes !== undefined && quotaBytes >= leastQuotaBytes);
  if (!isDays || !isQuota) {
    return {
      ok: false,
      wrong: [...(isDays ? [] : ['days' as const]), ...(isQuota ? [] : ['gigabytes' as const])],
    };
  }
  return {
    ok: true,
    retention: {
      ...(keepDays === undefined ? {} : { keepDays }),
      ...(quotaBytes === undefined ? {} : { quotaBytes }),
    },
  };
}

/** What the untouched form says: a size is shown rounded, and that alone is no change. */
export function shownRetention(retention: Retention): Retention {
  const read = readRetention(retentionFormOf(retention));
  return read.ok ? read.retention : retention;
}

/**
 * What is to be told once `shown` was typed over to become `typed`; undefined when neither limit was. A limit nobody touched stays
 * as it `stands`: another window may have raised it meanwhile, and the lower one would delete footage.
 */
export function changedRetention(
  shown: Retention,
  typed: Retention,
  stands: Retention,
): Retention | undefined {
  const isDays = typed.keepDays !== shown.keepDays;
  const isQuota = typed.quotaBytes !== shown.quotaBytes;
  if (!isDays && !isQuota) return undefined;
  const { keepDays } = isDays ? typed : stands;
  const { quotaBytes } = isQuota ? typed : stands;
  return {
    ...(keepDays === undefined ? {} : { keepDays }),
    ...(quotaBytes === undefined ? {} : { quotaBytes }),
  };
}
