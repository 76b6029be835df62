// Marks: what operators note about moments and ranges; found again by time, tag and word.

import { dayMs, type WallClock } from '../../recorder/model/clock.ts';
import { type CameraId, type MarkId, newId } from '../../recorder/model/ids.ts';
import type { MarkFilter, MarkRows, MarkValue } from '../catalog/marks.ts';
import type { TagRows } from '../catalog/tags.ts';
import { LookoutError } from '../contract/errors.ts';
import { type Mark, type MarkPage, type MarkSearch, markLimit, markListLimit } from '../contract/marks.ts';
import { mayUse } from '../contract/roles.ts';
import type { Person } from '../contract/shapes.ts';
import type { EventBoard } from '../events/event-board.ts';
import { tagNotFound } from './tags.ts';

/** Nothing that happened lies further ahead of the station's clock, even after somebody set it back by hours. */
export const furthestAheadMs = dayMs;

export interface MarkParts {
  readonly rows: MarkRows;
  readonly tags: TagRows;
  readonly board: EventBoard;
  readonly clock: WallClock;
}

/** Everything throws LookoutError for what it refuses. */
export class MarkService {
  readonly #parts: MarkParts;

  constructor(parts: MarkParts) {
    this.#parts = parts;
  }

  list(range: MarkFilter & { startMs: number; endMs: number }): { marks: Mark[]; isComplete: boolean } {
    const found = this.#parts.rows.list(range, markListLimit + 1);
    return { marks: found.slice(0, markListLimit), isComplete: found.length <= markListLimit };
  }

  search(question: MarkSearch): MarkPage {
    const { limit, untilMs = Number.MAX_SAFE_INTEGER } = question;
    const found = this.#parts.rows.search({ ...question, untilMs, limit: limit + 1 });
    const marks = found.slice(0, limit);
    const last = marks.at(-1);
    const hasMore = found.length > limit && last !== undefined;
    return { marks, ...(hasMore ? { next: { startMs: last.startMs, markId: last.id } } : {}) };
  }

  add({ cameraId, ...value }: MarkValue & { readonly cameraId: CameraId }, person: Person): Mark {
    const { rows, clock } = this.#parts;
    if (!rows.hasCamera(cameraId)) {
      throw new LookoutError('CAMERA_NOT_FOUND', 'There is no such camera.', { field: 'cameraId' });
    }
    const nowMs = clock.nowMs();
    this.#check(value, nowMs);
    const id = newId<MarkId>();
    if (!rows.add({ ...value, id, cameraId, author: person.name, createdMs: nowMs }, markLimit)) {
      throw new LookoutError('LIMIT_REACHED', `A station has at most ${markLimit} marks.`, {
        hint: 'Remove marks that are no longer needed.',
      });
    }
    return this.#publish(id);
  }

  change({ markId, ...value }: MarkValue & { readonly markId: MarkId }, person: Person): Mark {
    this.#own(markId, person);
    const nowMs = this.#parts.clock.nowMs();
    this.#check(value, nowMs);
    this.#parts.rows.change(markId, value, nowMs);
    return this.#publish(markId);
  }

  remove(markId: MarkId, person: Person): void {
    const { cameraId } = this.#own(markId, person);
    this.#parts.rows.remove(markId);
    this.#parts.board.publish({ kind: 'mark-removed', markId, cameraId });
  }

  #check({ startMs, tagIds }: MarkValue, nowMs: number): void {
    if (startMs > nowMs + furthestAheadMs) {
      throw new LookoutError('INVALID_INPUT', 'This moment has not happened yet.', { field: 'startMs' });
    }
    tagIds.forEach((tagId, index) => {
      if (this.#parts.tags.get(tagId) === undefined) throw tagNotFound(`tagIds.${index}`);
    });
  }

  /** The mark, if this person may change it: who wrote it, and supervisors. */
  #own(markId: MarkId, person: Person): Mark {
    const mark = this.#parts.rows.get(markId);
    if (mark === undefined) {
      throw new LookoutError('MARK_NOT_FOUND', 'There is no such mark any more.', { field: 'markId' });
    }
    if (mark.author !== person.name && !mayUse(person.role, 'supervisor')) {
      throw new LookoutError('NOT_ALLOWED', `This mark is by ${mark.author}.`, {
        hint: 'A supervisor may change it.',
      });
    }
    return mark;
  }

  #publish(id: MarkId): Mark {
    const mark = this.#parts.rows.get(id);
    if (mark === undefined) throw new Error('a mark that was just written is not there');
    this.#parts.board.publish({ kind: 'mark', mark });
    return mark;
  }
}
