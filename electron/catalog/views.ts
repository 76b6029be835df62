// Rows of saved views, each its owner's alone.

import { and, asc, eq } from 'drizzle-orm';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { ViewId } from '../../recorder/model/ids.ts';
import type { Catalog } from './open.ts';
import { views } from './schema.ts';

export interface ViewRow {
  readonly id: ViewId;
  readonly owner: string;
  readonly name: string;
  /** JSON text. */
  readonly layout: string;
  readonly changedMs: EpochMs;
}

export class ViewRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** By name. */
  list(owner: string): ViewRow[] {
    return this.#catalog.orm
      .select()
      .from(views)
      .where(eq(views.owner, owner))
      .orderBy(asc(views.name))
      .all();
  }

  /** Makes or replaces the view; names of one owner are unique, capital letters of ASCII aside. */
  put(view: ViewRow): void {
    const { id: _, ...value } = view;
    this.#catalog.orm.insert(views).values(view).onConflictDoUpdate({ target: views.id, set: value }).run();
  }

  /** False when the owner has no such view. */
  remove(owner: string, id: ViewId): boolean {
    const own = and(eq(views.owner, owner), eq(views.id, id));
    return this.#catalog.orm.delete(views).where(own).run().changes === 1;
  }
}
