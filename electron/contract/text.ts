// Text that people type, as schemas: trimmed, bounded, without characters that show nothing or turn the reading around.

import * as z from 'zod';

/** Control characters but the line feed, and the marks that turn the reading direction around (UAX #9). */
const unprintable = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Text of several lines, at most `limit` UTF-16 units. */
export const Prose = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `At most ${limit} characters.`)
    .refine((text) => !unprintable.test(text), 'No control characters.')
    .refine((text) => text.isWellFormed(), 'Not well-formed text.');

export const Line = (limit: number) => Prose(limit).refine((text) => !text.includes('\n'), 'One line only.');
