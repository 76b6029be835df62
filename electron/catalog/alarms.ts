// Rows of alarms: one of a kind stands for a subject at a time; those that ended stay as history.

import { and, asc, eq, isNull, lt } from 'drizzle-orm';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { AlarmId } from '../../recorder/model/ids.ts';
import type { AlarmKind } from '../contract/alarms.ts';
import type { Catalog } from './open.ts';
import { alarms } from './schema.ts';

export interface AlarmRow {
  readonly id: AlarmId;
  readonly kind: AlarmKind;
  /** What it is about, an id; '' for the station as a whole. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly raisedMs: EpochMs;
}

export class AlarmRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  standing(): AlarmRow[] {
    return this.#catalog.orm
      .select()
      .from(alarms)
      .where(isNull(alarms.clearedMs))
      .orderBy(asc(alarms.raisedMs), asc(alarms.id))
      .all()
      .map(({ id, kind, subject, detail, raisedMs }) => ({
        ...{ id, kind, subject, raisedMs },
        detail: JSON.parse(detail) as AlarmRow['detail'],
      }));
  }

  add({ detail, ...row }: AlarmRow): void {
    this.#catalog.orm
      .insert(alarms)
      .values({ ...row, detail: JSON.stringify(detail) })
      .run();
  }

  setDetail(id: AlarmId, detail: AlarmRow['detail']): void {
    this.#catalog.orm
      .update(alarms)
      .set({ detail: JSON.stringify(detail) })
      .where(eq(alarms.id, id))
      .run();
  }

  clear(id: AlarmId, nowMs: EpochMs): void {
    this.#catalog.orm
      .update(alarms)
      .set({ clearedMs: nowMs })
      .where(and(eq(alarms.id, id), isNull(alarms.clearedMs)))
      .run();
  }

  /** Forgets alarms that ended before a time. */
  forget(beforeMs: EpochMs): void {
    this.#catalog.orm.delete(alarms).where(lt(alarms.clearedMs, beforeMs)).run();
  }
}
