// Rows of marks with their tags: the hot reads of a timeline and of the full-text search, as raw statements.

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId, MarkId, TagId } from '../../recorder/model/ids.ts';
import type { MarkKind } from '../../recorder/model/marks.ts';
import { longestMarkMs, type Mark, type Tag } from '../contract/marks.ts';
import type { Catalog } from './open.ts';
import { folded, readSearch } from './search-words.ts';

/** What a mark says; its camera and author never change. */
export interface MarkValue {
  readonly kind: MarkKind;
  readonly startMs: EpochMs;
  readonly endMs?: EpochMs | undefined;
  readonly text: string;
  readonly tagIds: readonly TagId[];
}

export interface NewMark extends MarkValue {
  readonly id: MarkId;
  readonly cameraId: CameraId;
  readonly author: string;
  readonly createdMs: EpochMs;
}

/** Empty lists ask for all. */
export interface MarkFilter {
  readonly cameraIds: readonly CameraId[];
  readonly kinds: readonly MarkKind[];
  readonly tagIds: readonly TagId[];
}

export interface MarkQuestion extends MarkFilter {
  readonly words: string;
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
  readonly order: 'newest' | 'oldest';
  readonly after?: { readonly startMs: EpochMs; readonly markId: MarkId } | undefined;
  readonly limit: number;
}

interface MarkRow {
  readonly number: number;
  readonly id: MarkId;
  readonly cameraId: CameraId;
  readonly cameraName: string;
  readonly kind: MarkKind;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly text: string;
  readonly author: string;
  readonly createdMs: number;
  readonly changedMs: number;
}

const columns = `marks.number, marks.id, camera_id AS cameraId,
  (SELECT name FROM cameras WHERE cameras.id = camera_id) AS cameraName,
  kind, start_ms AS startMs, end_ms AS endMs, text, author, created_ms AS createdMs, changed_ms AS changedMs`;

const conditions = {
  cameraIds: 'camera_id IN (SELECT value FROM json_each(:cameraIds))',
  kinds: 'kind IN (SELECT value FROM json_each(:kinds))',
  tagIds: `marks.number IN (SELECT mark_number FROM mark_tags JOIN tags ON tags.number = tag_number
    WHERE tags.id IN (SELECT value FROM json_each(:tagIds)))`,
} as const;

type Values = Record<string, string | number | null>;

