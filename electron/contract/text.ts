// Text that people type, as schemas: trimmed, bounded, without characters that show nothing or turn the reading around.

import * as z from 'zod';

/** Control characters but the line feed, and the marks that turn the reading direction around (UAX #9). */
const unprintable = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** What is drawn as nothing (UAX #44 Default_Ignorable_Code_Point, among it U+3164), formats, blanks, the empty Braille cell. */
const unseen = /[\p{DI}\p{Cf}\p{Z}\s\u2800]/gu;

/** False for a text that has characters and shows none of them. */
export const showsSomething = (text: string) => text === '' || text.replaceAll(unseen, '') !== '';

/** The same for two names that people read as one: widths, capitals and what shows nothing do not tell them apart. */
export const nameKey = (name: string) =>
  name
    .replaceAll(/[\p{DI}\p{Cf}]/gu, '')
    .normalize('NFKC')
    .toLowerCase();

const readable = (text: z.ZodString, limit: number) =>
  text
    .max(limit, `At most ${limit} characters.`)
    .refine((typed) => !unprintable.test(typed), 'No control characters.')
    .refine((typed) => typed.isWellFormed(), 'Not well-formed text.')
    .refine(showsSomething, 'A character that can be seen is needed.');

const onOneLine = (text: z.ZodString) => text.refine((typed) => !typed.includes('\n'), 'One line only.');

/** Text of several lines, at most `limit` UTF-16 units. */
export const Prose = (limit: number) => readable(z.string().trim(), limit);

export const Line = (limit: number) => onOneLine(Prose(limit));

/** A line as it was typed: the name of a file or folder may begin or end with a blank. */
export const PathLine = (limit: number) => onOneLine(readable(z.string(), limit));
