// The ticks of a time ruler, on local-time boundaries; correct on days of 23 and 25 hours.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { dayMs } from '../../recorder/model/clock.ts';
import type { LocalDate, LocalTime } from './local-time.ts';
import type { Range } from './ranges.ts';
import type { CssPixels, Viewport } from './viewport.ts';
import { endMs, msPerPixel } from './viewport.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What a tick's label has to tell: parts of a second, seconds, minutes, or the day. */
export type RulerUnit = 'millisecond' | 'second' | 'minute' | 'day';

export interface Tick {
  readonly ms: EpochMs;
  /** `day`: a local day begins here. `label`: carries a label. `minor`: a line only. */
  readonly kind: 'day' | 'label' | 'minor';
}

export interface Ruler {
  readonly unit: RulerUnit;
  /** In order of time; days win over other ticks of the same moment. */
  readonly ticks: readonly Tick[];
}

interface Scale {
  readonly labelMs: number;
  readonly minorMs: number;
  readonly unit: RulerUnit;
}

/** Both steps divide an hour, or the day, so that ticks of every day fall on the same readings. */
const scales: readonly Scale[] = [
  { labelMs: 100, minorMs: 20, unit: 'millisecond' },
  { labelMs: 200, minorMs: 50, unit: 'millisecond' },
  { labelMs: 500, minorMs: 100, unit: 'millisecond' },
  { labelMs: second, minorMs: 200, unit: 'second' },
  { labelMs: 2 * second, minorMs: 500, unit: 'second' },
  { labelMs: 5 * second, minorMs: second, unit: 'second' },
  { labelMs: 10 * second, minorMs: 2 * second, unit: 'second' },
  { labelMs: 30 * second, minorMs: 5 * second, unit: 'second' },
  { labelMs: minute, minorMs: 10 * second, unit: 'minute' },
  { labelMs: 2 * minute, minorMs: 30 * second, unit: 'minute' },
  { labelMs: 5 * minute, minorMs: minute, unit: 'minute' },
  { labelMs: 10 * minute, minorMs: 2 * minute, unit: 'minute' },
  { labelMs: 15 * minute, minorMs: 5 * minute, unit: 'minute' },
  { labelMs: 30 * minute, minorMs: 5 * minute, unit: 'minute' },
  { labelMs: hour, minorMs: 15 * minute, unit: 'minute' },
  { labelMs: 2 * hour, minorMs: 30 * minute, unit: 'minute' },
  { labelMs: 3 * hour, minorMs: hour, unit: 'minute' },
  { labelMs: 6 * hour, minorMs: hour, unit: 'minute' },
  { labelMs: 12 * hour, minorMs: 3 * hour, unit: 'minute' },
];

/** Room a label of each unit needs, its distance to the next included. */
const labelWidth: Readonly<Record<RulerUnit, CssPixels>> = {
  millisecond: 92,
  second: 78,
  minute: 60,
  day: 62,
};

/** The ticks for what the view shows, and one label's width more on its left, so that a label leaves gradually. */
export function rulerFor(view: Viewport, time: LocalTime): Ruler {
  const perPixel = msPerPixel(view);
  const range = { startMs: view.startMs - labelWidth.millisecond * perPixel, endMs: endMs(view) };
  const days = dayStarts(range, time);
  const scale = scaleFor(perPixel);
  if (scale === undefined) return { unit: 'day', ticks: dayTicks(days, perPixel, time) };

  const begins = new Set(days);
  const ticks: Tick[] = days.map((ms) => ({ ms, kind: 'day' }));
  for (const piece of time.pieces(range)) {
    const fromMs = Math.max(range.startMs, piece.startMs);
    const untilMs = Math.min(range.endMs, piece.endMs);
    // Inside a piece the local reading is UTC + offset, so a boundary of the reading is one of this remainder.
    const firstMs = Math.ceil((fromMs + piece.offsetMs) / scale.minorMs) * scale.minorMs - piece.offsetMs;
    for (let ms = firstMs; ms < untilMs; ms += scale.minorMs) {
      if (begins.has(ms)) continue;
      ticks.push({ ms, kind: (ms + piece.offsetMs) % scale.labelMs === 0 ? 'label' : 'minor' });
    }
  }
  return { unit: scale.unit, ticks: ticks.sort((a, b) => a.ms - b.ms) };
}

function scaleFor(perPixel: number): Scale | undefined {
  return scales.find(({ labelMs, unit }) => labelMs / perPixel >= labelWidth[unit]);
}

/** Time between two ticks of the view's ruler: what one press of an arrow key moves by. */
export function tickStepMs(view: Viewport): number {
  return scaleFor(msPerPixel(view))?.minorMs ?? dayMs;
}

/** The first moments of all local days that begin in the range. */
function dayStarts(range: Range, time: LocalTime): EpochMs[] {
  const starts: EpochMs[] = [];
  let date: LocalDate = time.read(range.startMs);
  for (;;) {
    const ms = time.startOfDay(date);
    if (ms >= range.endMs) return starts;
    if (ms >= range.startMs) starts.push(ms);
    date = time.addDays(date, 1);
  }
}

/** Every day when they have room, else every second one or each Monday; the first of a month always. */
function dayTicks(days: readonly EpochMs[], perPixel: number, time: LocalTime): Tick[] {
  const room = dayMs / perPixel;
  const everySo = [1, 2].find((count) => count * room >= labelWidth.day);
  return days.map((ms) => {
    const { day, weekday } = time.read(ms);
    // Counted from the first of the month, whose neighbours 29 to 31 would stand too close to it.
    const labelled = everySo === undefined ? weekday === 1 : (day - 1) % everySo === 0 && day + everySo <= 32;
    return { ms, kind: labelled || (everySo !== undefined && day === 1) ? 'day' : 'minor' };
  });
}
