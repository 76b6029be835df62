// The alarms that stand: raised and cleared by whoever watches something, told to every window, kept over restarts.

import { dayMs, type WallClock } from '../../recorder/model/clock.ts';
import { type AlarmId, newId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { AlarmRow, AlarmRows } from '../catalog/alarms.ts';
import type { Alarm, AlarmKind } from '../contract/alarms.ts';
import { LookoutError } from '../contract/errors.ts';
import { alarmWords, standsUntilRead } from './alarm-words.ts';
import type { EventBoard } from './event-board.ts';

/** Alarms that ended are history for this long. */
const historyMs = 365 * dayMs;

export interface AlarmParts {
  readonly rows: AlarmRows;
  readonly board: Pick<EventBoard, 'publish'>;
  readonly clock: WallClock;
  readonly log: Log;
}

/** The subject of an alarm is an id, or '' for the station as a whole; one alarm of a kind stands for it at a time. */
export class AlarmBoard {
  readonly #parts: AlarmParts;
  readonly #standing = new Map<string, AlarmRow>();
  readonly #onRead = new Map<AlarmKind, () => void>();

  constructor(parts: AlarmParts) {
    this.#parts = parts;
    for (const row of parts.rows.standing()) this.#standing.set(keyOf(row.kind, row.subject), row);
    this.#write(() => parts.rows.forget(parts.clock.nowMs() - historyMs));
  }

  list(): Alarm[] {
    return [...this.#standing.values()].map(toAlarm);
  }

  /** What one that stands tells of; undefined when it does not stand. */
  detailOf(kind: AlarmKind, subject: string): AlarmRow['detail'] | undefined {
    return this.#standing.get(keyOf(kind, subject))?.detail;
  }

  /** Says so once; while it stands, another detail changes its words. */
  raise(kind: AlarmKind, subject: string, detail: AlarmRow['detail'] = {}): void {
    const { rows, clock, log } = this.#parts;
    const key = keyOf(kind, subject);
    const before = this.#standing.get(key);
    if (before === undefined) {
      const row = { id: newId<AlarmId>(), kind, subject, detail, raisedMs: clock.nowMs() };
      this.#standing.set(key, row);
      log.warn({ alarm: kind, subject, detail }, 'An alarm was raised');
      this.#write(() => rows.add(row));
    } else {
      if (JSON.stringify(before.detail) === JSON.stringify(detail)) return;
      this.#standing.set(key, { ...before, detail });
      this.#write(() => rows.setDetail(before.id, detail));
    }
    this.#publish();
  }

  /** Its cause is over. */
  clear(kind: AlarmKind, subject: string): void {
    const row = this.#standing.get(keyOf(kind, subject));
    if (row !== undefined) this.#end(row);
  }

  /** Called when an alarm of this kind has been read. */
  onRead(kind: AlarmKind, action: () => void): void {
    this.#onRead.set(kind, action);
  }

  /** Throws LookoutError: ALARM_NOT_FOUND; NOT_ALLOWED for one that stands as long as its cause. */
  acknowledge(id: AlarmId): void {
    const row = [...this.#standing.values()].find((alarm) => alarm.id === id);
    if (row === undefined) {
      throw new LookoutError('ALARM_NOT_FOUND', 'This alarm does not stand any more.', { field: 'alarmId' });
    }
    if (!standsUntilRead(row.kind)) {
      throw new LookoutError('NOT_ALLOWED', 'This alarm ends when its cause is over.', { field: 'alarmId' });
    }
    this.#end(row);
    this.#onRead.get(row.kind)?.();
  }

  #end(row: AlarmRow): void {
    const { rows, clock, log } = this.#parts;
    this.#standing.delete(keyOf(row.kind, row.subject));
    log.info({ alarm: row.kind, subject: row.subject }, 'An alarm ended');
    this.#write(() => rows.clear(row.id, clock.nowMs()));
    this.#publish();
  }

  #publish(): void {
    this.#parts.board.publish({ kind: 'alarms', alarms: this.list() });
  }

  /** What stands is known here; a catalog that takes nothing must not silence it. */
  #write(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#parts.log.error({ err: error }, 'The catalog did not take an alarm');
    }
  }
}

function keyOf(kind: AlarmKind, subject: string): string {
  return `${kind} ${subject}`;
}

function toAlarm({ id, kind, detail, raisedMs }: AlarmRow): Alarm {
  return { id, kind, ...alarmWords(kind, detail), raisedMs, acknowledge: standsUntilRead(kind) };
}
