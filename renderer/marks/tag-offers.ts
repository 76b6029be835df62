// What the tag field offers while somebody types. Pure.
import type { Tag } from '../../electron/contract/marks.ts';

export interface Offer {
  readonly id: string;
  /** Undefined offers to make a tag of what is typed. */
  readonly tag: Tag | undefined;
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

/** The tags whose name or category has what is typed, those already chosen left out; and a new one when none is called that. */
export function offersFor(typed: string, tags: readonly Tag[], chosen: readonly Tag[]): Offer[] {
  const wanted = folded(typed.trim());
  const free = tags.filter(({ id }) => !chosen.some((one) => one.id === id));
  const found = free.filter(({ name, category }) => folded(`${category} ${name}`).includes(wanted));
  const isKnown = tags.some(({ name }) => folded(name) === wanted);
  const made: Offer[] = wanted === '' || isKnown ? [] : [{ id: 'new', tag: undefined }];
  return [...found.map((tag) => ({ id: tag.id as string, tag })), ...made];
}
