// What a timeline knows of one stream: the stretch it has asked about, footage, gaps with reasons; and what it does not know.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { longestTimelineMs } from '../../recorder/model/limits.ts';
import type { GapReason } from '../../recorder/model/states.ts';
import { extended, holeAt, noRanges, type Range, type Ranges, rangeAt, rangesOf } from './ranges.ts';

export interface Gap {
  readonly startMs: EpochMs;
  /** Undefined while the gap goes on. */
  readonly endMs?: EpochMs | undefined;
  readonly reason: GapReason;
}

export interface Footage {
  /** The stretch that was asked about; nothing is known outside of it. Undefined before the first answer. */
  readonly loaded: Range | undefined;
  /** Holes shorter than this are not told apart; the footage around them comes as one. */
  readonly mergeMs: number;
  readonly coverage: Ranges;
  /** By start; only the last one may be going on. */
  readonly gaps: readonly Gap[];
  /** The gaps again, by whether somebody has to look into them; one that goes on never ends. */
  readonly faults: Ranges;
  readonly wanted: Ranges;
  /** Start of the oldest and end of the newest footage of the stream, wherever the loaded stretch lies. */
  readonly oldestMs?: EpochMs | undefined;
  readonly newestMs?: EpochMs | undefined;
}

export const nothingLoaded: Footage = {
  loaded: undefined,
  mergeMs: 0,
  coverage: noRanges,
  gaps: [],
  faults: noRanges,
  wanted: noRanges,
};

/** What an answer of the station says about the stretch that was asked about. */
export interface Answer {
  readonly coverage: readonly Range[];
  readonly gaps: readonly Gap[];
  readonly oldestMs?: EpochMs | undefined;
  readonly newestMs?: EpochMs | undefined;
}

export function footageOf(question: Question, answer: Answer): Footage {
  const { startMs, endMs, mergeMs } = question;
  const { oldestMs, newestMs } = answer;
  const coverage = rangesOf(answer.coverage);
  return { loaded: { startMs, endMs }, mergeMs, coverage, oldestMs, newestMs, ...gapsOf(answer.gaps) };
}

function gapsOf(list: readonly Gap[]): Pick<Footage, 'gaps' | 'faults' | 'wanted'> {
  const gaps = list.toSorted((a, b) => a.startMs - b.startMs);
  const ranges = (fault: boolean) =>
    rangesOf(
      gaps
        .filter((gap) => isFault(gap) === fault)
        .map(({ startMs, endMs = Number.POSITIVE_INFINITY }) => ({ startMs, endMs })),
    );
  return { gaps, faults: ranges(true), wanted: ranges(false) };
}

/** What stands at one moment of a timeline. */
export type MomentState =
  | ({ readonly kind: 'footage' } & Range)
  | { readonly kind: 'gap'; readonly gap: Gap }
  /** Neither footage nor a gap row: deleted by retention, or from before the camera was added. */
  | ({ readonly kind: 'empty' } & Range)
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'future' };

/** Reasons of somebody's will, which nobody has to look into. All others are faults. */
const wanted: ReadonlySet<GapReason> = new Set([
  'recording-off',
  'program-stopped',
  'starting',
  'not-scheduled',
  'no-motion',
]);

export function isFault(gap: Gap): boolean {
  return !wanted.has(gap.reason);
}

/** What stands at `ms`; a gap shorter than `reachMs` is also found from that far away, so that a pointer can hit it. */
export function stateAt(footage: Footage, ms: EpochMs, nowMs: EpochMs, reachMs = 0): MomentState {
  if (ms > nowMs) return { kind: 'future' };
  const { loaded, coverage } = footage;
  if (loaded === undefined || ms < loaded.startMs || ms >= loaded.endMs) return { kind: 'not-loaded' };
  const gap = gapAt(footage, ms, nowMs, reachMs);
  const run = rangeAt(coverage, ms);
  if (gap !== undefined && (run === undefined || (gap.endMs ?? nowMs) - gap.startMs < reachMs)) {
    return { kind: 'gap', gap };
  }
  if (run !== undefined) return { kind: 'footage', ...run };
  const hole = holeAt(coverage, ms);
  if (hole === undefined) throw new Error('a moment is neither inside nor outside of the coverage');
  return { kind: 'empty', ...hole };
}

