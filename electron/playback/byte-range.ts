// The Range header of RFC 9110, section 14, for one file.

export type ByteRange =
  /** No range, a unit we do not know, or several ranges: the whole file (14.2 allows to ignore the header). */
  | { readonly kind: 'whole' }
  /** First and last byte, both inside the file. */
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  /** Nothing of the file is in the range: 416. */
  | { readonly kind: 'unsatisfiable' }
  /** Not a ranges-specifier (14.1.1): 400. */
  | { readonly kind: 'malformed' };

/** Longest header looked at; several ranges may be of any length, but nobody needs them here. */
export const rangeHeaderLimit = 200;

/**
 * Several ranges are answered with the whole file: a `multipart/byteranges` body serves no player, and to refuse would
 * break clients that may ask so. A first position behind the last is malformed (14.1.1).
 */
export function parseByteRange(header: string | null, sizeBytes: number): ByteRange {
  if (header === null) return { kind: 'whole' };
  const unit = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(.*)$/.exec(header.trim());
  if (header.length > rangeHeaderLimit || unit === null) return { kind: 'malformed' };
  const [, name, set = ''] = unit;
  if (name?.toLowerCase() !== 'bytes') return { kind: 'whole' };
  const specs = set.split(',').map((spec) => spec.trim());
  const ranges = specs.map((spec) => /^(\d+)-(\d*)$|^-(\d+)$/.exec(spec));
  if (ranges.includes(null)) return { kind: 'malformed' };
  const [range] = ranges;
  if (ranges.length > 1 || range == null) return { kind: 'whole' };
  const [, from, to, suffix] = range;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), sizeBytes);
    return length === 0
      ? { kind: 'unsatisfiable' }
      : { kind: 'part', first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(from);
  const last = to === '' ? Number.POSITIVE_INFINITY : Number(to);
  if (last < first) return { kind: 'malformed' };
  if (first >= sizeBytes) return { kind: 'unsatisfiable' };
  return { kind: 'part', first, last: Math.min(last, sizeBytes - 1) };
}
