// Saved views of the wall: each person's own, under names of their own.

import type { WallClock } from '../../recorder/model/clock.ts';
import { newId, type ViewId } from '../../recorder/model/ids.ts';
import type { SettingRows } from '../catalog/settings.ts';
import type { ViewRow, ViewRows } from '../catalog/views.ts';
import { LookoutError } from '../contract/errors.ts';
import type { Person } from '../contract/shapes.ts';
import { nameKey } from '../contract/text.ts';
import { type SavedView, type ViewLayout, viewLimit } from '../contract/views.ts';
import type { EventBoard } from '../events/event-board.ts';

export interface ViewParts {
  readonly rows: ViewRows;
  readonly settings: SettingRows;
  readonly board: EventBoard;
  readonly clock: WallClock;
}

export interface ViewFields {
  readonly viewId?: ViewId | undefined;
  readonly name: string;
  readonly layout: ViewLayout;
}

/** Everything throws LookoutError for what it refuses. A view of somebody else is as if it were not there. */
export class ViewService {
  readonly #parts: ViewParts;

  constructor(parts: ViewParts) {
    this.#parts = parts;
  }

  list(person: Person): SavedView[] {
    return this.#parts.rows.list(person.name).map(toView);
  }

  /** Replaces the view `viewId`, or makes a new one. */
  save({ viewId, name, layout }: ViewFields, person: Person): SavedView {
    const { rows, board, clock } = this.#parts;
    const own = rows.list(person.name);
    if (viewId !== undefined && !own.some(({ id }) => id === viewId)) throw notFound();
    if (viewId === undefined && own.length >= viewLimit) {
      throw new LookoutError('LIMIT_REACHED', `A person has at most ${viewLimit} views.`);
    }
    if (own.some((view) => view.id !== viewId && nameKey(view.name) === nameKey(name))) {
      throw new LookoutError('NAME_TAKEN', 'You have a view of this name.', { field: 'name' });
    }
    const view: ViewRow = {
      id: viewId ?? newId(),
      owner: person.name,
      name,
      layout: JSON.stringify(layout),
      changedMs: clock.nowMs(),
    };
    rows.put(view);
    board.publish({ kind: 'views' });
    return toView(view);
  }

  /** What the wall of a window showed last. */
  shown(seat: number, person: Person): { readonly wall?: ViewLayout } {
    const text = this.#parts.settings.get(wallSetting(seat, person));
    return text === undefined ? {} : { wall: JSON.parse(text) as ViewLayout };
  }

  /** No event tells of it: it is about this window alone. */
  keepShown(seat: number, wall: ViewLayout, person: Person): void {
    this.#parts.settings.set(wallSetting(seat, person), JSON.stringify(wall));
  }

  remove(viewId: ViewId, person: Person): void {
    if (!this.#parts.rows.remove(person.name, viewId)) throw notFound();
    this.#parts.board.publish({ kind: 'views' });
  }
}

const wallSetting = (seat: number, { name }: Person) => `wall ${seat} ${name}`;

const notFound = () =>
  new LookoutError('VIEW_NOT_FOUND', 'There is no such view any more.', { field: 'viewId' });

function toView({ id, name, layout, changedMs }: ViewRow): SavedView {
  // What was stored had passed the contract's check.
  return { id, name, layout: JSON.parse(layout) as ViewLayout, changedMs };
}