export class MarkRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    // Asked of the rows that the index found; never part of the schema.
    catalog.database.function(
      'holds_words',
      { deterministic: true, directOnly: true },
      (text: unknown, words: unknown) => (folded(String(text)).includes(String(words)) ? 1 : 0),
    );
  }

  /** Marks that touch `[startMs, endMs)`, by start; at most `limit`. */
  list(range: MarkFilter & { startMs: EpochMs; endMs: EpochMs }, limit: number): Mark[] {
    const { where, values } = filtered(range);
    const rows = this.#select(
      `SELECT ${columns} FROM marks
      WHERE start_ms >= :earliestMs AND start_ms < :endMs AND (start_ms >= :startMs OR end_ms > :startMs) ${where}
      ORDER BY start_ms, marks.id LIMIT :limit`,
      // A mark that began earlier than the longest there may be has ended.
      {
        ...values,
        startMs: range.startMs,
        endMs: range.endMs,
        earliestMs: range.startMs - longestMarkMs,
        limit,
      },
    );
    return this.#withTags(rows);
  }

  search(question: MarkQuestion): Mark[] {
    const { where, values } = filtered(question);
    const { match, literal } = readSearch(question.words);
    const found = [
      ...(match === undefined ? [] : ['mark_words MATCH :match']),
      ...literal.map(
        (_, index) => `holds_words(concat_ws(char(10), text, tags, camera, author), :literal${index})`,
      ),
    ];
    const words =
      found.length === 0
        ? ''
        : `AND marks.number IN (SELECT rowid FROM mark_words WHERE ${found.join(' AND ')})`;
    const [compare, direction] = question.order === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
    const after =
      question.after === undefined ? '' : `AND (start_ms, marks.id) ${compare} (:afterMs, :afterId)`;
    const rows = this.#select(
      `SELECT ${columns} FROM marks WHERE start_ms >= :fromMs AND start_ms < :untilMs ${after} ${words} ${where}
      ORDER BY start_ms ${direction}, marks.id ${direction} LIMIT :limit`,
      {
        ...values,
        ...(match === undefined ? {} : { match }),
        ...Object.fromEntries(literal.map((word, index) => [`literal${index}`, word])),
        ...(question.after && { afterMs: question.after.startMs, afterId: question.after.markId }),
        fromMs: question.fromMs,
        untilMs: question.untilMs,
        limit: question.limit,
      },
    );
    return this.#withTags(rows);
  }

  get(id: MarkId): Mark | undefined {
    return this.#withTags(this.#select(`SELECT ${columns} FROM marks WHERE id = :id`, { id }))[0];
  }

  /** Also of a camera that was removed: its footage can still be marked. */
  hasCamera(id: CameraId): boolean {
    return this.#catalog.database.prepare('SELECT 1 FROM cameras WHERE id = ?').get(id) !== undefined;
  }

  /** Mark and tags in one transaction; tags that are not there are left out. False when there are `limit` marks. */
  add(mark: NewMark, limit: number): boolean {
    const { database } = this.#catalog;
    return database
      .transaction(() => {
        if ((database.prepare('SELECT count(*) FROM marks').pluck().get() as number) >= limit) return false;
        const { lastInsertRowid } = database
          .prepare(
            `INSERT INTO marks (id, camera_id, kind, start_ms, end_ms, text, author, created_ms, changed_ms)
            VALUES (:id, :cameraId, :kind, :startMs, :endMs, :text, :author, :createdMs, :createdMs)`,
          )
          .run({ ...mark, endMs: mark.endMs ?? null });
        this.#tag(Number(lastInsertRowid), mark.tagIds);
        return true;
      })
      .immediate();
  }

  /** False when there is no such mark. */
  change(id: MarkId, value: MarkValue, changedMs: EpochMs): boolean {
    const { database } = this.#catalog;
    return database
      .transaction(() => {
        const number = database
          .prepare(
            `UPDATE marks SET kind = :kind, start_ms = :startMs, end_ms = :endMs, text = :text, changed_ms = :changedMs
            WHERE id = :id RETURNING number`,
          )
          .pluck()
          .get({ ...value, endMs: value.endMs ?? null, changedMs, id }) as number | undefined;
        if (number === undefined) return false;
        database.prepare('DELETE FROM mark_tags WHERE mark_number = ?').run(number);
        this.#tag(number, value.tagIds);
        return true;
      })
      .immediate();
  }

  /** False when there is no such mark. */
  remove(id: MarkId): boolean {
    return this.#catalog.database.prepare('DELETE FROM marks WHERE id = ?').run(id).changes === 1;
  }

  #tag(markNumber: number, tagIds: readonly TagId[]): void {
    this.#catalog.database
      .prepare(
        `INSERT INTO mark_tags (mark_number, tag_number)
        SELECT ?, number FROM tags WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .run(markNumber, JSON.stringify(tagIds));
  }

  #select(sql: string, values: Values): MarkRow[] {
    return this.#catalog.database.prepare<[Values], MarkRow>(sql).all(values);
  }

  #withTags(rows: readonly MarkRow[]): Mark[] {
    const tagged = this.#catalog.database
      .prepare<[string], Tag & { readonly markNumber: number }>(
        `SELECT mark_number AS markNumber, tags.id, name, category, colour
        FROM mark_tags JOIN tags ON tags.number = tag_number
        WHERE mark_number IN (SELECT value FROM json_each(?)) ORDER BY category, name`,
      )
      .all(JSON.stringify(rows.map(({ number }) => number)));
    const tags = Map.groupBy(tagged, ({ markNumber }) => markNumber);
    return rows.map(({ number, endMs, ...mark }) => ({
      ...mark,
      ...(endMs === null ? {} : { endMs }),
      tags: (tags.get(number) ?? []).map(({ id, name, category, colour }) => ({
        id,
        name,
        category,
        colour,
      })),
    }));
  }
}

function filtered(filter: MarkFilter): { where: string; values: Values } {
  const asked = (['cameraIds', 'kinds', 'tagIds'] as const).filter((name) => filter[name].length > 0);
  return {
    where: asked.map((name) => `AND ${conditions[name]}`).join(' '),
    values: Object.fromEntries(asked.map((name) => [name, JSON.stringify(filter[name])])),
  };
}
