// The tag catalogue: tags added, changed, removed; no two read the same.

import { newId, type TagId } from '../../recorder/model/ids.ts';
import type { TagRows } from '../catalog/tags.ts';
import { LookoutError } from '../contract/errors.ts';
import { type Tag, type TagColour, tagLimit } from '../contract/marks.ts';
import { nameKey } from '../contract/text.ts';
import type { EventBoard } from '../events/event-board.ts';

export interface TagFields {
  readonly name: string;
  readonly category: string;
  readonly colour: TagColour;
}

/** Everything throws LookoutError for what it refuses. */
export class TagService {
  readonly #rows: TagRows;
  readonly #board: EventBoard;

  constructor(rows: TagRows, board: EventBoard) {
    this.#rows = rows;
    this.#board = board;
  }

  list(): Tag[] {
    return this.#rows.list();
  }

  add({ name, category, colour }: TagFields): Tag {
    const known = this.#rows.list();
    if (known.length >= tagLimit) {
      throw new LookoutError('LIMIT_REACHED', `A station has at most ${tagLimit} tags.`);
    }
    checkName(known, name);
    const tag: Tag = { id: newId(), name, category, colour };
    this.#rows.add(tag);
    this.#board.publish({ kind: 'tags' });
    return tag;
  }

  change({ tagId, name, category, colour }: TagFields & { readonly tagId: TagId }): Tag {
    const known = this.#rows.list();
    if (!known.some(({ id }) => id === tagId)) throw tagNotFound('tagId');
    checkName(known, name, tagId);
    const tag: Tag = { id: tagId, name, category, colour };
    this.#rows.change(tag);
    this.#board.publish({ kind: 'tags' });
    return tag;
  }

  remove(tagId: TagId): void {
    if (!this.#rows.remove(tagId)) throw tagNotFound('tagId');
    this.#board.publish({ kind: 'tags' });
  }
}

/** The catalog compares byte by byte, ASCII case aside; people also read `É` and `é`, `ﬁ` and `fi` as one. */
function checkName(known: readonly Tag[], name: string, except?: TagId): void {
  if (known.some((tag) => tag.id !== except && nameKey(tag.name) === nameKey(name))) {
    throw new LookoutError('NAME_TAKEN', 'There is a tag of this name.', { field: 'name' });
  }
}

export function tagNotFound(field: string): LookoutError {
  return new LookoutError('TAG_NOT_FOUND', 'There is no such tag any more.', { field });
}
