// Sorted, disjoint stretches of time in typed arrays: found by binary search, merged to what a screen can tell apart.

import type { EpochMs } from '../../recorder/model/clock.ts';

export interface Range {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

/** Ranges `[startsMs[i], endsMs[i])`, sorted, none empty, none overlapping or touching. */
export interface Ranges {
  readonly startsMs: Float64Array;
  readonly endsMs: Float64Array;
}

export const noRanges: Ranges = { startsMs: new Float64Array(0), endsMs: new Float64Array(0) };

/** Any list of ranges: sorted, empty ones dropped, overlapping and touching ones joined. */
export function rangesOf(list: readonly Range[]): Ranges {
  const sorted = list.filter((range) => range.endMs > range.startMs).sort((a, b) => a.startMs - b.startMs);
  const startsMs = new Float64Array(sorted.length);
  const endsMs = new Float64Array(sorted.length);
  let count = 0;
  for (const range of sorted) {
    const last = count - 1;
    if (last >= 0 && range.startMs <= at(endsMs, last)) {
      endsMs[last] = Math.max(at(endsMs, last), range.endMs);
    } else {
      startsMs[count] = range.startMs;
      endsMs[count] = range.endMs;
      count += 1;
    }
  }
  return { startsMs: startsMs.subarray(0, count), endsMs: endsMs.subarray(0, count) };
}

/** The ranges and one more at their end, which begins at or after the start of the last; joined where they touch. */
export function extended(ranges: Ranges, range: Range): Ranges {
  const lastEndMs = ranges.endsMs.at(-1) ?? Number.NEGATIVE_INFINITY;
  if (range.startMs > lastEndMs) {
    return {
      startsMs: Float64Array.of(...ranges.startsMs, range.startMs),
      endsMs: Float64Array.of(...ranges.endsMs, range.endMs),
    };
  }
  const endsMs = ranges.endsMs.slice();
  endsMs[endsMs.length - 1] = Math.max(lastEndMs, range.endMs);
  return { startsMs: ranges.startsMs, endsMs };
}

/** Index of the first range that ends after `ms`: the one `ms` lies in, or the next one. May be the length. */
export function firstEndingAfter(ranges: Ranges, ms: EpochMs): number {
  let low = 0;
  let high = ranges.endsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(ranges.endsMs, middle) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The range that `ms` lies in. */
export function rangeAt(ranges: Ranges, ms: EpochMs): Range | undefined {
  const index = firstEndingAfter(ranges, ms);
  const startMs = ranges.startsMs[index];
  if (startMs === undefined || startMs > ms) return undefined;
  return { startMs, endMs: at(ranges.endsMs, index) };
}

/** The stretch around `ms` that no range covers; infinite where none lies before or after. Undefined inside a range. */
export function holeAt(ranges: Ranges, ms: EpochMs): Range | undefined {
  const index = firstEndingAfter(ranges, ms);
  const nextMs = ranges.startsMs[index] ?? Number.POSITIVE_INFINITY;
  if (nextMs <= ms) return undefined;
  return { startMs: ranges.endsMs[index - 1] ?? Number.NEGATIVE_INFINITY, endMs: nextMs };
}

/** The nearest start or end of a range beyond `ms` in that direction, or undefined when there is none. */
export function nextBorder(ranges: Ranges, ms: EpochMs, direction: 'forward' | 'back'): EpochMs | undefined {
  const index = firstEndingAfter(ranges, ms);
  const startMs = ranges.startsMs[index];
  if (direction === 'forward') {
    return startMs !== undefined && startMs > ms ? startMs : ranges.endsMs[index];
  }
  if (startMs !== undefined && startMs < ms) return startMs;
  const endMs = ranges.endsMs[index - 1];
  return endMs !== undefined && endMs < ms ? endMs : ranges.startsMs[index - 1];
}

/**
 * Calls `paint` with each range cut to `[startMs, endMs)`, in order; ranges closer than `mergeMs` come as one, so
 * that a month of segments costs no more than the pixels it fills.
 */
export function eachMerged(
  ranges: Ranges,
  window: Range,
  mergeMs: number,
  paint: (startMs: EpochMs, endMs: EpochMs) => void,
): void {
  let openStartMs = Number.NaN;
  let openEndMs = Number.NaN;
  for (let index = firstEndingAfter(ranges, window.startMs); index < ranges.startsMs.length; index += 1) {
    if (at(ranges.startsMs, index) >= window.endMs) break;
    const startMs = Math.max(window.startMs, at(ranges.startsMs, index));
    const endMs = Math.min(window.endMs, at(ranges.endsMs, index));
    if (startMs - openEndMs < mergeMs) {
      openEndMs = endMs;
      continue;
    }
    if (!Number.isNaN(openStartMs)) paint(openStartMs, openEndMs);
    openStartMs = startMs;
    openEndMs = endMs;
  }
  if (!Number.isNaN(openStartMs)) paint(openStartMs, openEndMs);
}

function at(numbers: Float64Array, index: number): number {
  const value = numbers[index];
  if (value === undefined) throw new RangeError(`index ${index} of ${numbers.length}`);
  return value;
}
