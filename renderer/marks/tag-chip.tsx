// A tag as it stands beside a mark: its name with a dot of its colour.
import type { Tag, TagColour } from '../../electron/contract/marks.ts';

/** Whole class names, so that the style sheet is made with them. */
const dots: Readonly<Record<TagColour, string>> = {
  blue: 'bg-tag-blue',
  teal: 'bg-tag-teal',
  green: 'bg-tag-green',
  amber: 'bg-tag-amber',
  brown: 'bg-tag-brown',
  violet: 'bg-tag-violet',
  pink: 'bg-tag-pink',
  grey: 'bg-tag-grey',
};

export function TagDot({ colour }: { readonly colour: TagColour }) {
  return <span aria-hidden className={`size-2 shrink-0 rounded-full ${dots[colour]}`} />;
}

export const tagChip =
  'inline-flex max-w-full items-center gap-1.5 rounded-full border border-line bg-raised px-2 py-0.5 text-xs';

export function TagChip({ tag }: { readonly tag: Tag }) {
  return (
    <span className={tagChip}>
      <TagDot colour={tag.colour} />
      <span className="truncate">{tag.name}</span>
    </span>
  );
}