/** A run that is known only up to the edge of what is loaded may reach any distance beyond it. */
export function wholeRun({ loaded }: Footage, { startMs, endMs }: Range): Range {
  const isCutAtStart = loaded === undefined || startMs <= loaded.startMs;
  const isCutAtEnd = loaded === undefined || endMs >= loaded.endMs;
  return {
    startMs: isCutAtStart ? Number.NEGATIVE_INFINITY : startMs,
    endMs: isCutAtEnd ? Number.POSITIVE_INFINITY : endMs,
  };
}

function gapAt(footage: Footage, ms: EpochMs, nowMs: EpochMs, reachMs: number): Gap | undefined {
  const { gaps } = footage;
  // The last gap that starts at or before the reach; gaps do not overlap, so no earlier one can be nearer.
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((gaps[middle]?.startMs ?? 0) <= ms + reachMs) low = middle + 1;
    else high = middle;
  }
  const exact = [gaps[low - 1], gaps[low - 2]].find(
    (gap) => gap !== undefined && gap.startMs <= ms && (gap.endMs ?? nowMs) > ms,
  );
  const near = gaps[low - 1];
  return exact ?? (near !== undefined && (near.endMs ?? nowMs) > ms - reachMs ? near : undefined);
}

/**
 * The footage after playable video reached `newestMs`. A run that was growing goes on; after a gap a new one begins
 * where the gap ended.
 */
export function grownTo(footage: Footage, newestMs: EpochMs): Footage {
  const { loaded, coverage, gaps } = footage;
  if (footage.newestMs !== undefined && newestMs <= footage.newestMs) return footage;
  const grown = { ...footage, newestMs, oldestMs: footage.oldestMs ?? newestMs };
  // What grows outside of the loaded stretch is learnt when that is asked for.
  if (loaded === undefined || newestMs <= loaded.startMs || newestMs > loaded.endMs) return grown;
  const lastEndMs = coverage.endsMs.at(-1) ?? Number.NEGATIVE_INFINITY;
  const lastGapEndMs = gaps.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY;
  const fromMs = Math.max(lastEndMs, lastGapEndMs);
  // With nothing known before it, only the end of the new run is sure.
  if (!Number.isFinite(fromMs) || newestMs <= fromMs) return grown;
  return { ...grown, coverage: extended(coverage, { startMs: fromMs, endMs: newestMs }) };
}

/** The footage after a gap began, changed its reason or ended. */
export function withGap(footage: Footage, gap: Gap): Footage {
  const others = footage.gaps.filter((known) => known.startMs !== gap.startMs);
  return { ...footage, ...gapsOf([...others, gap]) };
}

/** True when holes were merged that the view is fine enough to show: more than a pixel wide. */
export function isRough(
  footage: Footage,
  view: { readonly spanMs: number; readonly width: number },
): boolean {
  return footage.mergeMs > view.spanMs / view.width;
}

/** What to ask the station about. */
export interface Question extends Range {
  readonly mergeMs: number;
}

/**
 * The question a view of `spanMs` over `width` pixels has to ask, or undefined when what is loaded answers it: the
 * view must lie inside, and the merging must not hide what the view could show. Asks for a view's span on either
 * side as well, so that panning meets loaded time; bounds are rounded, so that the same view asks the same.
 */
export function questionFor(
  view: { readonly startMs: EpochMs; readonly spanMs: number; readonly width: number },
  footage: Footage,
): Question | undefined {
  // The station's time begins with 1970.
  const viewStartMs = Math.max(0, view.startMs);
  const viewEndMs = view.startMs + view.spanMs;
  if (viewEndMs <= 0) return undefined;
  const { loaded } = footage;
  const inside = loaded !== undefined && loaded.startMs <= viewStartMs && loaded.endMs >= viewEndMs;
  if (inside && !isRough(footage, view)) return undefined;
  const marginMs = Math.min(view.spanMs, (longestTimelineMs - view.spanMs) / 2);
  const gridMs = 2 ** Math.floor(Math.log2(view.spanMs / 8));
  return {
    startMs: Math.max(0, Math.ceil((view.startMs - marginMs) / gridMs) * gridMs),
    endMs: Math.floor((viewEndMs + marginMs) / gridMs) * gridMs,
    mergeMs: Math.floor(view.spanMs / view.width / 2),
  };
}
