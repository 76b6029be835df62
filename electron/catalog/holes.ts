// Times between two stretches of footage of which no gap says why there is none: so it is after the catalog was made anew.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Catalog } from './open.ts';

/** Coverage joins segments up to this apart (migrations/0001): rounding and slewing of wall times inside a run. */
export const seamMs = 100;

export interface Hole {
  readonly stream: number;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

/** The holes between footage and gaps of every stream, in order (store invariant 5). A gap that is open ends them. */
export function findHoles({ database }: Pick<Catalog, 'database'>): Hole[] {
  const holes: Hole[] = [];
  const known = database.prepare<[], [number, EpochMs, EpochMs | null]>(
    `SELECT stream_number, start_ms, end_ms FROM coverage
     UNION ALL SELECT stream_number, start_ms, end_ms FROM gaps ORDER BY 1, 2`,
  );
  let stream: number | undefined;
  let untilMs = 0;
  for (const [number, startMs, endMs] of known.raw().iterate() as Iterable<
    [number, EpochMs, EpochMs | null]
  >) {
    if (number === stream && startMs - untilMs > seamMs)
      holes.push({ stream, startMs: untilMs, endMs: startMs });
    untilMs = Math.max(number === stream ? untilMs : 0, endMs ?? Number.POSITIVE_INFINITY);
    stream = number;
  }
  return holes;
}

/** Every hole becomes a gap whose reason is not known; returns how many that are. */
export function explainHoles(catalog: Catalog): number {
  const { database } = catalog;
  const add = database.prepare<[number, EpochMs, EpochMs]>(
    `INSERT INTO gaps (stream_number, start_ms, end_ms, reason) VALUES (?, ?, ?, 'not-known') ON CONFLICT DO NOTHING`,
  );
  return database
    .transaction(() => {
      const holes = findHoles(catalog);
      for (const { stream, startMs, endMs } of holes) add.run(stream, startMs, endMs);
      return holes.length;
    })
    .immediate();
}
