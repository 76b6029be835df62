// Rows of the tag catalogue.

import { asc, eq } from 'drizzle-orm';
import type { TagId } from '../../recorder/model/ids.ts';
import type { Tag } from '../contract/marks.ts';
import type { Catalog } from './open.ts';
import { tags } from './schema.ts';

const columns = { id: tags.id, name: tags.name, category: tags.category, colour: tags.colour };

export class TagRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** By category, then by name. */
  list(): Tag[] {
    return this.#catalog.orm.select(columns).from(tags).orderBy(asc(tags.category), asc(tags.name)).all();
  }

  get(id: TagId): Tag | undefined {
    return this.#catalog.orm.select(columns).from(tags).where(eq(tags.id, id)).get();
  }

  /** Names are unique, capital letters of ASCII aside: throws SQLite's constraint error. */
  add(tag: Tag): void {
    this.#catalog.orm.insert(tags).values(tag).run();
  }

  /** As `add`. */
  change({ id, ...value }: Tag): void {
    this.#catalog.orm.update(tags).set(value).where(eq(tags.id, id)).run();
  }

  /** Marks lose it. False when there is no such tag. */
  remove(id: TagId): boolean {
    return this.#catalog.orm.delete(tags).where(eq(tags.id, id)).run().changes === 1;
  }
}
