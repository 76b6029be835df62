// Tags and marks as they cross the contract, with their limits. Times are UTC epoch milliseconds.

import * as z from 'zod';
import { dayMs } from '../../recorder/model/clock.ts';
import { isId, type MarkId, type TagId } from '../../recorder/model/ids.ts';
import { markKinds } from '../../recorder/model/marks.ts';
import { CameraIdShape, TimeMs } from './shapes.ts';
import { Line, Prose } from './text.ts';
import { endsLater, lastsAtMost } from './time-range.ts';

const isIdText = (value: unknown) => typeof value === 'string' && isId(value);
export const MarkIdShape = z.custom<MarkId>(isIdText, 'not a mark id');
export const TagIdShape = z.custom<TagId>(isIdText, 'not a tag id');

/** Colours a tag may have, by name: each has a readable shade in the light and the dark. Red says alarm and nothing else. */
export const tagColours = ['blue', 'teal', 'green', 'amber', 'brown', 'violet', 'pink', 'grey'] as const;
export type TagColour = (typeof tagColours)[number];

export const tagNameLimit = 40;
export const tagLimit = 500;
export const tagsPerMarkLimit = 20;
export const markTextLimit = 2_000;
/** A mark about more than this is about no event; a timeline looks back this far for marks that reach into it. */
export const longestMarkMs = 31 * dayMs;
/** More than an operator could have written; what comes near is a program gone wild. */
export const markLimit = 1_000_000;
export const searchWordsLimit = 200;

const TagFields = z.object({
  name: Line(tagNameLimit).min(1, 'A tag needs a name.'),
  /** What the tag is listed under, e.g. `Vehicles`; empty for none. */
  category: Line(tagNameLimit).default(''),
  colour: z.enum(tagColours),
});
export const TagInput = TagFields;
export const TagChange = TagFields.extend({ tagId: TagIdShape });
export const Tag = z.object({
  id: TagIdShape,
  name: z.string(),
  category: z.string(),
  colour: z.enum(tagColours),
});
export type Tag = z.infer<typeof Tag>;

const MarkFields = z.object({
  kind: z.enum(markKinds),
  startMs: TimeMs,
  /** Left out for a mark about a moment. */
  endMs: TimeMs.optional(),
  text: Prose(markTextLimit).default(''),
  tagIds: z.array(TagIdShape).max(tagsPerMarkLimit, `At most ${tagsPerMarkLimit} tags.`).default([]),
});

export const MarkInput = MarkFields.extend({ cameraId: CameraIdShape })
  .refine(...endsLater)
  .refine(...lastsAtMost(longestMarkMs));
/** The whole new value: what is left out is gone afterwards. Camera and author stay. */
export const MarkChange = MarkFields.extend({ markId: MarkIdShape })
  .refine(...endsLater)
  .refine(...lastsAtMost(longestMarkMs));

export const Mark = z.object({
  id: MarkIdShape,
  cameraId: CameraIdShape,
  /** Of removed cameras too: their footage and marks stay. */
  cameraName: z.string(),
  kind: z.enum(markKinds),
  startMs: TimeMs,
  endMs: TimeMs.optional(),
  text: z.string(),
  author: z.string(),
  tags: z.array(Tag),
  createdMs: TimeMs,
  changedMs: TimeMs,
});
export type Mark = z.infer<typeof Mark>;

/** An empty or missing list asks for all. */
const MarkFilter = z.object({
  cameraIds: z.array(CameraIdShape).max(256).default([]),
  kinds: z.array(z.enum(markKinds)).max(markKinds.length).default([]),
  /** Marks that have any of these. */
  tagIds: z.array(TagIdShape).max(tagsPerMarkLimit).default([]),
});

export const markListLimit = 2_000;
/** Marks that touch the time from `startMs` to before `endMs`. */
export const MarkRange = MarkFilter.extend({ startMs: TimeMs, endMs: TimeMs }).refine(...endsLater);
/** By start. `isComplete` is false when there are more than the 2,000 earliest. */
export const MarkList = z.object({ marks: z.array(Mark), isComplete: z.boolean() });

/** Where the next page goes on: behind this mark. */
const MarkCursor = z.object({ startMs: TimeMs, markId: MarkIdShape });
export const markPageLimit = 200;
export const MarkSearch = MarkFilter.extend({
  /** Taken literally, each word by itself: all of them have to stand somewhere in text, tags, camera or author. */
  words: z.string().max(searchWordsLimit, `At most ${searchWordsLimit} characters.`).default(''),
  /** Marks that begin from here … */
  fromMs: TimeMs.default(0),
  /** … to before here. */
  untilMs: TimeMs.optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
  limit: z.number().int().min(1).max(markPageLimit).default(50),
  after: MarkCursor.optional(),
});
export type MarkSearch = z.infer<typeof MarkSearch>;
export const MarkPage = z.object({
  marks: z.array(Mark),
  /** Undefined on the last page. */
  next: MarkCursor.optional(),
});
export type MarkPage = z.infer<typeof MarkPage>;
