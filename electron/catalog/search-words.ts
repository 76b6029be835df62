// What somebody typed into a search, taken literally: words for the full-text index, and what the index cannot tell.

export interface SearchWords {
  /** An FTS5 query in which every word is a quoted prefix, so that nothing is syntax; undefined when no word has one. */
  readonly match: string | undefined;
  /** Folded; each has to stand in the words as it is, because the index splits it or does not know its signs. */
  readonly literal: readonly string[];
}

/** What the tokenizer `unicode61` keeps: letters, numbers and private signs (sqlite.org/fts5.html, 4.3.1). */
const token = /[\p{L}\p{N}\p{Co}]/u;
const onlyTokens = /^[\p{L}\p{N}\p{Co}\p{M}]+$/u;
/** Scripts written without spaces between words: for the index a whole sentence is one word. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

export function readSearch(typed: string): SearchWords {
  const words = typed
    .toWellFormed()
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word !== '');
  const prefixes: string[] = [];
  const literal: string[] = [];
  for (const word of words) {
    const isIndexed = token.test(word) && !unspaced.test(word);
    if (isIndexed) prefixes.push(`"${word.replaceAll('"', '""')}" *`);
    if (!isIndexed || !onlyTokens.test(word)) literal.push(folded(word));
  }
  return { match: prefixes.length === 0 ? undefined : prefixes.join(' '), literal };
}

/** Without case and diacritics, as the index compares. */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
