// Settings as rows of name and text; what a value means is its subject's business.

import { eq } from 'drizzle-orm';
import type { Catalog } from './open.ts';
import { settings } from './schema.ts';

export class SettingRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  get(name: string): string | undefined {
    return this.#catalog.orm.select().from(settings).where(eq(settings.name, name)).get()?.value;
  }

  set(name: string, value: string): void {
    this.#catalog.orm
      .insert(settings)
      .values({ name, value })
      .onConflictDoUpdate({ target: settings.name, set: { value } })
      .run();
  }
}
