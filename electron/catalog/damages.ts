// Segments whose file is not what its row says: remembered, shown as a gap, and written off when the file is gone.

import type { Statement } from 'better-sqlite3';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import type { Catalog } from './open.ts';

/** `missing`: no file; `size`, `hash`: another content; `unreadable`: the disk does not give it out. */
export type Damage = 'missing' | 'size' | 'hash' | 'unreadable';

export interface DamagedSegment {
  readonly streamId: StreamId;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

export class DamageRows {
  readonly #catalog: Catalog;
  readonly #ledger: FootageLedger;
  readonly #add: Statement<[StreamId, EpochMs, Damage, EpochMs]>;
  readonly #remove: Statement<[StreamId, EpochMs]>;
  readonly #has: Statement<[StreamId, EpochMs]>;
  readonly #addGap: Statement<[StreamId, EpochMs, EpochMs]>;
  readonly #removeGap: Statement<[StreamId, EpochMs]>;

  constructor(catalog: Catalog, ledger: FootageLedger) {
    this.#catalog = catalog;
    this.#ledger = ledger;
    const { database } = catalog;
    const ofStream = '(SELECT number FROM streams WHERE id = ?)';
    this.#add = database.prepare(
      `INSERT INTO damages (stream_number, start_ms, kind, found_ms) VALUES (${ofStream}, ?, ?, ?)
       ON CONFLICT DO UPDATE SET kind = excluded.kind`,
    );
    this.#remove = database.prepare(`DELETE FROM damages WHERE stream_number = ${ofStream} AND start_ms = ?`);
    this.#has = database.prepare(`SELECT 1 FROM damages WHERE stream_number = ${ofStream} AND start_ms = ?`);
    this.#addGap = database.prepare(
      `INSERT INTO gaps (stream_number, start_ms, end_ms, reason) VALUES (${ofStream}, ?, ?, 'damaged')
       ON CONFLICT DO NOTHING`,
    );
    this.#removeGap = database.prepare(
      `DELETE FROM gaps WHERE stream_number = ${ofStream} AND start_ms = ? AND reason = 'damaged'`,
    );
  }

  /** The row stays, and with it whatever of the file can be played; the timeline shows it as damaged. */
  add({ streamId, startMs, endMs }: DamagedSegment, kind: Damage, nowMs: EpochMs): void {
    this.#write(() => {
      this.#add.run(streamId, startMs, kind, nowMs);
      this.#addGap.run(streamId, startMs, endMs);
    });
  }

  /** It is what its row says after all, as when a disk answers again. */
  mend({ streamId, startMs }: DamagedSegment): void {
    if (this.#has.get(streamId, startMs) === undefined) return;
    this.#write(() => {
      this.#remove.run(streamId, startMs);
      this.#removeGap.run(streamId, startMs);
    });
  }

  /**
   * The files of these are gone: their rows go too, by the delete procedure. With `asGap` the timeline says that
   * something was there. Throws when one is locked; nothing is written then.
   */
  writeOff(segments: readonly DamagedSegment[], nowMs: EpochMs, asGap: boolean): void {
    this.#write(() => {
      this.#ledger.discard(segments, nowMs);
      if (!asGap) return;
      for (const { streamId, startMs, endMs } of segments) this.#addGap.run(streamId, startMs, endMs);
    });
  }

  #write(work: () => void): void {
    this.#catalog.database.transaction(work).immediate();
  }
}
